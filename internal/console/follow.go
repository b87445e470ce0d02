package console

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// follow hands out a stream's messages until ctx ends, whatever happens to the broker, each once and in order, and says
// once when it has come up to now.
func follow(ctx context.Context, js jetstream.JetStream, name string, o jetstream.OrderedConsumerConfig, each func(jetstream.Msg, jetstream.MsgMetadata), current func()) {
	var last uint64
	for ctx.Err() == nil {
		if last > 0 {
			o.DeliverPolicy, o.OptStartTime, o.OptStartSeq = jetstream.DeliverByStartSequencePolicy, nil, last+1
		}
		last = read(ctx, js, name, o, last, each, &current)
		select {
		case <-ctx.Done():
		case <-time.After(reopening):
		}
	}
}

// read hands out what comes until the consumer fails, and returns the last sequence that it handed out.
func read(ctx context.Context, js jetstream.JetStream, name string, o jetstream.OrderedConsumerConfig, last uint64, each func(jetstream.Msg, jetstream.MsgMetadata), current *func()) uint64 {
	told := func() {
		if *current != nil {
			(*current)()
			*current = nil
		}
	}
	consumer, err := js.OrderedConsumer(ctx, name, o)
	if err != nil {
		return last
	}
	if consumer.CachedInfo().NumPending == 0 {
		told()
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(1000), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
	if err != nil {
		return last
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return last
		}
		meta, err := m.Metadata()
		if err != nil || meta.Sequence.Stream <= last {
			continue
		}
		last = meta.Sequence.Stream
		each(m, *meta)
		if meta.NumPending == 0 {
			told()
		}
	}
}
