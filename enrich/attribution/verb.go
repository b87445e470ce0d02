package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// verbEvent reads a finite verb of report: X said C · C, X said · C, said X · C1, X said, C2 · … and said C.
func (r *reading) verbEvent(tags lexicon.Tag, verb phrase, c clause, before []event) (event, bool) {
	if len(before) > 0 && before[0].cueType == "prep_front" {
		c.first = max(c.first, min(before[0].right.first, verb.first))
	}
	e, ok := r.reportVerb(tags, verb, c, before)
	if ok || tags&lexicon.Tell == 0 || verb.last >= c.last {
		return e, ok
	}
	told := event{cue: verb, cueType: "venue", starts: c.last, nested: true}
	if j, asserted := r.group(&told, c); !asserted || r.nominal(verb, j, c) {
		return told, false
	}
	r.addressee(&told, verb.last, c)
	return told, !told.venue.empty()
}

func (r *reading) reportVerb(tags lexicon.Tag, verb phrase, c clause, before []event) (event, bool) {
	e := event{cue: verb, cueType: "verb"}
	if !r.lower(verb.first) && r.cased(verb.first) && !c.title && verb.first > c.first {
		return e, false
	}
	if r.v.Grammar() == "tr" && r.latin(verb.first) && r.endsClause(verb, c) {
		return r.subjectThenContent(e, c)
	}
	if who := r.germanPerfect(verb, c); !who.empty() {
		e.who, e.press = who, true
		return r.backwardFrom(e, c)
	}
	j, ok := r.group(&e, c)
	if !ok || r.nominal(verb, j, c) || r.comparing(verb, c) {
		return event{}, false
	}
	e.press = tags&lexicon.Relay != 0 && (r.tok(verb.first).Is(lexicon.Arabic) || r.latin(verb.first))
	if r.pointsBack(j, c) {
		return r.backward(e, c)
	}
	if told := r.toldOfThis(j, c); !told.empty() && verb.last < c.last && !r.ends(verb.last) && !r.has(verb.last, lexicon.Clause|lexicon.Preposition) {
		e.venue = told
		return r.backward(e, c)
	}
	if made, ok := r.ofLanguage(e, tags, j, c); ok {
		return made, true
	}
	switch {
	case j > c.first && (r.joint(j-1) || r.surface(j-1) == "but") && len(before) > 0 && !r.subjectAfter(verb, c):
		return r.coordinated(e, tags, j, c)
	case j > c.first && (r.joint(j-1) || r.surface(j-1) == "but") && !r.subjectAfter(verb, c) && r.simpleSubject(verb, c):
		e.who = r.opener(c.first, j-1)
		e.rules = append(e.rules, "coordinated")
	case r.quoteEnding(j) >= 0 && !r.capped(j-1) && r.namedInMarks(j, c):
		return r.inverted(e, j, c)
	case tags&lexicon.Tell != 0 && j > c.first && r.ends(j-1):
		e.who = r.appositive(j-1, c)
	case j > c.first && r.mark(j-1) == ',' && r.pressFollows(verb.last, c):
		return r.inverted(e, j, c)
	case j > c.first && (r.mark(j-1) == ',' || r.mark(j-1) == '،' || r.mark(j-1) == '-'):
		if who := r.appositive(j-1, c); !who.empty() {
			e.who = who
			break
		}
		return r.inverted(e, j, c)
	default:
		e.who = r.before(j, c.first)
		e.who = r.relativeHead(r.venueApart(&e, r.relativeHead(e.who, c)), c)
		if e.who.last < j && r.relative(j-1) && r.ends(j-2) {
			c.last = r.clauseEnd(verb.last, c)
		}
	}
	if e.who.empty() {
		if j == c.first {
			return r.inverted(e, j, c)
		}
		return event{}, false
	}
	return r.placed(e, tags, c)
}

