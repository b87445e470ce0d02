package subscriber

import (
	"context"
	"errors"
	"time"
)

// errEarly is what a parcel that is only looked at comes back with.
var errEarly = errors.New("not yet")

// sure says whether nobody else can have our turn: the broker answered of late. Whatever another copy takes over comes to
// it no sooner than ackWait after we last said that we have it in hand.
func (l *lanes) sure() bool { return l.o.Name == "" || time.Since(l.heard) < ackWait*2/3 }

// watch looks at the consumer, tells the broker what is in hand, and ends what is at work when our turn is over.
func (l *lanes) watch() {
	t := time.NewTicker(ackWait / 3)
	defer t.Stop()
	for {
		select {
		case <-l.work.Done():
			return
		case <-t.C:
			l.check()
		case <-l.look:
			l.gather()
		}
	}
}

func (l *lanes) check() {
	ctx, cancel := context.WithTimeout(l.work, ackWait/4)
	defer cancel()
	info, err := l.c.Info(ctx)
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		if !l.sure() {
			l.cut()
			l.trying, l.cut = context.WithCancel(l.work)
		}
		return
	}
	holder := ""
	for _, g := range info.PriorityGroups {
		holder = g.PinnedClientID
	}
	l.mu.Lock()
	l.heard = time.Now()
	again := l.foreign
	l.foreign = holder != "" && holder != l.pin
	over := l.foreign && again // our own next turn looks like another's until its first message is here
	l.mu.Unlock()
	if over || info.Paused {
		l.release()
		return
	}
	l.keep()
}

// keep tells the broker that what is in hand is in hand.
func (l *lanes) keep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	for _, p := range l.held {
		if now.Sub(p.told) > ackWait/4 {
			p.told = now
			_ = p.m.InProgress() // where this cannot be sent, sure ends
		}
	}
}

// gather waits until everything that is in anybody's hand is in ours, and begins.
func (l *lanes) gather() {
	for {
		ctx, cancel := context.WithTimeout(l.work, ackWait/4)
		info, err := l.c.Info(ctx)
		cancel()
		l.mu.Lock()
		if err == nil {
			l.heard = time.Now()
		}
		if err == nil && info.NumAckPending <= len(l.held) || time.Since(l.since) > 3*ackWait {
			l.gathering = false
			for _, ln := range l.lanes {
				l.start(ln)
			}
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		l.keep()
		select {
		case <-l.work.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}
