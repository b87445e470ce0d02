package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// verbFirst says whether an Arabic verb stands where its subject follows: at the beginning of its clause.
func (r *reading) verbFirst(cue phrase, c clause) bool {
	if r.persian(cue) {
		return false
	}
	i := cue.first
	return i == c.first || r.has(i-1, lexicon.Conjunction) || r.ends(i-1) || r.quoted(i-1) || strings.HasPrefix(r.surface(i), "و")
}

// persian says whether a cue is of the Persian grammar.
func (r *reading) persian(cue phrase) bool {
	return r.tok(cue.first).Is(lexicon.Arabic) && r.v.ArabicGrammar() == "fa"
}

// verbThenSubject reads قال X إن C. Where no subject follows, it is the one who spoke before.
func (r *reading) verbThenSubject(e event, c clause) (event, bool) {
	e.rules = append(e.rules, "verb-first")
	e.starts = e.cue.first
	if e.starts > c.first && r.ends(e.starts-1) && !r.quoted(e.starts-1) {
		e.starts--
	}
	e.who = r.after(e.cue.last, c.last)
	at := max(e.cue.last, e.who.last)
	for at < c.last && (r.mark(at) == ',' || r.mark(at) == '،' || r.mark(at) == ':') {
		at++
	}
	if e.who.empty() {
		e.inherit = true
		e.rules = append(e.rules, "hidden-subject")
	}
	e.who = r.arabicVenue(&e, e.who)
	if tags, last := r.cueAt(min(at, c.last-1)); at < c.last && tags&lexicon.Venue != 0 {
		venue := r.after(last, c.last)
		e.venue, at = venue, max(at, venue.last)
	}
	e.right = phrase{at, c.last}
	if q := r.quoteEnding(e.cue.first); q >= 0 && !r.namesOutlet(r.quotes[q]) {
		e.left = r.quotes[q].phrase
		e.right = phrase{}
	} else if e.right.empty() && e.cue.first > c.first && r.ends(e.cue.first-1) {
		e.left = r.leftContent(e.starts, c)
	}
	return e, !e.right.empty() || !e.left.empty()
}

// arabicVenue parts from a subject the outlet that it spoke to: ل is written as one with it.
func (r *reading) arabicVenue(e *event, p phrase) phrase {
	for i := p.first + 1; i < p.last; i++ {
		n := r.outletAt[i]
		if n == 0 {
			if end := r.pressTold(i, p.last); end > i {
				e.venue = phrase{i, end}
				return phrase{p.first, i}
			}
			continue
		}
		h := r.v.Hits(lexicon.Outlet)[n-1]
		at := h.First
		for at > p.first && (r.has(at-1, lexicon.Media) || r.lam(at-1) || r.opensName(at-1)) {
			at--
		}
		if at > p.first && (r.lam(at) || r.lam(h.First)) {
			e.venue = phrase{at, h.Last}
			return phrase{p.first, at}
		}
	}
	return p
}

// namesOutlet says whether a quotation holds nothing but an outlet's name.
func (r *reading) namesOutlet(q quote) bool {
	return q.words <= scare && q.first+1 < int32(len(r.outletAt)) && r.outletAt[q.first+1] > 0
}

// lam says whether a word begins with the preposition ل.
func (r *reading) lam(i int32) bool {
	s := r.surface(i)
	return len(s) > 2 && s[:2] == "ل"
}
