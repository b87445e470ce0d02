package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// passive reads "reported by X", "Y was quoted by X as saying C", "In a statement carried by X, C": only an outlet is
// credited so.
func (r *reading) passive(cue phrase, c clause) (event, bool) {
	e := event{cue: cue, cueType: "passive", starts: cue.first, press: true}
	e.who = r.after(cue.last, c.last)
	if e.who.empty() {
		return e, false
	}
	quotes := r.has(cue.first, lexicon.Auxiliary) // was quoted
	said := r.asSaying(&e, e.who.last, c)
	switch {
	case quotes && (said > e.who.last || r.has(cue.last-2, lexicon.Participle)):
		e.quoted = r.quotedSubject(cue.first, c)
		e.right = phrase{said, c.last}
		e.starts = max(c.first, e.quoted.first)
		if !e.quoted.empty() && e.quoted.first > c.first && r.mark(e.quoted.first-1) == ',' && said == e.who.last && !r.has(said, lexicon.Clause) {
			e.left, e.right = r.leftContent(e.quoted.first, c), phrase{}
		}
	case r.has(c.first, lexicon.Preposition) && e.who.last+1 < c.last && r.ends(e.who.last):
		e.right = phrase{e.who.last + 1, c.last}
		e.nested = true
	default:
		e.quoted = phrase{}
		e.left = r.leftContent(cue.first, c)
	}
	if quotes && e.right.empty() {
		e.left = r.leftContent(e.starts, c)
	}
	if e.left.empty() && e.right.empty() {
		e.right = phrase{min(e.who.last+1, c.last), c.last}
	}
	return e, true
}

// quotedSubject is who is quoted, before "was quoted by".
func (r *reading) quotedSubject(end int32, c clause) phrase {
	if end > c.first && r.mark(end-1) == ',' {
		return r.appositive(end-1, c)
	}
	return r.before(end, c.first)
}

// citesAt says whether a form of "cite" is the participle or the verb of an outlet here.
func (r *reading) citesAt(cue phrase, c clause) bool {
	if cue.first > c.first && r.surface(cue.first-1) == "without" {
		return false
	}
	if cue.last >= c.last || r.has(cue.last, lexicon.Preposition) && !r.tok(cue.last).Is(lexicon.Arabic) {
		return false
	}
	tags, _ := r.cueAt(cue.first)
	return tags&lexicon.Report == 0 || cue.last-cue.first > 1 || cue.first > c.first && r.english(cue.first) && r.relative(cue.first-1)
}

// relayed says whether عن stands where a credit is passed on, right after the outlet that did.
func (r *reading) relayed(cue phrase, before []event) bool {
	if !r.tok(cue.first).Is(lexicon.Arabic) || cue.last-cue.first > 1 || r.surface(cue.first) != "عن" {
		return true
	}
	n := len(before)
	return n > 0 && before[n-1].press && before[n-1].who.last == cue.first
}

// citing reads "citing X" after another credit, which it makes the outer link of the chain.
func (r *reading) citing(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, cueType: "citing", starts: cue.first, citing: len(before) > 0}
	e.who = r.after(cue.last, c.last)
	if e.who.empty() {
		return e, false
	}
	if e.starts > c.first && r.mark(e.starts-1) == ',' {
		e.starts--
	}
	if n := len(before); n > 0 && before[n-1].cueType == "prep_front" && before[n-1].right.first == cue.first {
		before[n-1].right.first = r.pastMark(e.who.last, c)
	}
	if len(before) == 0 {
		e.left = r.leftContent(cue.first, c)
		e.pending = true
		if r.front(cue.first, c) {
			e.left = phrase{}
			e.right = phrase{min(e.who.last+1, c.last), c.last}
		}
	}
	return e, true
}
