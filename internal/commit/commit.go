// Package commit stores messages and says when they are safe. Under a broker that syncs before it acknowledges, units
// that wait together are stored as one atomic batch, for the price of one sync.
package commit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/sync/semaphore"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Ack is where a message stands. Duplicate says that its id was stored before, at Sequence: this copy was dropped.
type Ack struct {
	Sequence  uint64
	Duplicate bool
}

// Store takes a unit: messages that belong together. Put returns once all of them are as durable as the broker
// promises, with their acks in order. On an error a part of the unit may be stored: everything in it must bear being
// put again, through its ID or Expect. It may be called concurrently; the order within a unit is kept, units that
// wait together have none.
type Store interface {
	Put(ctx context.Context, unit ...stream.Message) ([]Ack, error)
}

// Options are how a Committer stores.
type Options struct {
	Stream string // the only stream to store in; empty: whichever the subject belongs to
	// Grouped stores units that wait together as one atomic batch: right for a broker that syncs before it
	// acknowledges, and slower than singles for one that does not.
	Grouped bool
	// Sync makes what a stream has acknowledged as durable as it has to be, for a broker in this process that does not
	// sync before it acknowledges; nil where the acknowledgement is enough. Put returns after it.
	Sync     func(ctx context.Context, stream string) error
	MaxGroup int           // messages in a batch, at most and by default 1000
	MaxBytes int           // bytes in a batch, 4 MiB by default
	InFlight int           // messages on their way at a time when not grouped, 1024 by default
	Timeout  time.Duration // for the broker's answer, 10 s by default
	Observe  func(Event)   // hears of every commit; may be nil
}

// Event is one commit: messages that went to the broker together, how long it took to answer, and its refusal.
type Event struct {
	Units, Messages int
	Batch           bool
	Took            time.Duration
	Err             error
}

// Committer is the Store of a connection. It lasts as long as the connection does.
type Committer struct {
	nc       *nats.Conn
	options  Options
	replies  *replies
	inFlight *semaphore.Weighted

	mu     sync.Mutex
	groups map[string]*group // by stream
}

// New makes a Committer on a connection, which it does not close.
func New(nc *nats.Conn, o Options) *Committer {
	if o.MaxGroup <= 0 || o.MaxGroup > maxBatch {
		o.MaxGroup = maxBatch
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 4 << 20
	}
	if o.InFlight <= 0 {
		o.InFlight = 1024
	}
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Observe == nil {
		o.Observe = func(Event) {}
	}
	return &Committer{
		nc: nc, options: o, replies: newReplies(nc), inFlight: semaphore.NewWeighted(int64(o.InFlight)),
		groups: map[string]*group{},
	}
}

// Put stores a unit. Its errors wrap ErrConflict, ErrUnavailable, ErrFull, ErrTooLarge or ErrSubject where they apply.
func (c *Committer) Put(ctx context.Context, messages ...stream.Message) ([]Ack, error) {
	if len(messages) == 0 {
		return nil, nil
	}
	u, err := c.unit(messages)
	if err != nil {
		return nil, err
	}
	if err := c.replies.open(); err != nil {
		return nil, err
	}
	if c.options.Grouped && u.stream != "" {
		c.group(u.stream).add(u)
		return u.wait(ctx, nil)
	}
	weight := int64(min(len(messages), c.options.InFlight))
	if err := c.inFlight.Acquire(ctx, weight); err != nil {
		return nil, fmt.Errorf("commit: not sent: %w: %w", ErrUnavailable, err)
	}
	defer c.inFlight.Release(weight)
	began := time.Now()
	first := c.send(u)
	defer c.replies.forget(first, len(u.messages))
	late := time.NewTimer(c.options.Timeout)
	defer late.Stop()
	acks, err := u.wait(ctx, late.C)
	if err == nil || errors.Is(err, ErrConflict) { // what stands in the way of a refused message is taken as stored
		if unsafe := c.sync(ctx, u); unsafe != nil {
			err = unsafe
		}
	}
	c.options.Observe(Event{Units: 1, Messages: len(messages), Took: time.Since(began), Err: err})
	if err != nil {
		return nil, err
	}
	return acks, nil
}

// sync makes a unit that is stored durable, in each stream it went to.
func (c *Committer) sync(ctx context.Context, u *unit) error {
	if c.options.Sync == nil {
		return nil
	}
	for _, name := range u.streams {
		if err := c.options.Sync(ctx, name); err != nil {
			return fmt.Errorf("commit: %w: %w", ErrUnavailable, err)
		}
	}
	return nil
}

func (c *Committer) group(name string) *group {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.groups[name]
	if g == nil {
		g = &group{committer: c}
		c.groups[name] = g
	}
	return g
}

// send publishes a unit message by message, without waiting for answers in between. It returns the number of the
// first reply.
func (c *Committer) send(u *unit) uint64 {
	first := c.replies.expect(len(u.messages), u.answer)
	for i, m := range u.messages {
		m.Reply = c.replies.subject(first + uint64(i))
		if err := c.nc.PublishMsg(m); err != nil {
			for j := range u.messages[i:] {
				c.replies.fail(first+uint64(i+j), unsent(err))
			}
			break
		}
	}
	return first
}
