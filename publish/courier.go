package publish

import (
	"cmp"
	"context"
	"encoding/json"
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
	Disabled    = "disabled"    // the output asked to be sent nothing any more
)

// Courier carries the news to one output, which no other waits for: with a durable consumer of its own on NEWS, each
// story in order, each delivery until the output takes it or says that it never will. Couriers of one name share the work.
type Courier struct {
	Name     string   // of the output
	Subjects []string // of NEWS; none is the canonical copy of every story
	From     subscriber.From
	Sink     wiredesk.Sink // served at its own pace where it is [wiredesk.Paced], else with one article at a time
	Dead     commit.Store
	Confirms commit.Store  // keeps which kills the output has taken; nil keeps none
	Deadline time.Duration // of one try; 30 s by default
	Retry    time.Duration // the longest pause between two tries; 30 s by default
	// Observe hears of every outcome, of several at a time, with the age of the revision in NEWS; it may be nil.
	Observe func(outcome string, lag time.Duration)
	Log     zerolog.Logger

	js   jetstream.JetStream
	pace wiredesk.Pace
}

// errDisabled ends a subscription whose output was disabled.
var errDisabled = errors.New("the output is disabled")

// Run carries until ctx ends, and returns nil then. It returns an error only where the connection is closed for good;
// everything else is logged and waited out. Run closes a sink that is an io.Closer.
func (c *Courier) Run(ctx context.Context, nc *nats.Conn) (err error) {
	if closer, ok := c.Sink.(io.Closer); ok {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	if c.js, err = jetstream.New(nc); err != nil {
		return fmt.Errorf("publish: output %s: %w", c.Name, err)
	}
	c.settle()
	for try := 1; ; try++ {
		began := time.Now()
		following, stop := context.WithCancelCause(ctx)
		err := subscriber.Follow(following, nc, c.options(stop), c.hand)
		disabled := errors.Is(context.Cause(following), errDisabled)
		stop(nil)
		switch {
		case ctx.Err() != nil:
			return nil
		case nc.IsClosed():
			return fmt.Errorf("publish: output %s: %w", c.Name, err)
		case disabled, time.Since(began) > c.Retry:
			try = 1
		}
		pause := min(c.Retry, 100*time.Millisecond<<min(try, 16))
		if !disabled {
			c.observe(Interrupted, 0)
			c.Log.Warn().Err(err).Dur("again_in", pause).Msg("an output cannot follow the news")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// settle decides at which pace the sink is served, by what it asks for first.
func (c *Courier) settle() {
	if s, ok := c.Sink.(interface {
		For(output string) wiredesk.Sink
	}); ok {
		c.Sink = s.For(c.Name)
	}
	if s, ok := c.Sink.(wiredesk.Paced); ok {
		c.pace = s.Pace()
	}
	c.Deadline = cmp.Or(c.pace.Try, c.Deadline, 30*time.Second)
	c.Retry = cmp.Or(c.Retry, 30*time.Second)
	c.pace.Longest = cmp.Or(c.pace.Longest, c.Retry)
}

func (c *Courier) options(stop context.CancelCauseFunc) subscriber.Options {
	return subscriber.Options{
		Name: stream.OutputPrefix + c.Name, Subjects: c.Subjects, From: c.From, AtOnce: c.pace.AtOnce, Retry: c.pace.Longest,
		Still: c.still, Unreadable: c.bury,
		Failed: func(d subscriber.Delivery, err error) {
			c.failed(d, err)
			if errors.Is(err, errDisabled) {
				stop(errDisabled)
			}
		},
	}
}

// failed tells of a try that was not the last one: loudly at first, then each time the count of tries has doubled.
func (c *Courier) failed(d subscriber.Delivery, err error) {
	c.observe(TriedAgain, 0)
	level := zerolog.DebugLevel
	if d.Try&(d.Try-1) == 0 {
		level = zerolog.WarnLevel
	}
	c.about(c.Log.WithLevel(level), d).Err(err).Int("try", d.Try).Msg("not delivered, to be tried again")
}

// hand is the subscription's handler: nil takes the delivery.
func (c *Courier) hand(ctx context.Context, d subscriber.Delivery) error {
	err := c.deliver(stream.WithTrace(ctx, d.Header.Get(stream.HTrace)), d.Article)
	old := c.pace.GiveUp > 0 && time.Since(d.Stored) > c.pace.GiveUp
	switch {
	case err == nil:
		if err := c.confirm(ctx, d); err != nil {
			return err
		}
		c.observe(Delivered, time.Since(d.Stored))
		c.about(c.Log.Debug(), d).Msg("delivered")
		return nil
	case ctx.Err() != nil:
		return err
	case errors.Is(err, wiredesk.ErrGone):
		return c.disable(ctx, err)
	case errors.Is(err, wiredesk.ErrUndeliverable):
		return c.bury(ctx, d, err)
	case old:
		return c.bury(ctx, d, fmt.Errorf("given up after %s: %w", c.pace.GiveUp, err))
	}
	return err
}

// disable ends deliveries to the output, for good and before anything else is tried.
func (c *Courier) disable(ctx context.Context, why error) error {
	if err := Disable(ctx, c.js, c.Name, why.Error()); err != nil {
		return fmt.Errorf("%w; it could not be disabled: %w", why, err)
	}
	c.observe(Disabled, 0)
	c.Log.Error().Err(why).Msg("the output is disabled: wiredesk outputs resume " + c.Name)
	return fmt.Errorf("%w: %w", errDisabled, why)
}

// still says whether NEWS still holds a delivery that has waited, and reads it anew: text that was killed must not go out
// late.
func (c *Courier) still(ctx context.Context, d *subscriber.Delivery) (bool, error) {
	news, err := c.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return false, fmt.Errorf("publish: stream %s: %w", stream.NEWS, err)
	}
	m, err := news.GetMsg(ctx, d.Sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		c.observe(Dropped, 0)
		c.about(c.Log.Info(), *d).Msg("no longer in the news, so not delivered")
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("publish: stream %s: %w", stream.NEWS, err)
	}
	d.Body = m.Data
	_ = json.Unmarshal(m.Data, &d.Article) // what is no article was found to be none before
	return true, nil
}

// deliver makes one try. A panic is the article's fault, and would be again.
func (c *Courier) deliver(ctx context.Context, a wiredesk.Article) (err error) {
	ctx, cancel := context.WithTimeout(ctx, c.Deadline)
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
	letter := stage.Letter(stream.OutputPrefix+c.Name, stream.TextValue(d.Header.Get(stream.HFeed)), m, d.Try, why.Error(), int(c.js.Conn().MaxPayload()))
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
	return e.Str("story", stream.LastToken(d.Subject)).Str("revision", d.Header.Get(stream.HRevision)).Str("subject", d.Subject)
}
