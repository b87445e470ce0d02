// Package stage is the one loop of every stage: take a message, handle it, store what follows, acknowledge. Handlers
// return, the loop acts.
//
// Messages of one story are handled in order, one at a time, however often one of them has to be tried again; different
// stories go on in parallel. A message is acknowledged only after what follows from it, or its dead letter, is stored;
// until then it comes back after any crash. So everything may happen twice, and a handler told that it is seeing a
// message Again looks before it writes.
package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Message is what a handler gets. It is shared and must not be changed.
type Message struct {
	Stream, Subject string
	Sequence        uint64
	Header          nats.Header
	Data            []byte
	Stored          time.Time
	Try             int  // counted from 1
	Again           bool // handled before, perhaps elsewhere and to the end: look before you write
}

// Handler works on one message and returns what follows from it. Its error is the verdict: nil, Reject, After, or a
// plain error to be tried again; a panic counts as Reject. It neither publishes nor acknowledges, it stops when ctx
// ends, and it may be called concurrently for different keys.
type Handler func(ctx context.Context, in Message) ([]stream.Message, error)

// Options describe a stage. Name, Stream, Consumer and Handle are needed, the rest has defaults.
type Options struct {
	Name             string // the stage, as dead letters and logs say it
	Stream, Consumer string // an existing durable pull consumer
	Handle           Handler
	Key              func(Message) string // messages of one key are handled in order, those without wait for nobody; the subject by default
	Feed             func(Message) string // for dead letters and events; the Wire-Feed header by default

	Tries    int           // until an error becomes a dead letter, 5 by default
	Deadline time.Duration // of one try, 30 s by default
	First    time.Duration // back-off after the first try, at most; 250 ms by default
	Most     time.Duration // back-off after any try, at most; 1 min by default
	Patience time.Duration // how long After may put a message off before it costs tries, 96 h by default
	Drain    time.Duration // how long to finish what is in hand when ctx ends, 8 s by default

	Workers   int // handlers at a time, 16 by default; one that takes long lends its place to others
	InHand    int // messages held at a time, 1024 by default
	HandBytes int // their bytes, about; 64 MiB by default

	Log     zerolog.Logger
	Observe Observer
	// Fault ends Run at once, as a crash would, where it returns an error: it is asked at "handled", "stored", "acked"
	// and "buried". Tests of crashes use it; otherwise it is nil.
	Fault func(point string) error
}

// Run works until ctx ends, then finishes what is in hand, gives the rest back, and returns nil. It returns an error
// where it cannot go on: the connection is closed for good, or the consumer is gone. An outage of the broker is waited
// out, and costs no message a try. What follows goes to store, dead letters to dead.
func Run(ctx context.Context, js jetstream.JetStream, store, dead commit.Store, o Options) error {
	l, err := newLoop(ctx, js, store, dead, o.withDefaults())
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	defer l.quit(nil)
	return l.run(ctx)
}

func (o Options) withDefaults() Options {
	if o.Key == nil {
		o.Key = func(m Message) string { return m.Subject }
	}
	if o.Feed == nil {
		o.Feed = func(m Message) string { return stream.TextValue(m.Header.Get(stream.HFeed)) }
	}
	positive(&o.Tries, 5)
	positive(&o.Workers, 16)
	positive(&o.InHand, 1024)
	positive(&o.HandBytes, 64<<20)
	positive(&o.Deadline, 30*time.Second)
	positive(&o.First, 250*time.Millisecond)
	positive(&o.Most, time.Minute)
	positive(&o.Patience, 96*time.Hour)
	positive(&o.Drain, 8*time.Second)
	return o
}

func positive[N int | time.Duration](n *N, otherwise N) {
	if *n <= 0 {
		*n = otherwise
	}
}

func newLoop(ctx context.Context, js jetstream.JetStream, store, dead commit.Store, o Options) (*loop, error) {
	consumer, err := js.Consumer(ctx, o.Stream, o.Consumer)
	if err != nil {
		return nil, fmt.Errorf("stage: %s: consumer %s of %s: %w", o.Name, o.Consumer, o.Stream, err)
	}
	config := consumer.CachedInfo().Config
	if config.AckPolicy != jetstream.AckExplicitPolicy || config.DeliverSubject != "" {
		return nil, fmt.Errorf("stage: %s: consumer %s of %s must be a pull consumer with explicit acknowledgement", o.Name, o.Consumer, o.Stream)
	}
	values := context.WithoutCancel(ctx)
	work, quit := context.WithCancelCause(values)
	return &loop{
		o: o, js: js, nc: js.Conn(), store: store, dead: dead, ackWait: config.AckWait,
		values: values, work: work, quit: quit, slots: make(chan struct{}, o.Workers),
		held: map[uint64]*item{}, lanes: map[string]*lane{}, idle: make(chan struct{}),
	}, nil
}

// run is the life of the loop: messages come by callback, lanes work on their own, the clock watches both.
func (l *loop) run(ctx context.Context) error {
	changes := l.nc.StatusChanged(nats.CONNECTED, nats.CLOSED)
	defer l.nc.RemoveStatusListener(changes)
	if err := l.subscribe(); err != nil {
		return fmt.Errorf("stage: %s: %w", l.o.Name, err)
	}
	defer l.hangUp()
	context.AfterFunc(l.work, l.cancelCalls)
	clock := time.NewTicker(tick)
	defer clock.Stop()
	l.ask(true)
	stop := ctx.Done()
	var late <-chan time.Time
	for {
		select {
		case <-stop:
			l.o.Log.Info().Str("stage", l.o.Name).Msg("finishing what is in hand")
			stop, late = nil, time.After(l.o.Drain)
			go l.drain()
		case <-l.idle:
			return l.flush()
		case <-late:
			l.o.Log.Warn().Str("stage", l.o.Name).Int("in_hand", l.surrender()).Msg("not finished in time, given back")
			return l.flush()
		case <-l.work.Done():
			return fmt.Errorf("stage: %s: %w", l.o.Name, context.Cause(l.work))
		case status := <-changes:
			if status == nats.CLOSED {
				l.quit(errors.Join(errClosed, l.nc.LastError()))
			} else {
				l.askAnew()
			}
		case <-clock.C:
			l.watch(time.Now())
		}
	}
}

var errClosed = errors.New("the connection to the broker is closed for good")
