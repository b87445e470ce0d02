package enrich

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// lead is how long before the end of an embargo its timer fires. The broker looks at its timers four times a second; the
// rest is waited out here, to the millisecond.
const lead = time.Second

// timer wakes us shortly before the embargo of the story ends. It carries nothing of the copy. A timer of another end
// stays: it fires, and does nothing.
func timer(a *wiredesk.Article) stream.Message {
	until := a.Item.EmbargoedUntil
	return stream.Message{
		Subject: stream.HoldSubject(a.Story, until), At: until.Add(-lead), Target: stream.ReleaseSubject(a.Story),
		Header: map[string][]string{stream.HStory: {a.Story}, stream.HRevision: {itoa(a.Revision)}},
	}
}

// What a timer waits for.
var (
	errNotHeld  = errors.New("enrich: the revision that a timer was set for is not stored yet")
	errNotEnded = errors.New("enrich: the embargo has not ended yet")
)

// abandoned is how old a timer gets for a revision that is never stored.
const abandoned = time.Minute

// Release is the handler of the timers: where the story is still held by an embargo that has ended, it makes the
// revision that subscribers see. The state decides, not the timer: a story that was killed, withheld, lifted or
// embargoed anew in the meantime is left alone. Timers wait for nobody: they need no order among themselves.
func (d *Desk) Release(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	out, err := d.release(ctx, in, d.awake.since(in.Sequence))
	if err == nil {
		d.awake.forget(in.Sequence)
	}
	return out, err
}

func (d *Desk) release(ctx context.Context, in stage.Message, waited time.Duration) ([]stream.Message, error) {
	st, err := d.Ledger.Last(ctx, stream.LastToken(in.Subject))
	if err != nil {
		return nil, err
	}
	revision, _ := strconv.Atoi(in.Header.Get(stream.HRevision))
	if (st == nil || st.Revision < revision) && waited < abandoned {
		return nil, stage.After(20*time.Millisecond, errNotHeld)
	}
	if st == nil || st.Event != wiredesk.EventEmbargo {
		return nil, nil
	}
	a, err := st.Article()
	if err != nil {
		return nil, stage.Reject(err)
	}
	switch early := st.Until.Sub(d.clock(in).Add(waited)); {
	case early > 2*lead:
		return []stream.Message{timer(&a)}, nil // moved, or the broker's clock was: it fires again
	case early > 0:
		return nil, stage.After(early, errNotEnded)
	}
	return d.end(st, &a, in)
}

// end is the revision that ends an embargo.
func (d *Desk) end(st *State, a *wiredesk.Article, in stage.Message) ([]stream.Message, error) {
	dec := Decision{
		Event: wiredesk.EventRelease, Fate: FatePublished, Reason: "the embargo ended at " + stamp(st.Until),
	}
	dec = dec.of(a)
	a.Previous = &wiredesk.Previous{Revision: st.Revision, Version: st.Version, Published: st.Published}
	a.Revision = st.Revision + 1
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "release", At: d.Now().UTC(), By: d.By, Software: d.Software})
	at := arrival{sequence: st.Arrival, copy: st.Copy, receipt: a.Receipt, trace: in.Header.Get(stream.HTrace)}
	m, err := message(st, st.Fingerprint, a, at, dec)
	if err != nil {
		return nil, stage.Reject(err)
	}
	return []stream.Message{m}, nil
}

// of is the decision to let a revision's copy out again, or to kill it, with what the copy itself has to say to that. It
// is written into the article.
func (d Decision) of(a *wiredesk.Article) Decision {
	if d.Event == wiredesk.EventRelease && a.NotForPublication != "" {
		d.Fate, d.Reason = FateFiltered, "not for publication: "+a.NotForPublication
	}
	a.Event, a.Reason = d.Event, d.Reason
	return d
}

// awake remembers since when timers are in hand here, by a clock that no one can set.
type awake struct {
	mu   sync.Mutex
	from map[uint64]time.Time
}

// since is how long the timer has been in hand; nothing when it has just come.
func (a *awake) since(sequence uint64) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	from, ok := a.from[sequence]
	if ok {
		return time.Since(from)
	}
	if a.from == nil || len(a.from) > 1<<16 { // those that were given back unsettled
		a.from = map[uint64]time.Time{}
	}
	a.from[sequence] = time.Now()
	return 0
}

func (a *awake) forget(sequence uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.from, sequence)
}
