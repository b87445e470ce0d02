package console

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// follow hands out a stream's messages until ctx ends, whatever happens to the broker, each once and in order, and says
// once when it has come up to now.
func follow(ctx context.Context, js jetstream.JetStream, name string, o jetstream.ConsumerConfig, each func(jetstream.Msg, *jetstream.MsgMetadata), current func()) {
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

// read hands out what comes until the tape breaks, and returns the last sequence that it handed out.
func read(ctx context.Context, js jetstream.JetStream, name string, o jetstream.ConsumerConfig, last uint64, each func(jetstream.Msg, *jetstream.MsgMetadata), current *func()) uint64 {
	told := func() {
		if *current != nil {
			(*current)()
			*current = nil
		}
	}
	from, err := newTape(ctx, js, name, o)
	if err != nil {
		return last
	}
	defer from.Stop()
	if from.pending == 0 {
		told()
	}
	for {
		m, meta, err := from.next(ctx)
		if err != nil {
			return last
		}
		last = meta.Sequence.Stream
		each(m, meta)
		if meta.NumPending == 0 {
			told()
		}
	}
}
