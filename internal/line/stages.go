package line

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/enrich/related"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// start runs the stages of the roles this process plays. A stage that cannot go on is fatal.
func (l *Line) start(ctx context.Context) *crew {
	c := newCrew(ctx, l.fatal)
	for role, part := range map[Role]func(context.Context) error{Enrich: l.enrich, Publish: l.publish} {
		if l.plays(role) {
			c.run(func(ctx context.Context) error { return l.orClosed(role, part(ctx)) })
		}
	}
	return c
}

// orClosed names the one cause that a stage's error has where the connection is closed for good.
func (l *Line) orClosed(role Role, err error) error {
	if err != nil && l.conns[role].IsClosed() {
		return fmt.Errorf("line: %s: %w: %w", role, ErrClosed, err)
	}
	return err
}

func (l *Line) enrich(ctx context.Context) error {
	js := l.js[Enrich]
	ledger, err := patiently(ctx, func(ctx context.Context) (*enrich.Articles, error) { return enrich.OpenArticles(ctx, js) })
	if err != nil {
		return err
	}
	tombs, err := patiently(ctx, func(ctx context.Context) (*enrich.Tombs, error) { return enrich.OpenTombs(ctx, js) })
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	consumer, err := l.consumer(ctx, Enrich, stream.RAW, stream.EnrichConsumer)
	if err != nil {
		return err
	}
	reader := ingest.NewReader(l.formats(l.memory.Recall), 0)
	desk := enrich.New(enrich.Options{
		Raw: l.raw, Parse: reader.Parse, Ledger: ledger, Tombs: tombs, History: ledger, Turn: stage.NewFloor(consumer), Chain: l.chain, By: host, Software: l.Software,
	})
	both := newCrew(ctx, func(error) {})
	both.run(func(ctx context.Context) error {
		o := l.options("enrich", stream.RAW, stream.EnrichConsumer, desk.Handle)
		o.Key, o.Observe = lane, decided{l.figures, desk}
		return l.work(ctx, Enrich, o)
	})
	both.run(func(ctx context.Context) error {
		return l.chain.Related.Follow(ctx, l.js[Enrich], func(err error) { l.Log.Warn().Err(err).Msg("related stories may be missed") })
	})
	both.run(func(ctx context.Context) error {
		return tombs.Follow(ctx, l.js[Enrich], func(err error) { l.Log.Warn().Err(err).Msg("killed stories are looked up one by one") })
	})
	both.run(func(ctx context.Context) error {
		o := l.options("release", stream.HOLD, stream.ReleaseConsumer, desk.Release)
		o.Key, o.Observe = func(stage.Message) string { return "" }, counted{l.figures}
		return l.work(ctx, Enrich, o)
	})
	return both.wait()
}

func (l *Line) publish(ctx context.Context) error {
	consumer, err := l.consumer(ctx, Publish, stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		return err
	}
	desk := publish.New(publish.Options{
		Shelf: publish.NewNews(l.conns[Publish]), Settlement: stage.NewFloor(consumer), Router: l.desks.live, Past: publish.NewArticles(l.js[Publish]),
		Advisories: l.Config.Publish.Advisories,
	})
	couriers, err := l.couriers()
	if err != nil {
		return err
	}
	all := newCrew(ctx, func(error) {})
	all.run(func(ctx context.Context) error {
		o := l.options("publish", stream.ARTICLES, stream.PublishConsumer, desk.Handle)
		o.Observe = published{l.figures}
		return l.work(ctx, Publish, o)
	})
	all.run(func(ctx context.Context) error { l.ways.out.Follow(ctx); return nil })
	for _, c := range couriers {
		all.run(func(ctx context.Context) error { return c.Run(ctx, l.conns[Publish]) })
	}
	return all.wait()
}

func (l *Line) work(ctx context.Context, role Role, o stage.Options) error {
	if _, err := l.consumer(ctx, role, o.Stream, o.Consumer); err != nil {
		return err
	}
	return stage.Run(ctx, l.js[role], l.store(role, ""), l.store(role, stream.DEAD), o)
}

func (l *Line) options(name, from, consumer string, handle stage.Handler) stage.Options {
	limits := l.Config.Limits
	o := stage.Options{
		Name: name, Stream: from, Consumer: consumer, Handle: handle, Tries: limits.Tries, Deadline: time.Duration(limits.Deadline),
		Workers: limits.Workers, Drain: time.Duration(limits.Drain), Log: l.Log,
	}
	if l.Fault != nil {
		o.Fault = func(point string) error { return l.Fault(name, point) }
	}
	return o
}

// What ingest read and enrich has not taken up yet is remembered as far as this.
const (
	remembered      = 2048
	rememberedBytes = 8 << 20
)

// formats is the format table, with a memory of what was read where the process plays both roles that read.
func (l *Line) formats(remembering func([]wiredesk.Format) []wiredesk.Format) []wiredesk.Format {
	if l.plays(Ingest) && l.plays(Enrich) {
		return remembering(ingest.Formats())
	}
	return ingest.Formats()
}

// lane keeps the documents of one story in order.
func lane(m stage.Message) string {
	if story := m.Header.Get(stream.HStory); story != "" {
		return story
	}
	return m.Subject
}

// raw is the document of a message of RAW, read with today's knowledge of its feed.
func (l *Line) raw(h nats.Header, data []byte) (wiredesk.Raw, error) {
	return ingest.FromMessage(h, data, l.lines.House(stream.TextValue(h.Get(stream.HFeed))))
}

func (l *Line) gaveUp(enricher, story string, err error) {
	l.figures.Missing(enricher)
	l.Log.Warn().Err(err).Str("enricher", enricher).Str("story", story).Msg("no answer of an enricher, the copy moves on")
}

// Chain is the chain of enrichers, ready to run. It takes its tables in once and is safe for concurrent use; failed
// hears of enrichers that give no answer within the patience, and may be nil.
func Chain(patience time.Duration, failed func(enricher, story string, err error)) (*enrich.Chain, error) {
	lexicon, err := enrich.NewLexicon()
	if err != nil {
		return nil, err
	}
	index := related.New(related.Options{})
	return &enrich.Chain{
		Lexicon: lexicon, Enrichers: append(enrich.Enrichers(), enrich.Related(index)), Related: index, Patience: patience, Failed: failed,
	}, nil
}
