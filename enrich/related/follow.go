package related

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Enrich fills Article.Related with the stories that share text with this one, and remembers the story for those that
// come after; a story that must not be seen any more is forgotten. It reads Article.Headline, Dateline, Byline and Attributions.
func (x *Index) Enrich(_ context.Context, _ *lexicon.View, a *wiredesk.Article) error {
	a.Related = nil
	c, ok := CardOf(a)
	if !ok {
		x.Remove(a.Story)
		return nil
	}
	a.Related = x.Find(c)
	x.Add(c)
	return nil
}

// pause stands between two attempts to follow.
const pause = time.Second

// Follow keeps the index up to what all workers have stored: it reads the headers of ARTICLES from the beginning of
// the window on, until ctx ends, and then returns nil. Where the broker is away it goes on when it is back; failed
// hears of each interruption and may be nil.
func (x *Index) Follow(ctx context.Context, js jetstream.JetStream, failed func(error)) error {
	next := uint64(0)
	for ctx.Err() == nil {
		err := x.follow(ctx, js, &next)
		if ctx.Err() != nil {
			return nil
		}
		if failed != nil {
			failed(fmt.Errorf("related: following %s: %w", stream.ARTICLES, err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	return nil
}

// follow reads from a sequence on, or from the beginning of the window where that is 0.
func (x *Index) follow(ctx context.Context, js jetstream.JetStream, next *uint64) error {
	config := jetstream.OrderedConsumerConfig{FilterSubjects: []string{stream.ArticlePrefix + "*"}, HeadersOnly: true}
	if *next > 0 {
		config.DeliverPolicy, config.OptStartSeq = jetstream.DeliverByStartSequencePolicy, *next
	} else {
		from := time.Now().Add(-x.window)
		config.DeliverPolicy, config.OptStartTime = jetstream.DeliverByStartTimePolicy, &from
	}
	consumer, err := js.OrderedConsumer(ctx, stream.ARTICLES, config)
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		x.apply(m.Headers(), meta.Timestamp)
		*next = meta.Sequence.Stream + 1
	}
}

// apply takes in one revision: one without a sketch must not be seen, or cannot be compared.
func (x *Index) apply(h nats.Header, stored time.Time) {
	story := h.Get(stream.HStory)
	c, err := readHeader(h)
	if errors.Is(err, errSketch) || story == "" {
		x.Remove(story)
		return
	}
	c.Latest = stored
	if at, err := time.Parse(time.RFC3339Nano, h.Get(stream.HReceived)); err == nil {
		c.Latest = at
	}
	c.First = c.Latest
	if !x.knows(c) { // this worker's own
		x.Add(c)
	}
}
