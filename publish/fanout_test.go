package publish_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
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
	"github.com/wiredesk/wiredesk/publish"
)

// BenchmarkFanOut fans stories of 4 KB out to 8 and to 50 destinations, beside conditional publishes of the same bytes
// to the same subjects by the bare client in its own fastest way. Both figures are deliveries a second.
func BenchmarkFanOut(b *testing.B) {
	for _, n := range []int{8, 50} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			stories := max(b.N, 200)
			mine := fanOut(b, stories, n)
			bare := conditional(b, stories, n)
			b.ReportMetric(mine, "deliveries/s")
			b.ReportMetric(bare, "bare/s")
			b.ReportMetric(mine/bare, "ratio")
		})
	}
}

func destinations(n int) string {
	audience := make([]string, n)
	for i := range audience {
		audience[i] = fmt.Sprint("source.outlet", i)
	}
	audience[n-1] = "wire.sana"
	return strings.Join(audience, " ")
}

var copyOf4KB = []byte(`{"text":"` + strings.Repeat("x", 4086) + `"}`)

func revisionHeader(story string, n int) nats.Header {
	return nats.Header{
		stream.HStory: {story}, stream.HRevision: {"1"}, stream.HPublished: {"1"}, stream.HEvent: {"new"},
		stream.HAudience: {destinations(n)}, stream.HFeed: {"sana"}, stream.HProvider: {"sana"},
	}
}

// fanOut is the publish stage at work on a backlog.
func fanOut(b *testing.B, stories, n int) float64 {
	broker := brokertest.New(b)
	store := commit.New(broker.NC, commit.Options{})
	backlog := make([]stream.Message, stories)
	for i := range backlog {
		story := fmt.Sprint("s", i)
		backlog[i] = stream.Message{Subject: stream.ArticleSubject(story), Header: revisionHeader(story, n), Data: copyOf4KB}
	}
	if _, err := store.Put(b.Context(), backlog...); err != nil {
		b.Fatal(err)
	}
	nc := broker.Connect(b)
	js, err := jetstream.New(nc)
	if err != nil {
		b.Fatal(err)
	}
	c, err := js.Consumer(b.Context(), stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		b.Fatal(err)
	}
	p := publish.New(publish.Options{Shelf: publish.NewNews(nc), Settlement: stage.NewFloor(c), Past: publish.NewArticles(js)})
	ctx, cancel := context.WithCancel(b.Context())
	var left sync.WaitGroup
	left.Add(stories)
	out, ended := commit.New(nc, commit.Options{}), make(chan error, 1)
	began := time.Now()
	go func() {
		ended <- stage.Run(ctx, js, out, out, stage.Options{
			Name: "publish", Stream: stream.ARTICLES, Consumer: stream.PublishConsumer, Handle: p.Handle, Log: zerolog.Nop(),
			Observe: finished{&left},
		})
	}()
	left.Wait()
	took := time.Since(began)
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	return check(b, broker, stories*n) / took.Seconds()
}

type finished struct{ left *sync.WaitGroup }

// Observe implements stage.Observer.
func (f finished) Observe(e stage.Event) {
	if e.Outcome == stage.Done {
		f.left.Done()
	}
}

// conditional is the client alone: asynchronous publishes, each on the condition that its subject is empty.
func conditional(b *testing.B, stories, n int) float64 {
	broker := brokertest.New(b)
	var refused atomic.Pointer[error]
	js, err := jetstream.New(broker.Connect(b), jetstream.WithPublishAsyncMaxPending(1024),
		jetstream.WithPublishAsyncErrHandler(func(_ jetstream.JetStream, _ *nats.Msg, err error) { refused.Store(&err) }))
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	for i := range stories {
		story := fmt.Sprint("s", i)
		header := revisionHeader(story, n)
		delete(header, stream.HAudience) // stays inside
		delete(header, stream.HPublished)
		for _, d := range strings.Fields(destinations(n)) {
			m := &nats.Msg{Subject: stream.NewsIn + d + "." + story, Header: nats.Header{}, Data: copyOf4KB}
			for k, v := range header {
				m.Header[k] = v
			}
			m.Header[nats.MsgIdHdr] = []string{story + d}
			m.Header[nats.ExpectedLastSubjSeqHdr] = []string{"0"}
			if _, err := js.PublishMsgAsync(m, jetstream.WithStallWait(time.Minute)); err != nil {
				b.Fatal(err)
			}
		}
	}
	<-js.PublishAsyncComplete()
	took := time.Since(began)
	if err := refused.Load(); err != nil {
		b.Fatal(*err)
	}
	return check(b, broker, stories*n) / took.Seconds()
}

// check is how many messages NEWS holds, as it should.
func check(b *testing.B, broker *brokertest.Broker, want int) float64 {
	news, err := broker.JS.Stream(b.Context(), stream.NEWS)
	if err != nil {
		b.Fatal(err)
	}
	if got := news.CachedInfo().State.Msgs; got != uint64(want) {
		b.Fatalf("%d messages in NEWS; want %d", got, want)
	}
	return float64(want)
}
