package stage

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/commit"
)

// maxDeliveries is how often the broker may deliver a message before the loop takes it for the reason why it was never
// settled. Drains and outages deliver again too, so it is well above what a story's own tries can cause.
const maxDeliveries = 20

type loop struct {
	o           Options
	js          jetstream.JetStream
	nc          *nats.Conn
	store, dead commit.Store
	ackWait     time.Duration
	slots       chan struct{} // one for each handler at work

	values context.Context // of Run's context
	work   context.Context // outlives the context of Run until what is in hand is finished
	quit   context.CancelCauseFunc

	next string // where to ask for messages
	sub  *nats.Subscription

	mu       sync.Mutex
	held     map[uint64]*item // by sequence
	lanes    map[string]*lane
	bytes    int
	asked    int // messages asked for and not come yet
	heard    time.Time
	loud     time.Time // when trouble with the broker was last logged
	draining bool
	deaf     bool          // nothing comes any more
	idle     chan struct{} // closed once drained
}

// item is a message in hand.
type item struct {
	message    Message
	feed, key  string
	reply      string
	deliveries uint64
	since      time.Time // taken in hand
	told       time.Time // the broker last heard that we are at it
	tries      int       // used up
	conflicts  int       // in a row
	stored     bool      // something that follows, or the letter, was stored by us, or may have been
	took       time.Duration
	call       *call
}

// lane is the messages of one story, the first of them at work or waiting for its next try.
type lane struct {
	key   string
	queue []*item
	timer *time.Timer // not nil while waiting
}

// put takes a message in hand. It reports the lane where that must be started.
func (l *loop) put(it *item) *lane {
	sequence := it.message.Sequence
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked, l.heard = max(l.asked-1, 0), it.since
	if l.draining {
		l.send(it.reply, nak)
		return nil
	}
	if had := l.held[sequence]; had != nil {
		had.reply, had.told = it.reply, it.since
		return nil
	}
	l.held[sequence] = it
	l.bytes += size(it)
	l.observe(Taken, it)
	ln := l.lanes[it.key]
	if ln != nil {
		return ln.join(it)
	}
	ln = &lane{key: it.key, queue: []*item{it}}
	l.lanes[it.key] = ln
	return ln
}

// join puts a message where it belongs in the order of the stream: one that another process left behind may come after
// its successors, and they may be waiting for it. It reports the lane where the message must not wait for a timer.
func (ln *lane) join(it *item) *lane {
	at := len(ln.queue)
	for at > 0 && ln.queue[at-1].message.Sequence > it.message.Sequence {
		at--
	}
	if at == 0 && len(ln.queue) > 0 && ln.timer == nil {
		at = 1 // the first is at work
	}
	ln.queue = slices.Insert(ln.queue, at, it)
	if at > 0 || ln.timer == nil || !ln.timer.Stop() {
		return nil
	}
	ln.timer = nil
	return ln
}

// head is the message that a lane works on next; nil when the lane is done with.
func (l *loop) head(ln *lane) *item {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.draining {
		l.release(ln)
	}
	if len(ln.queue) > 0 {
		return ln.queue[0]
	}
	delete(l.lanes, ln.key)
	l.checkIdle()
	return nil
}

// settle answers the broker and lets go of the first message of a lane.
func (l *loop) settle(ln *lane, it *item, outcome Outcome, answer []byte) {
	l.mu.Lock()
	if l.held[it.message.Sequence] != it {
		l.mu.Unlock()
		return // surrendered meanwhile
	}
	l.send(it.reply, answer)
	l.drop(it)
	ln.queue[0] = nil
	ln.queue = ln.queue[1:]
	l.mu.Unlock()
	l.observe(outcome, it)
	l.ask(false)
}

func (l *loop) drop(it *item) {
	delete(l.held, it.message.Sequence)
	l.bytes -= size(it)
}

// release gives the messages of a lane back, so that others can take them at once.
func (l *loop) release(ln *lane) {
	for _, it := range ln.queue {
		if it.call != nil {
			it.call.cancel()
		}
		l.send(it.reply, nak)
		l.drop(it)
		l.observe(Released, it)
	}
	ln.queue = nil
}

// wait starts the lane again after d, at once if that is nothing or an earlier message has come in the meantime. It
// reports whether the caller goes on with the lane.
func (l *loop) wait(ln *lane, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.draining {
		return true
	}
	first := ln.queue[0]
	slices.SortFunc(ln.queue, func(a, b *item) int { return cmp.Compare(a.message.Sequence, b.message.Sequence) })
	if ln.queue[0] != first {
		return true
	}
	ln.timer = time.AfterFunc(d, func() {
		l.mu.Lock()
		ln.timer = nil
		l.mu.Unlock()
		l.runLane(ln)
	})
	return false
}

// drain stops the flow, gives back what nobody has begun and lets the rest finish.
func (l *loop) drain() {
	l.mu.Lock()
	l.draining = true
	for _, ln := range l.lanes {
		if ln.timer != nil && ln.timer.Stop() {
			l.release(ln)
			delete(l.lanes, ln.key)
		}
	}
	l.mu.Unlock()
	l.unsubscribe()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deaf = true
	l.checkIdle()
}

func (l *loop) checkIdle() {
	if l.deaf && len(l.lanes) == 0 {
		select {
		case <-l.idle:
		default:
			close(l.idle)
		}
	}
}

// surrender ends all work and gives back what is still in hand. It returns how much that is.
func (l *loop) surrender() int {
	l.quit(errors.New("not finished in time"))
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.held)
	for _, ln := range l.lanes {
		l.release(ln)
	}
	return n
}

func size(it *item) int { return len(it.message.Data) + 512 }
