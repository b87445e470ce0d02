package console

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// tape is a stream read in order by a consumer that the broker forgets soon after nobody asks for it. Whatever goes wrong
// is an error within seconds, and the reader begins a new tape where it was.
type tape struct {
	jetstream.MessagesContext
	pending uint64 // messages that were there when it began
	last    uint64 // of the consumer's own count
}

var errOutOfOrder = errors.New("console: a message is missing on its way")

func newTape(ctx context.Context, js jetstream.JetStream, name string, o jetstream.ConsumerConfig) (*tape, error) {
	o.AckPolicy, o.MemoryStorage, o.Replicas, o.InactiveThreshold = jetstream.AckNonePolicy, true, 1, 30*time.Second
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	consumer, err := js.CreateConsumer(ctx, name, o)
	if err != nil {
		return nil, fmt.Errorf("console: %s: %w", name, err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(512), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
	if err != nil {
		return nil, fmt.Errorf("console: %s: %w", name, err)
	}
	return &tape{messages, consumer.CachedInfo().NumPending, 0}, nil
}

// next waits for a message until ctx ends.
func (t *tape) next(ctx context.Context) (jetstream.Msg, *jetstream.MsgMetadata, error) {
	m, err := t.Next(jetstream.NextContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	meta, err := m.Metadata()
	if err != nil {
		return nil, nil, err
	}
	if t.last++; meta.Sequence.Consumer != t.last {
		return nil, nil, errOutOfOrder
	}
	return m, meta, nil
}
