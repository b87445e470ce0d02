package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// tour pushes the bundled stories one after another and shows what comes out.
type tour struct {
	out    io.Writer
	colour bool
	nc     *nats.Conn
	at     line.Address
	pace   time.Duration
	rows   []row

	mu   sync.Mutex
	came map[string]wiredesk.Article // by receipt and story
	news chan struct{}
}

// row is one story in the summary.
type row struct{ feed, language, headline, fate, credits string }

func newTour(out io.Writer, nc *nats.Conn, at line.Address, pace time.Duration) *tour {
	return &tour{out: out, colour: shell.Colour(out), nc: nc, at: at, pace: pace, came: map[string]wiredesk.Article{}, news: make(chan struct{}, 1)}
}

// patience is how long one story may take through the line.
const patience = 15 * time.Second

func (t *tour) run(ctx context.Context, once bool) error {
	all, err := stories()
	if err != nil {
		return err
	}
	js, err := jetstream.New(t.nc)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	followed := make(chan error, 1)
	began := time.Now()
	var follower sync.WaitGroup
	follower.Go(func() { followed <- subscriber.Follow(ctx, t.nc, subscriber.Options{Since: began}, t.show) })
	defer follower.Wait()
	defer stop()
	t.welcome(len(all))
	for _, s := range all {
		if err := t.story(ctx, js, s); err != nil {
			return fmt.Errorf("demo: %s: %w", s.name, err)
		}
		if err := pause(ctx, t.pace); err != nil {
			return err
		}
	}
	t.summary(time.Since(began))
	if once {
		return nil
	}
	t.next()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-followed:
		return err
	}
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// story pushes one document as an adapter does, and waits until each story in it has met its fate.
func (t *tour) story(ctx context.Context, js jetstream.JetStream, s bundledStory) error {
	client, err := adapter.New(t.at.HTTP, s.feed)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	receipt, err := client.Push(ctx, s.document, adapter.Document{})
	var rejected *adapter.Rejected
	if errors.As(err, &rejected) && rejected.Status == http.StatusUnprocessableEntity {
		t.say("\n%s %s %s\n", t.strong("✗ "+s.feed), "rejected, and kept as a dead letter:", shell.Printable(rejected.Reason))
		t.rows = append(t.rows, row{feed: s.feed, headline: s.name, fate: enrich.FateRejected, credits: rejected.Reason})
		return nil
	}
	if err != nil {
		return err
	}
	for _, taken := range receipt.Stories {
		if err := t.await(ctx, js, s, receipt, taken); err != nil {
			return err
		}
	}
	return nil
}

// await waits for the article to come out, or for the decision that it does not.
func (t *tour) await(ctx context.Context, js jetstream.JetStream, s bundledStory, r wiredesk.Receipt, taken wiredesk.Taken) error {
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		if a, ok := t.arrived(r.Receipt, taken.Story); ok {
			t.rows = append(t.rows, row{s.feed, a.Item.Language, headline(&a), fmt.Sprintf("%s r%d", a.Event, a.Revision), strings.Join(outlets(&a), ", ")})
			return nil
		}
		kept, reason, err := t.kept(ctx, js, r.Receipt, taken.Story)
		switch {
		case err != nil:
			return err
		case kept != "":
			t.say("\n%s %s, no subscriber sees it: %s\n", t.strong("◦ "+s.feed), kept, shell.Printable(reason))
			t.rows = append(t.rows, row{s.feed, "", taken.URI, kept, reason})
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no article and no decision within %s: %w", patience, ctx.Err())
		case <-t.news:
		case <-look.C:
		}
	}
}

// kept asks the line's own record for a fate that no subscriber hears of.
func (t *tour) kept(ctx context.Context, js jetstream.JetStream, receipt, story string) (fate, reason string, err error) {
	articles, err := js.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return "", "", err
	}
	for _, subject := range []string{stream.ArticleSubject(story), stream.FateSubject(story)} {
		m, err := articles.GetLastMsgForSubject(ctx, subject)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		if f := m.Header.Get(stream.HFate); m.Header.Get(stream.HReceipt) == receipt && f != enrich.FatePublished {
			return f, wording(m.Header, stream.HReason), nil
		}
	}
	return "", "", nil
}

func (t *tour) arrived(receipt, story string) (wiredesk.Article, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, ok := t.came[receipt+story]
	return a, ok
}
