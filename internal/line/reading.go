package line

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// ReadingDesk makes articles of stories without a broker: the same handler as the enrich stage, with no memory, so that
// each story is the first version of itself. It may be used concurrently.
type ReadingDesk struct {
	chain    *enrich.Chain
	software string
}

// NewReadingDesk takes the enrichers' tables in once; software names the program in provenance.
func NewReadingDesk(software string) (*ReadingDesk, error) {
	chain, err := Chain(10*time.Second, nil)
	return &ReadingDesk{chain, software}, err
}

// noLedger has never seen any story.
type noLedger struct{}

// Last implements enrich.Ledger.
func (noLedger) Last(context.Context, string) (*enrich.State, error) { return nil, nil }

// Had implements enrich.History.
func (noLedger) Had(context.Context, string, uint64) (bool, error) { return false, nil }

// Articles hands out the article of each story of a reading, as subscribers would get it.
func (d *ReadingDesk) Articles(ctx context.Context, r ingest.Reading, each func(body []byte) error) error {
	for _, p := range r.Parts {
		for _, s := range p.Stories {
			if err := d.article(ctx, p.Raw, s, each); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *ReadingDesk) article(ctx context.Context, raw wiredesk.Raw, s wiredesk.Story, each func(body []byte) error) error {
	desk := enrich.New(enrich.Options{
		Raw:    func(nats.Header, []byte) (wiredesk.Raw, error) { return raw, nil },
		Parse:  func(wiredesk.Raw) ([]wiredesk.Story, error) { return []wiredesk.Story{s}, nil },
		Ledger: noLedger{}, History: noLedger{}, Chain: d.chain, Software: d.software,
	})
	out, err := desk.Handle(ctx, stage.Message{Try: 1})
	if err != nil {
		return fmt.Errorf("%s: %w", raw.Name, err)
	}
	for _, m := range out {
		if !strings.HasPrefix(m.Subject, stream.ArticlePrefix) {
			continue
		}
		if err := each(m.Data); err != nil {
			return err
		}
	}
	return nil
}
