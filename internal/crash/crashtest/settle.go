package crashtest

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// work is whose work has to be done before a line has settled: the stages and the reader, by their streams.
func work() map[string]string {
	return map[string]string{stream.RAW: stream.EnrichConsumer, stream.ARTICLES: stream.PublishConsumer, stream.NEWS: readerName}
}

// Settle waits until the stages have nothing left and the reader has the last revision of every story. A line that
// makes no headway for the patience fails the test, and is shown.
func Settle(t *testing.T, js jetstream.JetStream, patience time.Duration) {
	t.Helper()
	var last [3]uint64
	for moved := time.Now(); ; {
		now, known := left(t.Context(), js)
		if known && now == [3]uint64{} {
			return
		}
		if known && now != last {
			last, moved = now, time.Now()
		}
		if time.Since(moved) > patience {
			t.Errorf("the line makes no headway: %v are left in RAW, ARTICLES, NEWS", last)
			state(t, js)
			return
		}
		<-time.After(100 * time.Millisecond)
	}
}

// left is what each has still to do, asked in the order of the flow, so that nothing slips past from a stage not yet
// seen to one already seen.
func left(ctx context.Context, js jetstream.JetStream) (out [3]uint64, known bool) {
	for i, name := range []string{stream.RAW, stream.ARTICLES, stream.NEWS} {
		c, err := js.Consumer(ctx, name, work()[name])
		if err != nil {
			return out, false
		}
		out[i] = c.CachedInfo().NumPending + uint64(c.CachedInfo().NumAckPending)
	}
	return out, true
}

// state shows where a line that does not settle is stuck.
func state(t *testing.T, js jetstream.JetStream) {
	t.Helper()
	for name, consumer := range work() {
		c, err := js.Consumer(t.Context(), name, consumer)
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		info := c.CachedInfo()
		t.Logf("%s: pending %d, unacknowledged %d, redelivered %d, waiting %d, floor %d, delivered %d", name, info.NumPending,
			info.NumAckPending, info.NumRedelivered, info.NumWaiting, info.AckFloor.Stream, info.Delivered.Stream)
	}
}
