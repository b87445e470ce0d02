package enrich

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Graveyard knows the killed stories, however long ago that was. Tomb is the state of a killed story, without its copy;
// nil where the story was never killed.
type Graveyard interface {
	Tomb(ctx context.Context, story string) (*State, error)
}

// carved are the headers that a tombstone keeps: what decides about a version, and whom to tell. No word of the story.
var carved = []string{
	stream.HStory, stream.HRevision, stream.HEvent, stream.HFate, stream.HReason, stream.HOperator, stream.HVersion, stream.HCreated,
	stream.HFingerprint, stream.HProvider, stream.HFeed, stream.HURI, stream.HAudience, stream.HPublished, hReinstated,
}

// tomb is the tombstone of a kill. It replaces an earlier one of the same story.
func tomb(kill stream.Message) stream.Message {
	h := nats.Header{}
	for _, name := range carved {
		if v, ok := kill.Header[name]; ok {
			h[name] = v
		}
	}
	return stream.Message{Subject: stream.TombSubject(stream.LastToken(kill.Subject)), Header: h}
}

// Tombs is the Graveyard of the TOMBS stream. It is safe for concurrent use. While Follow runs it knows by heart which
// stories were killed, so that new ones cost no question.
type Tombs struct {
	from jetstream.Stream
	seed maphash.Seed

	mu      sync.RWMutex
	current bool
	known   map[uint64]struct{} // hashes of story ids: one that is not here was not killed
}

// OpenTombs finds the stream.
func OpenTombs(ctx context.Context, js jetstream.JetStream) (*Tombs, error) {
	s, err := js.Stream(ctx, stream.TOMBS)
	if err != nil {
		return nil, fmt.Errorf("enrich: stream %s: %w", stream.TOMBS, err)
	}
	return &Tombs{from: s, seed: maphash.MakeSeed(), known: map[uint64]struct{}{}}, nil
}

// Tomb implements Graveyard. A broker that does not answer is a [stage.Away].
func (t *Tombs) Tomb(ctx context.Context, story string) (*State, error) {
	if t.never(story) {
		return nil, nil
	}
	m, err := t.from.GetLastMsgForSubject(ctx, stream.TombSubject(story))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, stage.Away(fmt.Errorf("enrich: tombstone of story %s: %w", story, err))
	}
	return readState(0, m.Header, nil), nil
}

// never says that the story was not killed before now. A kill of this moment, which we may not have heard of yet, stands
// in ARTICLES.
func (t *Tombs) never(story string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	_, known := t.known[maphash.String(t.seed, story)]
	return t.current && !known
}

// Follow learns the killed stories until ctx ends, and then returns nil. Where the broker is away it goes on when it is
// back; failed hears of each interruption and may be nil.
func (t *Tombs) Follow(ctx context.Context, js jetstream.JetStream, failed func(error)) error {
	next := uint64(1)
	for ctx.Err() == nil {
		err := t.follow(ctx, js, &next)
		t.caughtUp(false)
		if ctx.Err() != nil {
			return nil
		}
		if failed != nil {
			failed(fmt.Errorf("enrich: following %s: %w", stream.TOMBS, err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

func (t *Tombs) follow(ctx context.Context, js jetstream.JetStream, next *uint64) error {
	consumer, err := js.OrderedConsumer(ctx, stream.TOMBS, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{stream.TombPrefix + "*"}, HeadersOnly: true,
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *next,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	if consumer.CachedInfo().NumPending == 0 {
		t.caughtUp(true)
	}
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		t.bury(stream.LastToken(m.Subject()))
		*next = meta.Sequence.Stream + 1
		if meta.NumPending == 0 {
			t.caughtUp(true)
		}
	}
}

func (t *Tombs) bury(story string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known[maphash.String(t.seed, story)] = struct{}{}
}

func (t *Tombs) caughtUp(is bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = is
}
