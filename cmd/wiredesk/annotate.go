package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func annotate() *cobra.Command {
	var d documents
	c := &cobra.Command{
		Use: "annotate FILE|DIR|-...", Short: "read documents and print each story as a finished article",
		Long: "Annotate prints one article per story and line, as subscribers get it, with its source_file. It needs no broker.\nA document that cannot be read is said on stderr as FILE:LINE:COL: reason; the rest goes on, and the exit code is 1.",
		Args: cobra.MinimumNArgs(1),
	}
	d.bind(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		desk, err := newReadingDesk()
		if err != nil {
			return err
		}
		return d.each(c, args, func(raw wiredesk.Raw, r ingest.Reading) error {
			return desk.articles(c.Context(), r, func(body []byte) error { return withFile(c.OutOrStdout(), raw.Name, body) })
		})
	}
	return c
}

// withFile writes an article as one line, with the file it was read from before everything else.
func withFile(to io.Writer, name string, body []byte) error {
	file, err := json.Marshal(name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "{\"source_file\":%s,%s\n", file, body[1:])
	return err
}

// readingDesk makes articles of stories without a broker: the same handler as the enrich stage, with no memory, so
// that each story is the first version of itself.
type readingDesk struct {
	chain *enrich.Chain
}

func newReadingDesk() (*readingDesk, error) {
	chain, err := line.Chain(10*time.Second, nil)
	return &readingDesk{chain}, err
}

// noLedger has never seen any story.
type noLedger struct{}

// Last implements enrich.Ledger.
func (noLedger) Last(context.Context, string) (*enrich.State, error) { return nil, nil }

// Had implements enrich.History.
func (noLedger) Had(context.Context, string, uint64) (bool, error) { return false, nil }

// articles hands out the article of each story of a reading, as subscribers would get it.
func (d *readingDesk) articles(ctx context.Context, r ingest.Reading, each func(body []byte) error) error {
	for _, p := range r.Parts {
		for _, s := range p.Stories {
			if err := d.article(ctx, p.Raw, s, each); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *readingDesk) article(ctx context.Context, raw wiredesk.Raw, s wiredesk.Story, each func(body []byte) error) error {
	desk := enrich.New(enrich.Options{
		Raw:    func(nats.Header, []byte) (wiredesk.Raw, error) { return raw, nil },
		Parse:  func(wiredesk.Raw) ([]wiredesk.Story, error) { return []wiredesk.Story{s}, nil },
		Ledger: noLedger{}, History: noLedger{}, Chain: d.chain, Software: shell.Built().Software(),
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
