package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// ofLanguage reads the orders of words that English does not have. It says false where the order is the common one.
func (r *reading) ofLanguage(e event, tags lexicon.Tag, j int32, c clause) (event, bool) {
	first := r.tok(e.cue.first)
	switch {
	case first.Is(lexicon.Arabic) && r.verbFirst(e.cue, c):
		return r.verbThenSubject(e, c)
	case first.Is(lexicon.Single) && e.cue.last-e.cue.first == 1 && !r.speechRune(e.cue.first):
		return event{}, true
	}
	if who := r.insideCue(e.cue); !who.empty() && r.quoteEnding(j) >= 0 || !who.empty() && j > c.first && r.ends(j-1) {
		e.who, e.starts = who, j
		e.left = r.leftContent(j, c)
		e.right = r.medialRight(e.cue.last, c)
		return e, !e.left.empty()
	}
	return event{}, false
}

// insideCue is the pronoun that a verb holds within it: a-t-il dit.
func (r *reading) insideCue(cue phrase) phrase {
	for i := cue.first + 1; i < cue.last; i++ {
		if r.nominative(i) {
			return phrase{i, i + 1}
		}
	}
	return phrase{}
}

// verbFirst says whether an Arabic verb stands where its subject follows: at the beginning of its clause.
func (r *reading) verbFirst(cue phrase, c clause) bool {
	if r.persian(cue) {
		return false
	}
	i := cue.first
	return i == c.first || r.ends(i-1) || r.quoted(i-1) || strings.HasPrefix(r.surface(i), "و")
}

// persian says whether a cue is of the Persian grammar.
func (r *reading) persian(cue phrase) bool {
	at := r.hitAt[cue.first]
	return at > 0 && r.v.Entry(r.v.Hits(lexicon.Cue)[at-1]).Lang == "fa"
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
	if q := r.quoteEnding(e.cue.first); q >= 0 {
		e.left = r.quotes[q].phrase
		e.right = phrase{}
	} else if e.right.empty() && e.cue.first > c.first {
		e.left = r.leftContent(e.starts, c)
	}
	return e, !e.right.empty() || !e.left.empty()
}

// arabicVenue parts from a subject the outlet that it spoke to: ل is written as one with it.
func (r *reading) arabicVenue(e *event, p phrase) phrase {
	for i := p.first + 1; i < p.last; i++ {
		n := r.outletAt[i]
		if n == 0 {
			continue
		}
		h := r.v.Hits(lexicon.Outlet)[n-1]
		at := h.First
		for at > p.first && (r.has(at-1, lexicon.Media) || r.lam(at-1)) {
			at--
		}
		if at > p.first && (r.lam(at) || r.lam(h.First)) {
			e.venue = phrase{at, h.Last}
			return phrase{p.first, at}
		}
	}
	return p
}

// lam says whether a word begins with the preposition ل.
func (r *reading) lam(i int32) bool {
	s := r.surface(i)
	return len(s) > 2 && s[:2] == "ل"
}

// endsClause says whether a Turkish verb ends its clause.
func (r *reading) endsClause(cue phrase, c clause) bool {
	return cue.last >= c.last || r.ends(cue.last) || r.quoteStarting(cue.last) >= 0
}

// subjectThenContent reads X, C dedi: the subject opens the sentence, the content stands between it and the verb.
func (r *reading) subjectThenContent(e event, c clause) (event, bool) {
	e.rules = append(e.rules, "verb-last")
	e.starts = c.last
	end := r.beforeParticle(e.cue.first)
	q := r.quoteEnding(end)
	i := c.first
	for i < end && i < c.first+14 && !r.ends(i) && !r.quoted(i) {
		i++
	}
	switch {
	case i < end && i > c.first && (r.mark(i) == ',' || r.quoted(i)):
		e.who = phrase{c.first, i}
		if r.mark(i) == ',' {
			i++
		}
		e.left = phrase{i, end}
	case q >= 0:
		e.inherit = true
		e.left = r.quotes[q].phrase
	default:
		return e, false
	}
	if q >= 0 && r.quotes[q].words > scare {
		e.left = r.quotes[q].phrase
	}
	return e, !e.left.empty()
}

// beforeParticle steps back over the small words between a quotation and its verb: "diye konuştu", "şeklinde".
func (r *reading) beforeParticle(i int32) int32 {
	for i > 0 && (r.surface(i-1) == "diye" || r.surface(i-1) == "şeklinde") {
		i--
	}
	return i
}

