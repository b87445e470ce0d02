// Package subscriber follows the news: typed articles from the subjects a subscriber asks for, durable, in order,
// acknowledged after the handler.
package subscriber

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// From says where a new subscription begins. A durable subscription that exists goes on where it was.
type From int

// Where to begin.
const (
	Current From = iota // the current state of each story, then what follows
	All                 // everything the stream still holds, then what follows
	New                 // only what follows
)

// Options of a subscription.
type Options struct {
	// Name makes the subscription durable: it survives restarts of the subscriber and of the broker, and copies that
	// share a name share the work. Without a name it lives as long as the call.
	Name string
	// Subjects to follow, e.g. "news.source.tass.*" or "news.place.sy.>"; none means the canonical copy of every
	// story, news.wire.>.
	Subjects []string
	From     From
	// Since begins at a time instead.
	Since time.Time
	// Prefix is the API prefix of an importing account; empty inside the house.
	Prefix string
	// AtOnce lets so many stories be handled at a time, each in its own order: version 2 of a story waits for version 1,
	// also while that is tried again, and no story waits for another. Of the copies that share the name one gets the
	// messages; another takes over within seconds of its end. A broker that was away may have what was in hand come
	// twice. Up to one it is one delivery at a time, in the order of the stream.
	AtOnce int
	// Retry is the longest pause before a handler that failed is tried again; zero is 30 s. An error of [wiredesk.After]
	// may ask for a longer one.
	Retry time.Duration
	// Still is asked before a delivery is handled that has waited: false drops it, taken. It may bring the delivery up to
	// date, and has to where AtOnce is set: what waits there keeps neither Article nor Body. It may be nil.
	Still func(ctx context.Context, d *Delivery) (bool, error)
	// Failed hears of every failed try, of several at a time where AtOnce is set; it may be nil.
	Failed func(d Delivery, err error)
	// Unreadable hears of a message that is no article, and takes it like the handler by returning nil. Without it such
	// a message ends Follow.
	Unreadable func(ctx context.Context, d Delivery, err error) error
}

// Delivery is one revision at one subject.
type Delivery struct {
	Article  wiredesk.Article
	Subject  string
	Facet    wiredesk.Facet
	Sequence uint64    // in NEWS: resumes by it, and orders deliveries
	Stored   time.Time // when it became visible
	Try      int       // counted from 1, anew after a restart
	Trace    string    // the W3C traceparent of the push
	Size     int       // of the message's body in bytes
	Body     []byte    // the article as it came
	Header   nats.Header
}

// Follow calls handle for each delivery, one at a time and in the order of the stream unless o.AtOnce says otherwise:
// version 2 of a story never comes before version 1. A delivery is acknowledged when handle returns nil; until then the same delivery is tried again,
// with growing pauses. Each revision comes once as long as Follow runs, whatever happens to the broker; after a crash of
// the subscriber, what it had in hand comes again. Follow returns nil when ctx ends, and an error when the subscription
// cannot go on. To be sent everything again, end Follow before the consumer is reset.
func Follow(ctx context.Context, nc *nats.Conn, o Options, handle func(context.Context, Delivery) error) error {
	js, err := open(nc, o)
	if err != nil {
		return err
	}
	consumer, err := js.CreateOrUpdateConsumer(ctx, stream.NEWS, standing(ctx, js, config(o)))
	if err != nil {
		return fmt.Errorf("subscriber: cannot follow %s: %w; check that wiredesk runs on this broker and that this user may read it", strings.Join(subjects(o), ", "), err)
	}
	if o.AtOnce > 1 {
		return newLanes(nc, consumer, o, handle).follow(ctx)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(256), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
	if err != nil {
		return fmt.Errorf("subscriber: %w", err)
	}
	stop := context.AfterFunc(ctx, messages.Stop)
	defer stop()
	defer messages.Stop()
	var done uint64 // in NEWS: everything up to here was handled
	for {
		m, err := messages.Next()
		if err := goesOn(ctx, nc, err); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return giveBack(m)
		}
		if err != nil {
			continue
		}
		if done, err = deliver(ctx, m, o, done, handle); err != nil {
			return ended(ctx, err)
		}
	}
}

