package attribution

import (
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// verbEvent reads a finite verb of report: X said C · C, X said · C, said X · C1, X said, C2 · … and said C.
func (r *reading) verbEvent(tags lexicon.Tag, verb phrase, c clause, before []event) (event, bool) {
	e := event{cue: verb, cueType: "verb"}
	j, ok := r.group(&e, c)
	if !ok || r.nominal(verb, j, c) {
		return event{}, false
	}
	switch {
	case j > c.first && (r.joint(j-1) || r.surface(j-1) == "but") && len(before) > 0 && !r.subjectAfter(verb, c):
		return r.coordinated(e, tags, j, c)
	case r.quoteEnding(j) >= 0 && !r.capped(j-1):
		return r.inverted(e, j, c)
	case j > c.first && (r.mark(j-1) == ',' || r.mark(j-1) == '،'):
		if who := r.appositive(j-1, c); !who.empty() {
			e.who = who
			break
		}
		return r.inverted(e, j, c)
	default:
		e.who = r.before(j, c.first)
		e.who = r.relativeHead(e.who, c)
	}
	if e.who.empty() {
		if j == c.first {
			return r.inverted(e, j, c)
		}
		return event{}, false
	}
	return r.placed(e, tags, c)
}

// group widens the cue over its helpers and gives the token where the verb group begins. It refuses what reports
// nothing: infinitives, passives, negated and conditional verbs.
func (r *reading) group(e *event, c clause) (int32, bool) {
	j := e.cue.first
	for j > c.first {
		i := j - 1
		switch {
		case r.has(i, lexicon.Negation):
			return j, false
		case r.surface(i) == "to":
			return j, false
		case r.has(i, lexicon.Auxiliary) && r.tok(i).Is(lexicon.Word):
			switch r.surface(i) {
			case "have", "has", "had", "having":
				e.cue.first = i
			default:
				return j, false
			}
		case r.adverb(i):
		case r.has(i, lexicon.Weekday) && r.capped(i):
			if i-1 > c.first && r.surface(i-1) == "on" {
				i--
			}
		case (r.mark(i) == ',') && i-2 > c.first && r.adverb(i-1) && r.mark(i-2) == ',':
			i -= 2
		default:
			return j, true
		}
		j = i
	}
	return j, true
}

// nominal says whether the word is a noun here: "the report", "of claims".
func (r *reading) nominal(verb phrase, j int32, c clause) bool {
	if j == c.first {
		return false
	}
	i := j - 1
	if r.has(i, lexicon.Determiner) && !r.has(i, lexicon.Pronoun) && !r.capped(i) && r.surface(i) != "all" && r.surface(i) != "many" && r.surface(i) != "some" && r.surface(i) != "others" && r.surface(i) != "both" && r.surface(i) != "most" && r.surface(i) != "several" && r.surface(i) != "one" {
		return j == verb.first
	}
	if r.has(i, lexicon.Preposition) && !r.has(i, lexicon.Conjunction) && j == verb.first {
		return true
	}
	if r.surface(i) == "s" && r.mark(i-1) == '\'' {
		return true
	}
	return r.has(verb.first, lexicon.Document) && verb.last-verb.first == 1 && r.nounHere(verb, j, c)
}

// nounHere says whether a word that is noun and verb is more likely the noun: nothing that could report follows.
func (r *reading) nounHere(verb phrase, j int32, c clause) bool {
	if verb.last >= c.last {
		return true
	}
	if r.has(verb.last, lexicon.Clause) || r.quoteStarting(verb.last) >= 0 {
		return r.has(j-1, lexicon.MediaQuality)
	}
	return r.has(verb.last, lexicon.Preposition|lexicon.Auxiliary|lexicon.Report) || r.ends(verb.last) || r.lower(j-1) && !r.has(j-1, lexicon.Group|lexicon.Pronoun)
}

// subjectAfter says whether a capitalised or determined phrase follows the verb and ends the clause: "and said Ada Brandt."
func (r *reading) subjectAfter(verb phrase, c clause) bool {
	p := r.after(verb.last, c.last)
	return !p.empty() && (p.last >= c.last || r.ends(p.last)) && r.capped(p.first) && p.last-p.first <= 4
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
	e.who = r.after(e.cue.last, c.last)
	if e.who.empty() || e.who.first >= c.last {
		return event{}, false
	}
	if j == c.first && r.quoteEnding(j) < 0 {
		return event{}, false
	}
	if m := r.mark(e.who.last); e.who.last < c.last && !r.ends(e.who.last) && m != '(' && !r.has(e.who.last, lexicon.Preposition|lexicon.Weekday|lexicon.Conjunction|lexicon.Adverb|lexicon.Participle) && !r.relative(e.who.last) {
		return event{}, false
	}
	e.rules = append(e.rules, "inverted")
	e.starts = j
	e.left = r.leftContent(j, c)
	e.right = r.medialRight(e.who.last, c)
	return e, !e.left.empty()
}

// appositive is the subject before a comma: "Ada Brandt, the chairwoman, said".
func (r *reading) appositive(comma int32, c clause) phrase {
	for i := comma - 1; i > c.first && i > comma-22; i-- {
		if r.quoted(i) || r.mark(i) == ';' || r.mark(i) == ':' {
			return phrase{}
		}
		if r.mark(i) != ',' {
			continue
		}
		head := r.before(i, c.first)
		if head.empty() || !r.apposes(i+1) {
			continue
		}
		return phrase{head.first, comma}
	}
	return phrase{}
}

// apposes says whether the words after a comma describe the name before it.
func (r *reading) apposes(i int32) bool {
	tags, _ := r.cueAt(i)
	return r.has(i, lexicon.Determiner) || r.relative(i) || tags&(lexicon.Title|lexicon.Group) != 0 || r.tok(i).Is(lexicon.Digit) || r.lower(i) && !r.has(i, lexicon.Preposition|lexicon.Conjunction|lexicon.Participle|lexicon.Auxiliary)
}

// relativeHead is the noun before ", who".
func (r *reading) relativeHead(p phrase, c clause) phrase {
	if !p.empty() && r.relative(p.last-1) {
		if p.last-p.first > 1 {
			return phrase{p.first, p.last - 1}
		}
		if p.first > c.first && r.mark(p.first-1) == ',' {
			return r.before(p.first-1, c.first)
		}
	}
	return p
}

// placed decides where the content of a verb with a subject before it stands.
func (r *reading) placed(e event, tags lexicon.Tag, c clause) (event, bool) {
	e.starts = e.who.first
	parted := e.who.first > c.first && (r.mark(e.who.first-1) == ',' || r.mark(e.who.first-1) == '-' || r.mark(e.who.first-1) == '،')
	left := r.quoteEnding(e.who.first) >= 0 && r.quotes[r.quoteEnding(e.who.first)].words > scare || r.quoteEnding(e.who.first) >= 0 && parted
	if parted {
		e.starts--
	}
	at := r.content(&e, tags, c)
	switch {
	case at < c.last && !r.ends(at) || r.quoteStarting(at) >= 0 && r.mark(at) != ',':
		if left && r.quoteStarting(at) < 0 && !r.has(at, lexicon.Clause) {
			e.left = r.leftContent(e.who.first, c)
			break
		}
		if r.mark(at) == ':' {
			at++
		}
		e.right = phrase{at, c.last}
		if left {
			e.left = r.leftContent(e.who.first, c)
		}
		e.nested = !parted
	case left || parted:
		e.left = r.leftContent(e.who.first, c)
		e.right = r.medialRight(at, c)
		if !e.right.empty() {
			e.cueType = "verb_medial"
		}
	default:
		return event{}, false
	}
	if tags&lexicon.Weak != 0 && tags&lexicon.Report == 0 && !left && (e.right.empty() || !r.has(e.right.first, lexicon.Clause)) {
		return event{}, false
	}
	return e, !e.left.empty() || !e.right.empty()
}
