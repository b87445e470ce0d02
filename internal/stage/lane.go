package stage

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// quickRounds is how often a message that met a conflict is handled again at once, before it costs tries.
const quickRounds = 16

// outageWait is how long a message waits, at most, when the broker did not answer its handler.
const outageWait = time.Second

// call is a handler at work on a message.
type call struct {
	in     Message
	menace bool
	began  time.Time
	ctx    context.Context
	cancel context.CancelFunc
	lent   bool // its place is taken by another
	over   bool // nobody waits for it any more
}

// runLane works a lane off. It ends when the lane is empty, waits, or goes on elsewhere.
func (l *loop) runLane(ln *lane) {
	for {
		if !l.enter() {
			return
		}
		it := l.head(ln)
		if it == nil {
			l.leave()
			return
		}
		c := l.begin(it)
		out, err := l.handle(c)
		if !l.finish(ln, it, c) || !l.decide(ln, it, out, err) {
			return
		}
	}
}

func (l *loop) enter() bool {
	select {
	case l.slots <- struct{}{}:
		return true
	case <-l.work.Done():
		return false
	}
}

func (l *loop) leave() { <-l.slots }

func (l *loop) begin(it *item) *call {
	l.mu.Lock()
	defer l.mu.Unlock()
	it.message.Try = it.tries + 1
	c := &call{in: it.message, menace: it.deliveries > maxDeliveries && it.tries == 0, began: time.Now()}
	c.ctx, c.cancel = context.WithDeadline(l.values, c.began.Add(l.o.Deadline))
	if l.work.Err() != nil {
		c.cancel()
	}
	it.call = c
	return c
}

// finish reports whether somebody still waits for the call.
func (l *loop) finish(ln *lane, it *item, c *call) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !c.lent {
		l.leave()
	}
	if c.over {
		return false
	}
	it.call, it.took = nil, time.Since(c.began)
	return true
}

// cancelCalls makes every handler stop. Handlers are no children of the loop's own context: a thousand of them coming
// and going would queue for its lock.
func (l *loop) cancelCalls() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, it := range l.held {
		if it.call != nil {
			it.call.cancel()
		}
	}
}

func (l *loop) handle(c *call) (out []stream.Message, err error) {
	defer c.cancel()
	if c.menace {
		return nil, Reject(errMenace)
	}
	defer func() {
		if value := recover(); value != nil {
			out, err = nil, &panicked{value, debug.Stack()}
		}
	}()
	return l.o.Handle(c.ctx, c.in)
}

// decide acts on a verdict and reports whether the caller goes on with the lane.
func (l *loop) decide(ln *lane, it *item, out []stream.Message, err error) bool {
	it.message.Again = true
	if l.crashed("handled") || l.work.Err() != nil {
		return false
	}
	if err == nil {
		err = l.keep(it, out)
	}
	var no *rejected
	var fell *panicked
	var put *postponed
	patient := time.Since(it.since) < l.o.Patience
	switch {
	case l.work.Err() != nil:
		return false
	case err == nil:
		return l.done(ln, it)
	case errors.Is(err, commit.ErrConflict) && it.conflicts < quickRounds:
		it.conflicts++
		l.observe(Conflict, it)
		return l.wait(ln, rand.N(time.Duration(it.conflicts)*time.Millisecond))
	case errors.As(err, &fell):
		l.observe(Panicked, it)
		l.about(l.o.Log.Error(), it).Bytes("stack", fell.stack).Msg(fell.Error())
		return l.bury(ln, it, err)
	case errors.As(err, &no), errors.Is(err, commit.ErrTooLarge), errors.Is(err, commit.ErrSubject):
		return l.bury(ln, it, err)
	case errors.As(err, &put) && patient:
		l.observe(Postponed, it)
		return l.wait(ln, max(put.after, time.Millisecond))
	case IsAway(err) && patient:
		l.observe(Unavailable, it)
		l.complain(it, err)
		return l.wait(ln, Backoff(1, outageWait, l.o.Most, 0.5+rand.Float64()/2))
	}
	return l.again(ln, it, err)
}

func (l *loop) done(ln *lane, it *item) bool {
	it.tries++
	l.settle(ln, it, Done, ack)
	return !l.crashed("acked")
}

// again uses up a try.
func (l *loop) again(ln *lane, it *item, err error) bool {
	if it.tries+1 >= l.o.Tries {
		return l.bury(ln, it, err)
	}
	it.tries++
	it.conflicts = 0
	d := Backoff(it.tries, l.o.First, l.o.Most, rand.Float64())
	l.observe(Retried, it)
	l.about(l.o.Log.Warn(), it).Err(err).Dur("again_in", d).Msg("not handled")
	return l.wait(ln, max(d, time.Millisecond))
}

// keep stores what follows. While the broker is away or full it waits.
func (l *loop) keep(it *item, out []stream.Message) error {
	err := l.insist(it, l.store, out)
	if err == nil && l.crashed("stored") {
		return context.Cause(l.work)
	}
	return err
}

// insist puts a unit until the broker takes it, refuses it, or the loop ends. Waiting costs no try: an outage must not
// make dead letters of good copy.
func (l *loop) insist(it *item, to commit.Store, unit []stream.Message) error {
	for round := 1; ; round++ {
		if len(unit) == 0 {
			return nil
		}
		acks, err := to.Put(l.work, unit...)
		it.stored = it.stored || errors.Is(err, commit.ErrUnavailable) || slices.ContainsFunc(acks, func(a commit.Ack) bool { return !a.Duplicate })
		if errors.Is(err, nats.ErrConnectionClosed) {
			l.quit(errors.Join(errClosed, err))
		}
		outcome := Unavailable
		if errors.Is(err, commit.ErrFull) {
			outcome = Full
		} else if !errors.Is(err, commit.ErrUnavailable) {
			return err
		}
		l.observe(outcome, it)
		l.complain(it, err)
		select {
		case <-time.After(Backoff(round, 50*time.Millisecond, time.Second, 0.5+rand.Float64()/2)):
		case <-l.work.Done():
			return err
		}
	}
}

// complain logs trouble with the broker at once, then every ten seconds while it lasts.
func (l *loop) complain(it *item, err error) {
	l.mu.Lock()
	quiet := time.Since(l.loud) < 10*time.Second
	if !quiet {
		l.loud = time.Now()
	}
	held := len(l.held)
	l.mu.Unlock()
	if !quiet {
		l.about(l.o.Log.Error(), it).Err(err).Int("in_hand", held).Msg("the broker does not answer or take it, waiting")
	}
}

// about says in the log which message it is about; never what is in it.
func (l *loop) about(e *zerolog.Event, it *item) *zerolog.Event {
	return e.Str("stage", l.o.Name).Str("feed", it.feed).Str("subject", it.message.Subject).
		Uint64("sequence", it.message.Sequence).Int("tries", it.tries)
}

// crashed ends everything at once where a test wants a crash.
func (l *loop) crashed(point string) bool {
	if l.o.Fault == nil {
		return false
	}
	err := l.o.Fault(point)
	if err != nil {
		l.quit(err)
	}
	return err != nil
}
