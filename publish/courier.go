package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// Outcomes of a delivery, or of one try at it.
const (
	Delivered   = "delivered"
	Dropped     = "dropped" // NEWS holds it no more: killed, or too old, while it was tried
	DeadLetter  = "dead"
	TriedAgain  = "retried"
	Interrupted = "interrupted" // the output cannot follow NEWS, and starts anew
)

// Courier carries the news to one output, which no other waits for: with a durable consumer of its own on NEWS, in
// order, each delivery until the output takes it or says that it never will. Couriers of one name share the work.
type Courier struct {
	Name     string   // of the output
	Subjects []string // of NEWS; none is the canonical copy of every story
	From     subscriber.From
	Sink     wiredesk.Sink
	Dead     commit.Store
	Deadline time.Duration // of one try; 30 s by default
	Retry    time.Duration // the longest pause between two tries; 30 s by default
	// Observe hears of every outcome, with the age of the revision in NEWS; it may be nil.
	Observe func(outcome string, lag time.Duration)
	Log     zerolog.Logger

	js    jetstream.JetStream
	tried uint64 // in NEWS: the delivery that has been tried
	tries int
}

// Run carries until ctx ends, and returns nil then. It returns an error only where the connection is closed for good;
// everything else is logged and waited out. Run closes a sink that is an io.Closer.
func (c *Courier) Run(ctx context.Context, nc *nats.Conn) (err error) {
	if closer, ok := c.Sink.(io.Closer); ok {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	if c.js, err = jetstream.New(nc); err != nil {
		return fmt.Errorf("publish: output %s: %w", c.Name, err)
	}
	longest := c.Retry
	if longest == 0 {
		longest = 30 * time.Second
	}
	for try := 1; ; try++ {
		began := time.Now()
		err := subscriber.Follow(ctx, nc, c.options(), c.hand)
		if ctx.Err() != nil {
			return nil
		}
		if nc.IsClosed() {
			return fmt.Errorf("publish: output %s: %w", c.Name, err)
		}
		if time.Since(began) > longest {
			try = 1
		}
		pause := min(longest, 100*time.Millisecond<<min(try, 16))
		c.observe(Interrupted, 0)
		c.Log.Warn().Err(err).Dur("again_in", pause).Msg("an output cannot follow the news")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (c *Courier) options() subscriber.Options {
	return subscriber.Options{
		Name: stream.OutputPrefix + c.Name, Subjects: c.Subjects, From: c.From, Retry: c.Retry,
		Failed: c.failed, Unreadable: c.bury,
	}
}

// failed tells of a try that was not the last one: loudly at first, then each time the count of tries has doubled.
func (c *Courier) failed(d subscriber.Delivery, try int, err error) {
	c.tries = try
	c.observe(TriedAgain, 0)
	level := zerolog.DebugLevel
	if try&(try-1) == 0 {
		level = zerolog.WarnLevel
	}
	c.about(c.Log.WithLevel(level), d).Err(err).Int("try", try).Msg("not delivered, to be tried again")
}

// hand is the subscription's handler: nil takes the delivery.
func (c *Courier) hand(ctx context.Context, d subscriber.Delivery) error {
	if c.tried != d.Sequence {
		c.tried, c.tries = d.Sequence, 0
	} else if gone, err := c.gone(ctx, d); gone || err != nil {
		return err
	}
	err := c.deliver(ctx, d.Article)
	if errors.Is(err, wiredesk.ErrUndeliverable) {
		return c.bury(ctx, d, err)
	}
	if err == nil {
		c.observe(Delivered, time.Since(d.Stored))
		c.about(c.Log.Debug(), d).Msg("delivered")
	}
	return err
}

// gone says whether NEWS has let go of a delivery since it was first tried: text that was killed must not go out late.
func (c *Courier) gone(ctx context.Context, d subscriber.Delivery) (bool, error) {
	news, err := c.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return false, fmt.Errorf("publish: stream %s: %w", stream.NEWS, err)
	}
	_, err = news.GetMsg(ctx, d.Sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		c.observe(Dropped, 0)
		c.about(c.Log.Info(), d).Msg("no longer in the news, so not delivered")
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("publish: stream %s: %w", stream.NEWS, err)
	}
	return false, nil
}

// deliver makes one try. A panic is the article's fault, and would be again.
func (c *Courier) deliver(ctx context.Context, a wiredesk.Article) (err error) {
	deadline := c.Deadline
	if deadline == 0 {
		deadline = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			c.Log.Error().Str("story", a.Story).Bytes("stack", debug.Stack()).Msg("an output panicked")
			err = fmt.Errorf("publish: panic: %.300v: %w", p, wiredesk.ErrUndeliverable)
		}
	}()
	return c.Sink.Deliver(ctx, a)
}

// bury stores the dead letter of a delivery, and takes the delivery once that is done.
func (c *Courier) bury(ctx context.Context, d subscriber.Delivery, why error) error {
	m := stage.Message{Stream: stream.NEWS, Subject: d.Subject, Sequence: d.Sequence, Header: d.Header, Data: d.Body, Stored: d.Stored}
	letter := stage.Letter(stream.OutputPrefix+c.Name, stream.TextValue(d.Header.Get(stream.HFeed)), m, c.tries+1, why.Error(), int(c.js.Conn().MaxPayload()))
	if _, err := c.Dead.Put(ctx, letter); err != nil {
		return fmt.Errorf("publish: dead letter: %w", err)
	}
	c.observe(DeadLetter, 0)
	c.about(c.Log.Warn(), d).Err(why).Msg("dead letter")
	return nil
}

func (c *Courier) observe(outcome string, lag time.Duration) {
	if c.Observe != nil {
		c.Observe(outcome, lag)
	}
}

// about is an event with what it is about, and no word of the copy.
func (c *Courier) about(e *zerolog.Event, d subscriber.Delivery) *zerolog.Event {
	return e.Str("story", stream.LastToken(d.Subject)).Int("revision", d.Article.Revision).Str("subject", d.Subject)
}