// pointsBack says whether the sentence so far is a word for the one before: Об этом сообщает X, Das meldet X.
func (r *reading) pointsBack(j int32, c clause) bool {
	if j-c.first > 2 || j <= c.first {
		return false
	}
	switch r.surface(j - 1) {
	case "этом", "это", "Das", "Dies", "Darüber", "Lo", "Así":
		return true
	}
	return false
}

// backward credits the sentence before with what this one says of it.
func (r *reading) backward(e event, c clause) (event, bool) {
	e.who = r.after(e.cue.last, c.last)
	e.rules = append(e.rules, "points-back")
	e.starts = c.first
	n := r.memory.sentence - 1
	if e.who.empty() || n < 0 {
		return e, false
	}
	before := r.trimmed(clause{first: max(r.v.Sentences[n].First, r.cut), last: r.v.Sentences[n].Last})
	e.left = phrase{before.first, before.last}
	return e, !e.left.empty()
}

// venueApart parts from a subject the words that say where it spoke: X در گفت‌وگو با ایسنا گفت.
func (r *reading) venueApart(e *event, p phrase) phrase {
	for i := p.first + 1; i < p.last; i++ {
		if tags, last := r.cueAt(i); tags&lexicon.Venue != 0 && last < p.last {
			e.venue = phrase{last, p.last}
			return phrase{p.first, i}
		}
	}
	if r.tok(max(p.first, 0)).Is(lexicon.Single) {
		return r.chineseName(p)
	}
	return p
}

// chineseName ends a Chinese subject before the day and the place: 发言人王明8日在北京说.
func (r *reading) chineseName(p phrase) phrase {
	for i := p.first + 2; i < p.last; i++ {
		if r.tok(i).Is(lexicon.Digit) || r.surface(i) == "在" || r.surface(i) == "对" {
			return phrase{p.first, i}
		}
	}
	return p
}

// toOutlet is the token after an outlet to which something was said: "a déclaré à l'AFP", "заявил ТАСС", "sagte X der dpa".
func (r *reading) toOutlet(e *event, at int32, c clause) int32 {
	if at >= c.last || r.english(e.cue.first) && r.surface(at) != "on" && r.surface(at) != "in" {
		return at
	}
	i, steps := at, 0
	for i < c.last && steps < 5 && r.outletAt[i] == 0 {
		tags, last := r.cueAt(i)
		if tags&(lexicon.Media|lexicon.MediaQuality|lexicon.Determiner) == 0 && !r.dative(i) && r.mark(i) != '\'' {
			return at
		}
		i, steps = last, steps+1
	}
	if i >= c.last || r.outletAt[i] == 0 || e.who.empty() || e.who.first >= at {
		return at
	}
	h := r.v.Hits(lexicon.Outlet)[r.outletAt[i]-1]
	e.venue = phrase{at, h.Last}
	return h.Last
}

// venueFirst parts from an inverted subject the outlet before it: "сообщил РИА Новости представитель министерства".
func (r *reading) venueFirst(e *event, p phrase) phrase {
	if p.empty() || r.english(e.cue.first) {
		return p
	}
	i := p.first
	for i < p.last && r.outletAt[i] == 0 && (r.has(i, lexicon.Media|lexicon.MediaQuality) || r.dative(i) || r.mark(i) == '\'') {
		i++
	}
	if i >= p.last || r.outletAt[i] == 0 {
		return p
	}
	h := r.v.Hits(lexicon.Outlet)[r.outletAt[i]-1]
	if h.Last+1 > p.last || r.mark(h.Last) == '(' || !r.tok(h.Last).Is(lexicon.Word) || r.has(h.Last, lexicon.Media|lexicon.Preposition|lexicon.Conjunction) {
		return p
	}
	e.venue = phrase{p.first, h.Last}
	return phrase{h.Last, p.last}
}

// pastDay is the token after a day that stands between a verb and its subject: "informó este lunes la agencia".
func (r *reading) pastDay(i int32, c clause) int32 {
	for j := i; j < min(c.last, i+3); j++ {
		if r.has(j, lexicon.Weekday) {
			return j + 1
		}
		if !r.has(j, lexicon.Determiner|lexicon.Preposition|lexicon.Adverb) {
			break
		}
	}
	return i
}

// dative says whether a word leads to who was told.
func (r *reading) dative(i int32) bool {
	switch r.surface(i) {
	case "on", "in", "à", "a", "al", "au", "aux", "l", "gegenüber", "der", "dem", "den", "به":
		return true
	}
	return false
}
