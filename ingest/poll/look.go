package poll

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// maxTrust is how long a server is believed that nothing has changed. Some say so for ever.
const maxTrust = 24 * time.Hour

// look fetches the document and puts what is new or changed in hand. It sets the time of the next look.
func (p *Poller) look(ctx context.Context, now time.Time, r *Round) {
	address := p.address()
	if until := p.Hosts.until(address.Host, now); until.After(now) {
		p.due = until
		return
	}
	a, err := p.fetcher.fetch(ctx, address, p.conditions(now), now)
	if ctx.Err() != nil {
		return
	}
	if err == nil && !a.unchanged {
		err = p.document(a, now, r)
	}
	if err != nil {
		p.failed(address.Host, err, now, r)
		return
	}
	p.fails = 0
	if a.unchanged {
		r.Outcome = OutcomeUnchanged
		p.book.Rhythm.found(0, 0, false, now, p.pace)
	}
	p.settled(a, address.String(), now)
}

// conditions are the validators, for as long as they are believed: less long where nothing comes from a feed that never
// rests.
func (p *Poller) conditions(now time.Time) validators {
	trust := maxTrust
	if p.book.Rhythm.quiet(now) {
		trust /= 12
	}
	if now.Sub(p.book.Whole) > trust {
		return validators{}
	}
	return p.book.validators
}

// failed moves the next look away, and further with each failure in a row. The server's own wish counts for all feeds of
// the host.
func (p *Poller) failed(host string, err error, now time.Time, r *Round) {
	r.Outcome, r.Err = OutcomeFailed, err
	wait := p.book.Rhythm.wait(p.pace, 0, 0, p.fails, p.Chance())
	p.fails++
	var f *failure
	if errors.As(err, &f) {
		if asked := retryAfter(f.after, now); asked > 0 {
			wait = max(wait, asked)
			p.book.Hold, p.dirty = now.Add(asked), true
			if f.status == http.StatusTooManyRequests || f.status == http.StatusServiceUnavailable {
				p.Hosts.hold(host, p.book.Hold)
			}
		}
	}
	p.due = now.Add(wait)
}

// settled notes what the answer says about itself, and sets the next look.
func (p *Poller) settled(a *answer, asked string, now time.Time) {
	b := p.book
	switch to := b.Moved; {
	case a.moved == nil && asked == p.home.String():
		b.Moved = ""
		p.dirty = p.dirty || to != ""
	case a.moved != nil && a.moved.String() != to:
		b.Moved, p.dirty = a.moved.String(), true
		p.Log.Warn().Str("moved_to", shown(a.moved)).Msg("the feed has moved for good: it is polled there; change poll.url to the new address")
	}
	if !b.Hold.IsZero() {
		b.Hold, p.dirty = time.Time{}, true
	}
	if a.doc != nil {
		p.advised = advice(a.doc)
	}
	p.due = now.Add(b.Rhythm.wait(p.pace, freshFor(a.header), p.advised, 0, p.Chance()))
}

// document finds what is new or changed. A document with the same bytes as the last is not even read.
func (p *Poller) document(a *answer, now time.Time, r *Round) error {
	r.Outcome = OutcomeUnchanged
	body := digest(string(a.doc))
	if body == p.book.Body {
		p.book.Rhythm.found(0, 0, false, now, p.pace)
		p.valid(a, body, now)
		return nil
	}
	items, err := p.reader.read(a.doc, a.header.Get("Content-Type"), now)
	if err != nil {
		return err
	}
	if len(items) == 0 { // no reason to believe, the next time, that nothing has changed
		p.book.Rhythm.found(0, 0, false, now, p.pace)
		return nil
	}
	l := glance{old: stale(a.header.Get("Last-Modified"), p.book.Modified), doubtful: p.doubtful(items)}
	first := len(p.book.Seen) == 0
	for _, it := range newest(items) {
		p.sort(it, &l, now, r)
	}
	r.Items = len(items)
	r.Missed = !first && l.shared == 0 && r.New > 0
	p.book.Rhythm.found(r.New, r.Items, r.Missed, now, p.pace)
	p.book.prune(now)
	if r.New+r.Changed > 0 {
		r.Outcome, p.dirty = OutcomeChanged, true
	}
	if !l.doubtful && !l.old {
		p.valid(a, body, now)
	}
	return nil
}

// glance is what is known of one document as a whole.
type glance struct {
	old      bool // older than the one before
	doubtful bool // it may have been cut short
	shared   int  // items that were seen before
}

// sort puts one item in hand where it is new or changed.
func (p *Poller) sort(it item, l *glance, now time.Time, r *Round) {
	if it.fault != nil && l.doubtful {
		return
	}
	if l.old && p.book.byKey[it.key] != nil {
		l.shared++
		return
	}
	byLink := p.book.ByLink
	it, v := p.book.settle(it, p.reader, now)
	if p.book.ByLink && !byLink {
		p.Log.Warn().Msg("the feed changes the ids of items that it edits: from now on new items are known by their links")
	}
	switch v {
	case known:
		l.shared++
		return
	case changed:
		l.shared++
		r.Changed++
	case fresh:
		r.New++
	}
	p.waiting = append(p.waiting, it)
}

// valid moves the validators to those of an answer whose items are all dealt with. New ones alone are no reason to write:
// the older ones, after a restart, cost one document.
func (p *Poller) valid(a *answer, body string, now time.Time) {
	p.dirty = p.dirty || now.Sub(p.book.Whole) > maxTrust
	p.book.validators = validators{a.header.Get("ETag"), a.header.Get("Last-Modified")}
	p.book.Body, p.book.Whole = body, now
}

// stale says whether an answer is older than the last one: from a cache that lags behind. What changed in it changed back.
func stale(modified, last string) bool {
	now, err := http.ParseTime(modified)
	before, also := http.ParseTime(last)
	return err == nil && also == nil && now.Before(before)
}

// doubtful says whether unreadable items may be the fault of an answer that was cut short: then they are asked for again,
// and believed once they come back the same.
func (p *Poller) doubtful(items []item) bool {
	var all []string
	for _, it := range items {
		if it.fault != nil && p.book.byKey[it.key] == nil {
			all = append(all, it.key)
		}
	}
	before := p.doubt
	p.doubt = ""
	if len(all) > 0 {
		p.doubt = wiredesk.ShortHash(strings.Join(all, " "))
	}
	return p.doubt != before && p.doubt != ""
}
