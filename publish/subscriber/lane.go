package subscriber

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/wiredesk/wiredesk"
)

// lane is the deliveries of one story in hand, in the order of the stream. The first is at work, or waits.
type lane struct {
	story string
	queue []*parcel
	busy  bool // somebody is at the first
	timer *time.Timer
}

func (ln *lane) stop() {
	if ln.timer != nil {
		ln.timer.Stop()
	}
	ln.queue = nil
}

// join puts a parcel where it belongs in its story. A first that waits is looked at: what came may have ended it.
func (l *lanes) join(story string, p *parcel) {
	ln := l.lanes[story]
	if ln == nil {
		ln = &lane{story: story}
		l.lanes[story] = ln
	}
	at := len(ln.queue)
	for at > 0 && ln.queue[at-1].d.Sequence > p.d.Sequence {
		at--
	}
	if at == 0 && ln.busy {
		at = 1 // the first is at work
	}
	ln.queue = slices.Insert(ln.queue, at, p)
	l.start(ln)
}

// start sees to a lane now, unless somebody is at it.
func (l *lanes) start(ln *lane) {
	if ln.busy || l.gathering || l.work.Err() != nil {
		return
	}
	if ln.timer != nil {
		ln.timer.Stop()
		ln.timer = nil
	}
	ln.busy = true
	l.busy.Go(func() { l.run(ln) })
}

// run works a lane off until it is empty or waits. Other lanes get their turn between two parcels.
func (l *lanes) run(ln *lane) {
	for {
		select {
		case l.places <- struct{}{}:
		case <-l.work.Done():
			return
		}
		p, ctx := l.first(ln)
		goesOn := p != nil
		if goesOn {
			err := l.try(ctx, p)
			goesOn = l.decide(ln, p, err)
		}
		<-l.places
		if !goesOn {
			return
		}
	}
}

// unsure is how long a lane waits where it is not certain that it is still our turn.
const unsure = 250 * time.Millisecond

// first is what the lane is to work on, within the context of our turn; nil where it is done or waits.
func (l *lanes) first(ln *lane) (*parcel, context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case len(ln.queue) == 0:
		ln.busy = false
		if l.lanes[ln.story] == ln {
			delete(l.lanes, ln.story)
		}
		return nil, nil
	case l.gathering: // started again when everything is gathered
		ln.busy = false
		return nil, nil
	case !l.sure():
		l.wait(ln, unsure)
		return nil, nil
	}
	return ln.queue[0], l.trying
}

// wait lets the lane rest.
func (l *lanes) wait(ln *lane, d time.Duration) {
	ln.busy = false
	ln.timer = time.AfterFunc(d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.lanes[ln.story] == ln {
			l.start(ln)
		}
	})
}

// try handles a parcel once. One that is not due is only asked after.
func (l *lanes) try(ctx context.Context, p *parcel) error {
	handle := l.handle
	if !p.opened {
		p.opened, p.unreadable = true, p.d.open()
	}
	switch {
	case p.unreadable == nil:
	case l.o.Unreadable == nil:
		l.end(p.unreadable)
		return p.unreadable
	default:
		handle = func(ctx context.Context, d Delivery) error { return l.o.Unreadable(ctx, d, p.unreadable) }
	}
	if early := time.Until(p.due); early > 0 {
		handle = func(context.Context, Delivery) error { return errEarly }
	}
	waited := p.d.Try > 1 || time.Since(p.came) > time.Second
	return l.o.try(ctx, &p.d, waited, handle)
}

// decide acts on what became of a try, and reports whether the lane goes on.
func (l *lanes) decide(ln *lane, p *parcel, err error) bool {
	if err != nil && err != errEarly && l.work.Err() == nil && l.o.Failed != nil { //nolint:errorlint // our own, unwrapped
		l.o.Failed(p.d, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[p.d.Sequence] != p { // given back meanwhile
		ln.busy = false
		return false
	}
	if err == nil {
		l.settle(ln, p)
		return true
	}
	if err != errEarly { //nolint:errorlint // our own, unwrapped
		l.failures++
		p.asked = wiredesk.Wait(err) > 0
		p.due = time.Now().Add(l.o.pause(p.d.Try, err))
		p.d.Try++
	}
	if l.o.Still != nil {
		p.d.Article, p.d.Body = wiredesk.Article{}, nil
	}
	slices.SortFunc(ln.queue, func(a, b *parcel) int { return cmp.Compare(a.d.Sequence, b.d.Sequence) })
	if ln.queue[0] != p { // one came late that belongs before it
		return true
	}
	l.wait(ln, time.Until(p.due))
	return false
}

// settle acknowledges a parcel and lets go of it. A parcel that came late may stand before it in the queue.
func (l *lanes) settle(ln *lane, p *parcel) {
	_ = p.m.Ack() // one that is lost comes again, and is known
	l.settled.add(p.d.Sequence)
	delete(l.held, p.d.Sequence)
	ln.queue = slices.DeleteFunc(ln.queue, func(q *parcel) bool { return q == p })
	if l.failures >= recovered {
		l.wake()
	}
	l.failures = 0
}

// recovered is after how many failures in a row it was the receiver that failed, and not a story.
const recovered = 8

// wake has what waits tried again soon, for the receiver is back, but for what it asked to be given later.
func (l *lanes) wake() {
	for _, ln := range l.lanes {
		if len(ln.queue) == 0 || ln.busy || ln.queue[0].asked {
			continue
		}
		soon := time.Now().Add(rand.N(time.Duration(len(l.lanes)) * 10 * time.Millisecond))
		if ln.queue[0].due.After(soon) {
			ln.queue[0].due = soon
			if ln.timer != nil {
				ln.timer.Stop()
			}
			l.wait(ln, time.Until(soon))
		}
	}
}