// coordinated reads "… and said C": the subject is the one before.
func (r *reading) coordinated(e event, tags lexicon.Tag, j int32, c clause) (event, bool) {
	e.inherit, e.cueType = true, "verb_coordinated"
	e.rules = append(e.rules, "coordinated")
	e.starts = j - 1
	if e.starts > c.first && r.mark(e.starts-1) == ',' {
		e.starts--
	}
	at := r.content(&e, tags, c)
	if at >= c.last || tags&lexicon.Weak != 0 && !r.has(at, lexicon.Clause) {
		return event{}, false
	}
	e.right = phrase{at, c.last}
	return e, true
}

// inverted reads C, said X: content, a comma or a closing mark, the verb, its subject.
func (r *reading) inverted(e event, j int32, c clause) (event, bool) {
	e.who = r.venueFirst(&e, r.after(r.pastDay(e.cue.last, c), c.last))
	if e.who.empty() && !e.venue.empty() {
		e.inherit, e.starts = true, j
		e.left = r.leftContent(j, c)
		return e, !e.left.empty()
	}
	if r.dropsSubject(&e, j, c) {
		e.inherit, e.starts, e.left = true, j, r.leftContent(j, c)
		e.rules = append(e.rules, "hidden-subject")
		return e, !e.left.empty()
	}
	if e.who.empty() || e.who.first >= c.last {
		return event{}, false
	}
	if j == c.first && r.quoteEnding(j) < 0 {
		return event{}, false
	}
	at := r.toOutlet(&e, e.who.last, c)
	tags, _ := r.cueAt(e.cue.first)
	if r.english(e.cue.first) && r.quoteEnding(j) < 0 && !c.title && !r.plain(e.cue) && !r.standsAlone(e.who, c) {
		return event{}, false
	}
	if m := r.mark(e.who.last); tags&(lexicon.Citing|lexicon.Relay) == 0 && at == e.who.last && e.who.last < c.last && !r.ends(e.who.last) && m != '(' && !r.has(e.who.last, lexicon.Preposition|lexicon.Weekday|lexicon.Conjunction|lexicon.Adverb|lexicon.Participle) && !r.relative(e.who.last) {
		return event{}, false
	}
	e.rules = append(e.rules, "inverted")
	if at == e.who.last {
		e.who = r.extended(e.who, c)
		at = e.who.last
	}
	e.starts = j
	e.left = r.leftContent(j, c)
	e.right = r.medialRight(at, c)
	return e, !e.left.empty()
}

// standsAlone says whether a phrase after a verb can be nothing but its subject: a name or an office at the end of its
// clause. "It", or two things done one after the other, cannot.
func (r *reading) standsAlone(p phrase, c clause) bool {
	if p.last < c.last && !r.ends(p.last) || r.has(p.first, lexicon.Pronoun) {
		return false
	}
	for i := p.first; i < p.last; i++ {
		if r.joint(i) {
			return false
		}
	}
	return r.capped(p.first) || r.tagsEndingAt(r.headEnd(p), p.first)&(lexicon.Title|lexicon.Group|lexicon.Media) != 0
}

// simpleSubject says whether the sentence opens with a pronoun, or with a name and the verb reports a clause.
func (r *reading) simpleSubject(verb phrase, c clause) bool {
	if r.nominative(c.first) {
		return true
	}
	if p := r.opener(c.first, verb.first); verb.last < c.last && r.heads(verb.last) && r.tagsEndingAt(p.last, p.first)&lexicon.Media != 0 {
		return true
	}
	return r.capped(c.first) && !r.has(c.first, lexicon.Determiner|lexicon.Preposition|lexicon.Conjunction) && verb.last < c.last && r.has(verb.last, lexicon.Clause)
}

// clauseEnd is the comma that ends a relative clause, or the end of what is read.
func (r *reading) clauseEnd(i int32, c clause) int32 {
	for ; i < c.last; i++ {
		if r.mark(i) == ',' && !r.quoted(i) {
			return i
		}
	}
	return c.last
}
