package stage_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// BenchmarkLoop takes 4 KB messages of a thousand stories through one stage, beside the bare client doing the same:
// consume, publish with an id, acknowledge when that is stored.
func BenchmarkLoop(b *testing.B) {
	for _, durable := range []bool{false, true} {
		name := map[bool]string{false: "relaxed", true: "durable"}[durable]
		b.Run(name+"/bare", func(b *testing.B) { bare(b, backlog(b, durable)) })
		b.Run(name+"/loop", func(b *testing.B) { loop(b, backlog(b, durable), durable) })
	}
}

// backlog fills RAW with b.N messages.
func backlog(b *testing.B, durable bool) *brokertest.Broker {
	b.Helper()
	var opts []brokertest.Option
	if durable {
		opts = append(opts, brokertest.Durable())
	}
	broker := brokertest.New(b, opts...)
	c := commit.New(broker.NC, commit.Options{Grouped: durable})
	data := make([]byte, 4096)
	var wg sync.WaitGroup
	var next atomic.Int64
	for range 256 {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				m := stream.Message{Subject: stream.RawPrefix + "sana", Data: data, Header: nats.Header{
					stream.HFeed: {"sana"}, stream.HStory: {fmt.Sprint("s", i%1000)}, stream.HReceipt: {fmt.Sprint("r", i)},
				}}
				if _, err := c.Put(b.Context(), m); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ResetTimer()
	return broker
}

func done(b *testing.B, count *atomic.Int64) {
	until(b, "all are done", func() bool { return count.Load() >= int64(b.N) })
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

func bare(b *testing.B, broker *brokertest.Broker) {
	var count atomic.Int64
	var sources sync.Map
	js, err := jetstream.New(broker.NC, jetstream.WithPublishAsyncMaxPending(1024),
		jetstream.WithPublishAsyncAckHandler(func(_ jetstream.JetStream, m *nats.Msg, _ *jetstream.PubAck) {
			source, _ := sources.LoadAndDelete(m)
			if source.(jetstream.Msg).Ack() == nil {
				count.Add(1)
			}
		}))
	if err != nil {
		b.Fatal(err)
	}
	c, err := js.Consumer(b.Context(), stream.RAW, stream.EnrichConsumer)
	if err != nil {
		b.Fatal(err)
	}
	run, err := c.Consume(func(m jetstream.Msg) {
		out := nats.NewMsg(stream.ArticleSubject(m.Headers().Get(stream.HStory)))
		out.Header.Set(nats.MsgIdHdr, m.Headers().Get(stream.HReceipt))
		out.Data = m.Data()
		sources.Store(out, m)
		if _, err := js.PublishMsgAsync(out, jetstream.WithStallWait(time.Minute)); err != nil {
			b.Error(err)
		}
	}, jetstream.PullMaxMessages(2000), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
	if err != nil {
		b.Fatal(err)
	}
	done(b, &count)
	run.Stop()
}

func loop(b *testing.B, broker *brokertest.Broker, durable bool) {
	d := newDesk(b, broker, func(_ context.Context, in stage.Message) ([]stream.Message, error) {
		return []stream.Message{{Subject: stream.ArticleSubject(story(in)), ID: in.Header.Get(stream.HReceipt), Data: in.Data}}, nil
	})
	var count counter
	d.options.Observe, d.options.Log = &count, zerolog.Nop()
	d.store = commit.New(broker.NC, commit.Options{Grouped: durable})
	d.start()
	done(b, &count.done)
	d.end()
}

type counter struct{ done atomic.Int64 }

func (c *counter) Observe(e stage.Event) {
	if e.Outcome == stage.Done {
		c.done.Add(1)
	}
}
