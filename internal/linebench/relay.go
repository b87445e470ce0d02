package linebench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	pending = 4096 // publishes of a hop on their way at a time
	patient = 10 * time.Minute
	// syncedWindow is enough to keep a broker busy that syncs each message by itself. More stories on the way would wait
	// for longer than the consumers' deadline, and be delivered again.
	syncedWindow = 64
)

// relay is the bare broker: it moves messages made beforehand over the line's own streams and consumers, in the client's
// own fastest way: asynchronous publishes, whose acknowledgements settle the message they follow from.
type relay struct {
	hops   [3]*hop // ingest, enrich, publish, each on a connection of its own
	reader *nats.Conn
	stops  []func()

	once    sync.Once
	refused error // the first publish that the broker did not take
}

type hop struct {
	relay   *relay
	js      jetstream.JetStream
	sources sync.Map // *nats.Msg → *source
}

// source is a message in hand, and how many of those that follow from it are not stored yet.
type source struct {
	message jetstream.Msg
	left    atomic.Int32
}

func openRelay(ctx context.Context, o Options, m mode, dir string, all []specimen) (*trial, error) {
	s, err := server(ctx, o, m, dir)
	if err != nil {
		return nil, err
	}
	r := &relay{}
	err = r.connect(func(role string) (*nats.Conn, error) { return dial(ctx, o, m, s, role) })
	if err == nil {
		err = r.start(ctx, all)
	}
	t := &trial{nc: r.reader, pushers: 1}
	if m.durability == Durable {
		t.most = syncedWindow
	}
	t.close = func() error {
		for _, stop := range r.stops {
			stop()
		}
		s.Shutdown()
		return r.refused
	}
	if err != nil {
		return nil, errors.Join(err, t.close())
	}
	t.push = func(_ context.Context, n int) error {
		_, err := r.hops[0].js.PublishMsgAsync(of(all, n).raw.message(n), jetstream.WithStallWait(patient))
		return err
	}
	return t, nil
}

func (r *relay) connect(dial func(role string) (*nats.Conn, error)) error {
	for i, role := range []string{"ingest", "enrich", "publish"} {
		nc, err := dial(role)
		if err != nil {
			return err
		}
		r.stops = append(r.stops, nc.Close)
		h := &hop{relay: r}
		h.js, err = jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(pending), jetstream.WithPublishAsyncTimeout(patient),
			jetstream.WithPublishAsyncAckHandler(h.stored), jetstream.WithPublishAsyncErrHandler(h.failed))
		if err != nil {
			return err
		}
		r.hops[i] = h
	}
	var err error
	r.reader, err = dial("bench")
	return err
}

func (r *relay) start(ctx context.Context, all []specimen) error {
	if err := broker.Ensure(ctx, r.hops[0].js, stream.Defaults(), true); err != nil {
		return err
	}
	err := r.run(ctx, r.hops[1], stream.RAW, stream.EnrichConsumer, func(n int) []*nats.Msg {
		return []*nats.Msg{of(all, n).article.message(n)}
	})
	if err != nil {
		return err
	}
	return r.run(ctx, r.hops[2], stream.ARTICLES, stream.PublishConsumer, func(n int) []*nats.Msg {
		news := of(all, n).news
		out := make([]*nats.Msg, len(news))
		for i := range news {
			out[i] = news[i].message(n)
		}
		return out
	})
}

// run lets a hop publish what follows from each message, and acknowledge the message once all of that is stored.
func (r *relay) run(ctx context.Context, h *hop, from, consumer string, follows func(n int) []*nats.Msg) error {
	c, err := h.js.Consumer(ctx, from, consumer)
	if err != nil {
		return err
	}
	run, err := consume(c, func(m jetstream.Msg) {
		out := follows(number(m.Headers().Get(stream.HURI)))
		s := &source{message: m}
		s.left.Store(int32(len(out)))
		for _, o := range out {
			h.sources.Store(o, s)
			if _, err := h.js.PublishMsgAsync(o, jetstream.WithStallWait(patient)); err != nil {
				r.fail(err)
			}
		}
	})
	if err != nil {
		return err
	}
	r.stops = append([]func(){run.Stop}, r.stops...)
	return nil
}

func (h *hop) stored(_ jetstream.JetStream, m *nats.Msg, _ *jetstream.PubAck) {
	s, had := h.sources.LoadAndDelete(m)
	if !had {
		return // a push follows from nothing
	}
	if of := s.(*source); of.left.Add(-1) == 0 {
		_ = of.message.Ack() // lost with its connection only, and then the trial fails
	}
}

// failed takes a condition that does not hold for a message that was delivered, and so published, before.
func (h *hop) failed(js jetstream.JetStream, m *nats.Msg, err error) {
	var no *jetstream.APIError
	if errors.As(err, &no) && no.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence {
		h.stored(js, m, nil)
		return
	}
	h.relay.fail(fmt.Errorf("%s: %w", m.Subject, err))
}

func (r *relay) fail(err error) { r.once.Do(func() { r.refused = err }) }
