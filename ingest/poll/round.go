package poll

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
)

// Outcomes of a look at a feed.
const (
	OutcomeChanged   = "changed"   // something new or changed, all of it stored
	OutcomeUnchanged = "unchanged" // nothing new
	OutcomeFailed    = "failed"    // no document, or none that can be read
	OutcomeWaiting   = "waiting"   // the line takes nothing now: the cursor stays, the items in hand are offered again
	OutcomeEarly     = "early"     // it is not time yet
)

// Round is what came of one look at a feed.
type Round struct {
	Feed     string
	Outcome  string
	Items    int  // in the document
	New      int  // of them never seen before
	Changed  int  // seen before, with other content
	Rejected int  // could not be read: they are kept as dead letters
	Missed   bool // nothing of the last look was in the document: items may have been missed between
	Quiet    bool // the feed is silent for longer than its rhythm explains
	Fails    int  // looks that failed in a row
	Err      error
	Next     time.Duration // until the next look
}

// Poll looks at the feed once, unless it is not time yet, and hands what is new or changed to take. Whatever goes wrong is
// in the round, told, and tried again.
func (p *Poller) Poll(ctx context.Context, take wiredesk.Take) Round {
	r := Round{Feed: p.Feed, Outcome: OutcomeEarly}
	err := p.ready(ctx)
	if err == nil {
		err = p.offer(ctx, take, &r)
	}
	if now := p.Now(); p.book != nil && !now.Before(p.due) && !p.full() {
		p.look(ctx, now, &r)
		err = p.offer(ctx, take, &r)
	}
	if err == nil {
		err = p.keep(ctx)
	}
	p.finish(ctx, &r, err)
	return r
}

// What may be in hand while the line takes nothing: no new items are fetched beyond it.
const (
	maxWaiting      = 10_000
	maxWaitingBytes = 64 << 20
)

func (p *Poller) full() bool {
	size := 0
	for i := range p.waiting {
		size += len(p.waiting[i].raw.Bytes)
	}
	return len(p.waiting) >= maxWaiting || size >= maxWaitingBytes
}

// ready reads the cursor, where it has not been read yet.
func (p *Poller) ready(ctx context.Context) error {
	if p.book != nil {
		return nil
	}
	c, err := p.shelf.load(ctx)
	if err != nil {
		return err
	}
	if address := digest(p.URL); c.Address != address {
		c.Address, c.Moved, c.validators, c.Body, c.Hold, c.ByLink = address, "", validators{}, "", time.Time{}, false
	}
	p.book, p.due, p.dirty = open(c), c.Hold, false
	return nil
}

// offer hands the items in hand to take, in order. It stops at the first that is to be offered again.
func (p *Poller) offer(ctx context.Context, take wiredesk.Take, r *Round) error {
	for len(p.waiting) > 0 {
		it := p.waiting[0]
		receipt, err := take(ctx, it.raw)
		if err != nil && !final(err) {
			return err
		}
		p.waiting = p.waiting[1:]
		p.fate(it, receipt, err, r)
	}
	p.waiting = nil
	return nil
}

func (p *Poller) fate(it item, receipt wiredesk.Receipt, err error, r *Round) {
	var large *intake.TooLarge
	switch {
	case err == nil:
		p.Log.Debug().Str("receipt", receipt.Receipt).Msg("item taken")
		return
	case errors.As(err, &large):
		p.Log.Warn().Int("item", it.raw.Item).Err(large).Msg("item refused, nothing of it is kept")
	default:
		p.Log.Warn().Int("item", it.raw.Item).Int("faults", len(wiredesk.Faults(err))).Msg("item rejected: see the dead letters of this feed")
	}
	r.Rejected++
}

// final says whether an item's fate is known: only its own faults are.
func final(err error) bool {
	var unreadable *intake.Unreadable
	var large *intake.TooLarge
	return errors.As(err, &unreadable) || errors.As(err, &large)
}

// again is when to offer again what the line does not take now.
func again(err error) time.Duration {
	var busy *intake.Busy
	var fast *intake.TooFast
	switch {
	case errors.As(err, &busy):
		return busy.After
	case errors.As(err, &fast):
		return fast.After
	}
	return 5 * time.Second
}

// keep stores the cursor, once everything before it is in the store.
func (p *Poller) keep(ctx context.Context) error {
	if !p.dirty {
		return nil
	}
	err := p.shelf.save(ctx, &p.book.cursor)
	switch {
	case errors.Is(err, errMoved):
		p.book, p.dirty = nil, false // read again at the next look; what was stored twice is a duplicate
		return err
	case err == nil:
		p.dirty = false
	}
	return err
}

// finish says how the round ended, and when the next one is.
func (p *Poller) finish(ctx context.Context, r *Round, stored error) {
	now := p.Now()
	r.Fails = p.fails
	r.Next = max(0, p.due.Sub(now))
	if stored != nil {
		r.Next = again(stored)
		if r.Outcome != OutcomeFailed {
			r.Outcome, r.Err = OutcomeWaiting, fmt.Errorf("items wait for the line: %w", stored)
		}
	}
	if ctx.Err() != nil {
		return
	}
	p.silence(r, now)
	p.tell(r)
	if p.Observe != nil && r.Outcome != OutcomeEarly {
		p.Observe.Polled(*r)
	}
}

// tell speaks of a trouble once, and of its end.
func (p *Poller) tell(r *Round) {
	switch {
	case r.Outcome == OutcomeEarly:
	case r.Err == nil && p.told != "":
		p.told = ""
		p.Log.Info().Msg("the feed is well again")
	case r.Err != nil && p.told != r.Err.Error():
		p.told = r.Err.Error()
		what := "a look at the feed failed: it is tried again"
		if r.Outcome == OutcomeWaiting {
			what = "the line takes nothing now: new items are kept and offered again"
		}
		p.Log.Warn().Err(r.Err).Int("fails", r.Fails).Dur("again_in", r.Next).Msg(what)
	}
	if r.Missed {
		p.Log.Warn().Int("items", r.Items).Dur("again_in", r.Next).Msg("nothing in the feed was there at the last look: items may have been missed, it is polled faster")
	}
	if r.New+r.Changed > 0 {
		p.Log.Debug().Int("items", r.Items).Int("new", r.New).Int("changed", r.Changed).Msg("the feed has changed")
	}
}

// silence tells once of a feed that is quiet for longer than its rhythm explains.
func (p *Poller) silence(r *Round, now time.Time) {
	if p.book == nil {
		return
	}
	r.Quiet = p.book.Rhythm.quiet(now)
	if r.Quiet && !p.silent {
		p.Log.Warn().Time("last", p.book.Rhythm.News).Dur("usual", p.book.Rhythm.Usual).Dur("longest", p.book.Rhythm.Longest).
			Msg("the feed is quiet for longer than it ever is: is it still alive?")
	}
	p.silent = r.Quiet
}

// address is where the feed is now: where a permanent redirect led, unless that has begun to fail.
func (p *Poller) address() *url.URL {
	if moved, err := ParseAddress(p.book.Moved); p.book.Moved != "" && err == nil && p.fails == 0 {
		return moved
	}
	return p.home
}