// goesOn tells an error that ends the subscription from one that passes.
func goesOn(ctx context.Context, nc *nats.Conn, err error) error {
	switch {
	case err == nil, ctx.Err() != nil:
		return nil
	case errors.Is(err, jetstream.ErrNoHeartbeat) && !nc.IsClosed():
		return nil // the broker is away or slow: the client goes on by itself
	}
	return fmt.Errorf("subscriber: %w", err)
}

// handover is how long the broker keeps a message that is given back: by then our own request for messages is gone,
// which would take it again.
const handover = 250 * time.Millisecond

// giveBack lets another copy of the subscriber, or its next start, have the message soon.
func giveBack(m jetstream.Msg) error {
	if m != nil {
		_ = m.NakWithDelay(handover) // where this cannot be sent, the broker waits until it is overdue
	}
	return nil
}

func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// deliver hands one message over until the handler takes it, and returns up to where everything is handled. A broker
// that dies may forget acknowledgements and deliver again what was handled here: that is acknowledged once more.
func deliver(ctx context.Context, m jetstream.Msg, o Options, done uint64, handle func(context.Context, Delivery) error) (uint64, error) {
	d, err := read(m)
	if err != nil {
		if o.Unreadable == nil {
			return done, err
		}
		unreadable := err
		handle = func(ctx context.Context, d Delivery) error { return o.Unreadable(ctx, d, unreadable) }
	}
	if d.Sequence <= done {
		return done, acknowledged(m.Ack())
	}
	stop := keep(m)
	defer stop()
	for d.Try = 1; ; d.Try++ {
		err := o.try(ctx, &d, d.Try > 1, handle)
		if err == nil {
			return d.Sequence, acknowledged(m.Ack())
		}
		if o.Failed != nil {
			o.Failed(d, err)
		}
		select {
		case <-ctx.Done():
			return done, errors.Join(ctx.Err(), giveBack(m))
		case <-time.After(o.pause(d.Try, err)):
		}
	}
}

// try handles a delivery once; nil takes it. One that has waited may not be wanted any more.
func (o Options) try(ctx context.Context, d *Delivery, waited bool, handle func(context.Context, Delivery) error) error {
	if waited && o.Still != nil {
		if wanted, err := o.Still(ctx, d); !wanted || err != nil {
			return err
		}
	}
	return handle(ctx, *d)
}

// pause is how long to wait after a failed try: what the error asks for and a little more, so that not everything that
// was told to wait comes at the same moment; else anything up to a ceiling that grows.
func (o Options) pause(try int, err error) time.Duration {
	if asked := wiredesk.Wait(err); asked > 0 {
		return asked + rand.N(min(asked/10+time.Millisecond, time.Minute))
	}
	longest := o.Retry
	if longest == 0 {
		longest = 30 * time.Second
	}
	ceiling := min(longest, 100*time.Millisecond<<min(try, 20))
	return max(rand.N(ceiling), time.Millisecond)
}

// acknowledged forgives an acknowledgement that could not be sent: the delivery comes again, and is known.
func acknowledged(err error) error {
	if errors.Is(err, nats.ErrConnectionClosed) {
		return fmt.Errorf("subscriber: %w", err)
	}
	return nil
}

// keep tells the broker that the message is in hand, until stop is called.
func keep(m jetstream.Msg) (stop func()) {
	t := time.NewTicker(ackWait / 3)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				_ = m.InProgress()
			case <-done:
				return
			}
		}
	}()
	return func() { t.Stop(); close(done) }
}

func read(m jetstream.Msg) (Delivery, error) {
	d := sealed(m)
	return d, d.open()
}

// sealed is a delivery whose article has not been read yet.
func sealed(m jetstream.Msg) Delivery {
	d := Delivery{Subject: m.Subject(), Body: m.Data(), Size: len(m.Data()), Trace: m.Headers().Get(stream.HTrace), Header: m.Headers()}
	if meta, err := m.Metadata(); err == nil {
		d.Sequence, d.Stored = meta.Sequence.Stream, meta.Timestamp
	}
	d.Facet, _, _ = stream.ParseNews(m.Subject())
	return d
}

func (d *Delivery) open() error {
	if err := json.Unmarshal(d.Body, &d.Article); err != nil {
		return fmt.Errorf("subscriber: message %d on %s is not an article: %w", d.Sequence, d.Subject, err)
	}
	return nil
}

// Key names the revision, wherever it is delivered: an idempotency key for what the handler does with it.
func (d Delivery) Key() string { return d.Article.Story + "." + strconv.Itoa(d.Article.Revision) }
