package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
	"github.com/wiredesk/wiredesk/publish/route"
)

// line is the stages of a line on a broker of its own, in several workers each, which crash now and then.
type line struct {
	*brokertest.Broker
	t       testing.TB
	chain   *enrich.Chain
	router  publish.Router
	crashes atomic.Int64 // how many are left
	off     atomic.Int64 // how wrong the workers' clocks are
	ctx     context.Context
	stop    context.CancelFunc
	busy    sync.WaitGroup
	shelves map[string]map[string][]int // what NEWS holds of each story at the end, by subject
}

func newLine(t testing.TB, opts ...brokertest.Option) *line {
	t.Helper()
	l := &line{Broker: brokertest.New(t, opts...), t: t}
	l.ctx, l.stop = context.WithCancel(t.Context())
	t.Cleanup(l.end)
	lexicon, err := enrich.NewLexicon()
	if err != nil {
		t.Fatal(err)
	}
	l.chain = &enrich.Chain{Lexicon: lexicon, Patience: 10 * time.Second}
	table, err := route.New([]route.Desk{{Name: "quay", When: `text contains "quay"`}})
	if err != nil {
		t.Fatal(err)
	}
	live := &route.Live{}
	live.Set(table)
	l.router = live
	for name, consumers := range stream.Consumers() {
		for _, c := range consumers {
			c.AckWait = time.Second // what a crash leaves behind comes again soon
			if _, err := l.JS.UpdateConsumer(t.Context(), name, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	return l
}

// end stops every worker.
func (l *line) end() {
	l.stop()
	l.busy.Wait()
}

var errCrash = errors.New("a crash")

// fault crashes a stage by chance, as long as there are crashes left.
func (l *line) fault(string) error {
	if rand.IntN(400) == 0 && l.crashes.Add(-1) >= 0 {
		return errCrash
	}
	return nil
}

// work runs one worker of a stage for ever: each crash is followed by a new process, which has forgotten everything.
func (l *line) work(name, from, consumer string, handler func(*nats.Conn, jetstream.JetStream) (stage.Handler, error)) {
	nc := l.Connect(l.t)
	l.busy.Go(func() {
		js, err := jetstream.New(nc)
		if err != nil {
			l.t.Error(err)
			return
		}
		for l.ctx.Err() == nil {
			handle, err := handler(nc, js)
			if err != nil {
				if l.ctx.Err() == nil && nc.IsConnected() {
					l.t.Errorf("%s: %v", name, err)
				}
				<-time.After(20 * time.Millisecond)
				continue
			}
			store := commit.New(nc, commit.Options{})
			err = stage.Run(l.ctx, js, store, store, stage.Options{
				Name: name, Stream: from, Consumer: consumer, Handle: handle, Key: lane, Fault: l.fault, Log: zerolog.Nop(),
			})
			if err != nil && !errors.Is(err, errCrash) && l.ctx.Err() == nil {
				l.t.Errorf("%s: %v", name, err)
				return
			}
		}
	})
}

func lane(m stage.Message) string {
	if m.Stream == stream.HOLD {
		return "" // timers wait for nobody
	}
	if story := m.Header.Get(stream.HStory); story != "" {
		return story
	}
	return m.Subject
}

func (l *line) enrich() {
	desk := func(js jetstream.JetStream) (*enrich.Desk, error) {
		ledger, err := enrich.OpenArticles(l.ctx, js)
		if err != nil {
			return nil, err
		}
		tombs, err := enrich.OpenTombs(l.ctx, js)
		if err != nil {
			return nil, err
		}
		consumer, err := js.Consumer(l.ctx, stream.RAW, stream.EnrichConsumer)
		if err != nil {
			return nil, err
		}
		return enrich.New(enrich.Options{
			Raw: raw, Parse: parse, Ledger: ledger, Tombs: tombs, History: ledger, Turn: stage.NewFloor(consumer), Chain: l.chain,
			Now: func() time.Time { return time.Now().Add(time.Duration(l.off.Load())) },
		}), nil
	}
	l.work("enrich", stream.RAW, stream.EnrichConsumer, func(_ *nats.Conn, js jetstream.JetStream) (stage.Handler, error) {
		d, err := desk(js)
		if err != nil {
			return nil, err
		}
		return d.Handle, nil
	})
	l.work("release", stream.HOLD, stream.ReleaseConsumer, func(_ *nats.Conn, js jetstream.JetStream) (stage.Handler, error) {
		d, err := desk(js)
		if err != nil {
			return nil, err
		}
		return d.Release, nil
	})
}

func (l *line) publish() {
	l.work("publish", stream.ARTICLES, stream.PublishConsumer, func(nc *nats.Conn, js jetstream.JetStream) (stage.Handler, error) {
		consumer, err := js.Consumer(l.ctx, stream.ARTICLES, stream.PublishConsumer)
		if err != nil {
			return nil, err
		}
		return publish.New(publish.Options{
			Shelf: publish.NewNews(nc), Settlement: stage.NewFloor(consumer), Router: l.router, Past: publish.NewArticles(js), Advisories: true,
		}).Handle, nil
	})
}

func raw(h nats.Header, data []byte) (wiredesk.Raw, error) {
	return wiredesk.Raw{Feed: h.Get(stream.HFeed), Provider: "model", Bytes: data}, nil
}

func parse(r wiredesk.Raw) ([]wiredesk.Story, error) {
	var s wiredesk.Story
	if err := json.Unmarshal(r.Bytes, &s); err != nil {
		return nil, err
	}
	s.Provider, s.Feed, s.Format = r.Provider, r.Feed, "test"
	return []wiredesk.Story{s}, nil
}

// push stores a document as ingest does, and returns its place in RAW. After is that of the story's document before it,
// where one desk takes in both.
func (l *line) push(feed, story string, after uint64, body []byte) uint64 {
	m := nats.NewMsg(stream.RawPrefix + feed)
	m.Data = body
	m.Header = nats.Header{stream.HFeed: {feed}, stream.HProvider: {"model"}, stream.HStory: {story}, stream.HReceived: {time.Now().UTC().Format(time.RFC3339Nano)}}
	if after > 0 {
		m.Header[stream.HAfter] = []string{itoa(after)}
	}
	for {
		ack, err := l.JS.PublishMsg(l.ctx, m)
		if err == nil {
			return ack.Sequence
		}
		if l.ctx.Err() != nil {
			l.t.Errorf("push: %v", err)
			return 0
		}
	}
}

// quiet says whether nobody has anything left to do on the given consumers.
func (l *line) quiet(consumers map[string][]string) bool {
	for name, all := range consumers {
		for _, c := range all {
			i, err := l.JS.Consumer(l.t.Context(), name, c)
			if err != nil || i.CachedInfo().NumPending+uint64(i.CachedInfo().NumAckPending) > 0 {
				return false
			}
		}
	}
	return true
}

// stages are the consumers of the stages, and of the given ways out.
func stages(ways ...string) map[string][]string {
	return map[string][]string{
		stream.RAW: {stream.EnrichConsumer}, stream.HOLD: {stream.ReleaseConsumer}, stream.ARTICLES: {stream.PublishConsumer}, stream.NEWS: ways,
	}
}

// eventually polls until check is content.
func eventually(t testing.TB, what string, limit time.Duration, check func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !check() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %s", what, limit)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// stored is everything that a stream holds on a subject, in order.
func (l *line) stored(name, subject string) []jetstream.Msg {
	l.t.Helper()
	var out []jetstream.Msg
	o := jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}}
	err := stream.Consume(l.t.Context(), l.JS, name, o, func(m jetstream.Msg, _ jetstream.MsgMetadata) error {
		out = append(out, m)
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}
