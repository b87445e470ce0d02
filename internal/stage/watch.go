package stage

import "time"

const (
	tick  = 100 * time.Millisecond
	lend  = 250 * time.Millisecond // after which a handler's place goes to another
	grace = 250 * time.Millisecond // to hear that the deadline has passed
)

// watch looks after everything in hand: the broker must hear that we are at it, a slow handler must not hold up the
// others, one that ignores its deadline is left behind, and a broker that fell silent is asked again.
func (l *loop) watch(now time.Time) {
	l.mu.Lock()
	silent := l.asked > 0 && now.Sub(l.heard) > 5*heartbeat/2
	for _, ln := range l.lanes {
		for i, it := range ln.queue {
			if now.Sub(it.told) > l.ackWait/3 {
				it.told = now
				l.send(it.reply, progress)
			}
			if i == 0 && it.call != nil {
				l.oversee(ln, it, now.Sub(it.call.began))
			}
		}
	}
	l.mu.Unlock()
	if silent {
		l.observe(Stalled, nil)
		go l.inspect()
		l.askAnew()
	}
	l.ask(true)
}

func (l *loop) oversee(ln *lane, it *item, running time.Duration) {
	c := it.call
	if running > lend && !c.lent {
		c.lent = true
		l.leave()
	}
	if running > l.o.Deadline+grace {
		c.over = true
		it.call, it.took = nil, running
		l.observe(Abandoned, it)
		go l.abandon(ln, it)
	}
}

func (l *loop) abandon(ln *lane, it *item) {
	l.about(l.o.Log.Error(), it).Dur("deadline", l.o.Deadline).Msg("a handler ignores its deadline, left behind")
	if l.decide(ln, it, nil, errAbandoned) {
		l.runLane(ln)
	}
}
