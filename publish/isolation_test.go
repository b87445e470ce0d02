package publish_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

// BenchmarkIsolation measures how fast a webhook gets 4 KB articles while they are published, alone and beside a webhook
// that never answers and a reader that subscribes to everything and never reads. Each trial runs both, so that what else
// the machine does is the same for both; ratio is the median of beside over alone, 1 being undisturbed.
func BenchmarkIsolation(b *testing.B) {
	const trials = 7
	var alone, beside, ratio []float64
	for b.Loop() {
		for i := range trials {
			with, without := throughput(b, i%2 == 0), throughput(b, i%2 == 1)
			if i%2 == 1 {
				with, without = without, with
			}
			alone, beside, ratio = append(alone, without), append(beside, with), append(ratio, with/without)
		}
	}
	b.ReportMetric(middle(alone), "alone/s")
	b.ReportMetric(middle(beside), "beside/s")
	b.ReportMetric(middle(ratio), "ratio")
	b.ReportMetric(0, "ns/op")
}

func middle(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// throughput is how many articles a second the hook gets.
func throughput(b *testing.B, disturbed bool) float64 {
	b.Helper()
	const articles = 5000
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	broker := brokertest.New(b, brokertest.Listen())
	defer broker.Stop()
	good := newHooked(b, nil)
	defer good.Close()
	var took atomic.Int64
	all := make(chan struct{})
	ended := []func(){courier(ctx, b, broker, "good", good.sink(b, nil), func(outcome string, _ time.Duration) {
		if outcome == publish.Delivered && took.Add(1) == articles {
			close(all)
		}
	})}
	if disturbed {
		never := newHooked(b, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		defer never.Close()
		hook := never.sink(b, func(s *webhook.Settings) { s.Timeout = s.Timeout * 20 })
		ended = append(ended, courier(ctx, b, broker, "never", hook, nil))
		defer mute(b, broker)()
	}
	began := time.Now()
	fill(b, broker, articles)
	select {
	case <-all:
	case <-time.After(30 * time.Second):
		b.Fatalf("%d of %d after 30 s", took.Load(), articles)
	}
	rate := articles / time.Since(began).Seconds()
	stop()
	for _, end := range ended {
		end()
	}
	return rate
}

// courier carries to a sink, and returns how to wait for its end.
func courier(ctx context.Context, b *testing.B, broker *brokertest.Broker, name string, sink wiredesk.Sink, observe func(string, time.Duration)) func() {
	c := &publish.Courier{Name: name, Sink: sink, Dead: commit.New(broker.NC, commit.Options{}), Observe: observe, Log: zerolog.Nop()}
	nc, done := broker.Connect(b), make(chan error, 1)
	go func() { done <- c.Run(ctx, nc) }()
	return func() { <-done }
}

// mute subscribes to all of the news over a connection that is never read.
func mute(b *testing.B, broker *brokertest.Broker) (hangUp func()) {
	b.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(broker.Server.URL(), "nats://"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := fmt.Fprint(c, "CONNECT {\"verbose\":false}\r\nSUB news.> 1\r\n"); err != nil {
		b.Fatal(err)
	}
	return func() { c.Close() }
}

// fill puts one article of each of n stories into the news.
func fill(b *testing.B, broker *brokertest.Broker, n int) {
	b.Helper()
	js, err := jetstream.New(broker.NC, jetstream.WithPublishAsyncMaxPending(256))
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("He climbed the stairs at dusk. ", 130)
	for i := range n {
		m := nats.NewMsg(stream.NewsInput(fmt.Sprintf("news.wire.sana.s%d", i)))
		m.Header.Set(stream.HRevision, "1")
		m.Data = fmt.Appendf(nil, `{"story":"s%d","revision":1,"event":"new","text":%q,"attributions":[]}`, i, text)
		if _, err := js.PublishMsgAsync(m, jetstream.WithStallWait(time.Minute)); err != nil {
			b.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
}
