package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// ofLanguage reads the orders of words that English does not have. It says false where the order is the common one.
func (r *reading) ofLanguage(e event, tags lexicon.Tag, j int32, c clause) (event, bool) {
	first := r.tok(e.cue.first)
	switch {
	case first.Is(lexicon.Arabic) && r.verbFirst(e.cue, c):
		return r.verbThenSubject(e, c)
	case first.Is(lexicon.Single) && e.cue.last-e.cue.first == 1 && !r.speechRune(e.cue.first):
		return event{}, true
	}
	if made, ok := r.verbSecond(e, j, c); ok {
		return made, true
	}
	if who := r.insideCue(e.cue); !who.empty() && r.quoteEnding(j) >= 0 || !who.empty() && j > c.first && r.ends(j-1) {
		e.who, e.starts = who, j
		e.left = r.leftContent(j, c)
		e.right = r.medialRight(r.toOutlet(&e, e.cue.last, c), c)
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
	return r.backwardFrom(e, c)
}

// germanPerfect is the outlet in "Zuvor hatte X darüber berichtet", which credits what was said before.
func (r *reading) germanPerfect(verb phrase, c clause) phrase {
	if r.v.Grammar() != "de" || r.surface(verb.first) != "berichtet" || verb.last < c.last && !r.ends(verb.last) {
		return phrase{}
	}
	for i := max(c.first, verb.first-reachMark); i < verb.first; i++ {
		if s := r.surface(i); s != "hatte" && s != "hatten" && s != "hat" {
			continue
		}
		who := r.after(i+1, verb.first)
		for j := who.first; j < who.last; j++ {
			if n := r.outletAt[j]; n > 0 {
				return phrase{who.first, r.pastName(r.v.Hits(lexicon.Outlet)[n-1].Last, verb.first)}
			}
		}
	}
	return phrase{}
}

// backwardFrom takes the sentence before as content.
func (r *reading) backwardFrom(e event, c clause) (event, bool) {
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

// chineseName ends a Chinese subject before the day and the place: 发言人王明8日在北京说.
func (r *reading) chineseName(p phrase) phrase {
	for i := p.first + 2; i < p.last; i++ {
		if r.tok(i).Is(lexicon.Digit) || r.surface(i) == "在" || r.surface(i) == "对" {
			return phrase{p.first, i}
		}
	}
	return p
}

// pastDay is the token after a day that stands between a verb and its subject: "informó este lunes la agencia".
func (r *reading) pastDay(i int32, c clause) int32 {
	for j := i; j < min(c.last, i+3); j++ {
		if r.has(j, lexicon.Weekday) {
			if dayParts[r.surface(j+1)] && j+2 < c.last {
				return j + 2
			}
			return j + 1
		}
		if !r.has(j, lexicon.Determiner|lexicon.Preposition|lexicon.Adverb) {
			break
		}
	}
	return i
}

var dayParts = map[string]bool{"soir": true, "matin": true, "midi": true, "noche": true, "mañana": true, "tarde": true, "вечером": true, "утром": true}

// comparing says whether German "so" is not the one of „C“, so X: no mark stands before it, or no name after it.
func (r *reading) comparing(verb phrase, c clause) bool {
	if verb.last-verb.first != 1 || r.surface(verb.first) != "so" || r.v.Grammar() != "de" {
		return false
	}
	marked := verb.first > c.first && (r.ends(verb.first-1) || r.quoted(verb.first-1))
	return !marked || verb.last >= c.last || !r.heads(verb.last) || r.has(verb.last, lexicon.Auxiliary)
}

// germanTold is the outlet before a German verb that was told, or in whose programme it was said: "Dem Deutschlandfunk
// sagte er", "Im ZDF sagte er".
func (r *reading) germanTold(first, verb int32) phrase {
	switch r.surface(first) {
	case "Dem", "Im", "In", "Gegenüber":
	default:
		return phrase{}
	}
	for i := first + 1; i < verb; i++ {
		if n := r.outletAt[i]; n > 0 {
			return phrase{first + 1, min(verb, r.v.Hits(lexicon.Outlet)[n-1].Last)}
		}
	}
	return phrase{}
}

// verbSecond reads German that begins with something else than its subject: "Dazu sagte X: C", "Am Freitag erklärte X, C".
func (r *reading) verbSecond(e event, j int32, c clause) (event, bool) {
	if r.v.Grammar() != "de" || !r.latin(e.cue.first) || j == c.first || j-c.first > 10 || r.quoteEnding(j) >= 0 || r.ends(j-1) {
		return e, false
	}
	told := r.germanTold(c.first, j)
	if told.empty() && !r.has(c.first, lexicon.Preposition|lexicon.Adverb|lexicon.Conjunction|lexicon.Weekday) {
		return e, false
	}
	e.who = r.after(e.cue.last, c.last)
	at := r.toOutlet(&e, e.who.last, c)
	for at < min(c.last, e.who.last+8) && !r.ends(at) {
		at++
	}
	if !told.empty() && !e.who.empty() && e.venue.empty() && e.who.last < c.last-1 && !r.ends(e.who.last) {
		at = e.who.last - 1 // Im X kritisierte Y den Plan
	} else if e.who.empty() || at >= c.last-1 || r.mark(at) != ',' && r.mark(at) != ':' {
		return e, false
	}
	if e.venue.empty() {
		e.venue = told
	}
	e.rules = append(e.rules, "verb-second")
	e.starts = c.first
	e.right = phrase{at + 1, c.last}
	return e, true
}
