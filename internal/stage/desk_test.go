package stage_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// desk is a stage under test: from RAW to ARTICLES.
type desk struct {
	t       testing.TB
	b       *brokertest.Broker
	options stage.Options
	tally   *tally
	nc      *nats.Conn
	store   commit.Store

	stop  context.CancelFunc
	ended chan error
}

func newDesk(t testing.TB, b *brokertest.Broker, handle stage.Handler) *desk {
	d := &desk{t: t, b: b, nc: b.NC, tally: &tally{count: map[stage.Outcome]int{}}}
	d.options = stage.Options{
		Name: "enrich", Stream: stream.RAW, Consumer: stream.EnrichConsumer, Handle: handle, Key: story,
		First: time.Millisecond, Most: 20 * time.Millisecond, Deadline: 5 * time.Second, Log: brokertest.Log(t), Observe: d.tally,
	}
	return d
}

func story(m stage.Message) string { return m.Header.Get(stream.HStory) }

func (d *desk) start() *desk {
	d.t.Helper()
	js, err := jetstream.New(d.nc)
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(d.t.Context()))
	d.stop, d.ended = stop, make(chan error, 1)
	store := d.store
	if store == nil {
		store = commit.New(d.nc, commit.Options{Timeout: 2 * time.Second})
	}
	go func(ended chan error) { ended <- stage.Run(ctx, js, store, store, d.options) }(d.ended)
	d.t.Cleanup(stop)
	return d
}

// end drains the stage.
func (d *desk) end() {
	d.t.Helper()
	d.stop()
	if err := d.wait(); err != nil {
		d.t.Errorf("Run = %v; want nil after its context ended", err)
	}
}

func (d *desk) wait() error {
	d.t.Helper()
	select {
	case err := <-d.ended:
		return err
	case <-time.After(20 * time.Second):
		d.t.Fatal("Run does not end")
		return nil
	}
}

// settled waits until nothing is left to do.
func (d *desk) settled() {
	d.t.Helper()
	until(d.t, "everything is settled", func() bool {
		info := d.consumer()
		return info != nil && info.AckFloor.Stream == d.last() && info.NumAckPending == 0
	})
}

// last is the newest message that the stage has to settle.
func (d *desk) last() uint64 {
	s, err := d.b.JS.Stream(d.t.Context(), d.options.Stream)
	if err != nil {
		return 0
	}
	return s.CachedInfo().State.LastSeq
}

func (d *desk) consumer() *jetstream.ConsumerInfo {
	ctx, cancel := context.WithTimeout(d.t.Context(), time.Second)
	defer cancel()
	c, err := d.b.JS.Consumer(ctx, d.options.Stream, d.options.Consumer)
	if err != nil {
		return nil
	}
	return c.CachedInfo()
}

// file stores version by version for each story, as ingest would.
func (d *desk) file(stories, versions int) {
	d.t.Helper()
	for v := 1; v <= versions; v++ {
		for s := range stories {
			d.push(fmt.Sprint("s", s), fmt.Sprint(v))
		}
	}
}

func (d *desk) push(story, text string) {
	d.t.Helper()
	m := nats.NewMsg(stream.RawPrefix + "sana")
	m.Header.Set(stream.HFeed, "sana")
	m.Header.Set(stream.HStory, story)
	m.Data = []byte(text)
	if _, err := d.b.JS.PublishMsg(d.t.Context(), m); err != nil {
		d.t.Fatal(err)
	}
}

// pass is the handler of a stage that only copies, once for each version.
func pass(_ context.Context, in stage.Message) ([]stream.Message, error) {
	return []stream.Message{{Subject: stream.ArticleSubject(story(in)), ID: fmt.Sprint(story(in), "/", string(in.Data)), Data: in.Data}}, nil
}

// until polls for a state that must come about.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("it does not come about that %s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// all reads a stream from its beginning.
func all(t testing.TB, b *brokertest.Broker, name string) []*jetstream.RawStreamMsg {
	t.Helper()
	s, err := b.JS.Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	var found []*jetstream.RawStreamMsg
	for n := max(s.CachedInfo().State.FirstSeq, 1); n <= s.CachedInfo().State.LastSeq; n++ {
		m, err := s.GetMsg(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, m)
	}
	return found
}

type tally struct {
	mu    sync.Mutex
	count map[stage.Outcome]int
}

func (y *tally) Observe(e stage.Event) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.count[e.Outcome]++
}

func (y *tally) of(o stage.Outcome) int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.count[o]
}
