package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Scan hands out what a stream holds on a subject now, without bodies, from the oldest to the newest, beginning at a
// sequence. It ends at what was the newest message when it began, or with the first error of each.
func Scan(ctx context.Context, js jetstream.JetStream, name, subject string, from uint64, each func(jetstream.Msg, jetstream.MsgMetadata) error) error {
	o := jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}, HeadersOnly: true}
	if from > 0 {
		o.DeliverPolicy, o.OptStartSeq = jetstream.DeliverByStartSequencePolicy, from
	}
	return Consume(ctx, js, name, o, each)
}

// Consume hands out what an ordered consumer of the stream has pending when it begins, and removes the consumer.
func Consume(ctx context.Context, js jetstream.JetStream, name string, o jetstream.OrderedConsumerConfig, each func(jetstream.Msg, jetstream.MsgMetadata) error) error {
	c, err := js.OrderedConsumer(ctx, name, o)
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	messages, err := c.Messages(jetstream.PullMaxMessages(1000))
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	defer messages.Stop()
	for left := c.CachedInfo().NumPending; left > 0; left-- {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("stream %s: %w", name, err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("stream %s: %w", name, err)
		}
		if err := each(m, *meta); err != nil {
			return err
		}
		if meta.NumPending == 0 {
			return nil
		}
	}
	return nil
}

// Text is the text of a header of ours.
func Text(h nats.Header, name string) string { return TextValue(h.Get(name)) }
