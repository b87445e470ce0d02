package attribution

import (
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// verbEvent reads a finite verb of report: X said C · C, X said · C, said X · C1, X said, C2 · … and said C.
func (r *reading) verbEvent(tags lexicon.Tag, verb phrase, c clause, before []event) (event, bool) {
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
	j, ok := r.group(&e, c)
	if !ok || r.nominal(verb, j, c) {
		return event{}, false
	}
	e.press = r.relays(tags, verb)
	if r.pointsBack(j, c) {
		return r.backward(e, c)
	}
	if made, ok := r.ofLanguage(e, tags, j, c); ok {
		return made, true
	}
	switch {
	case j > c.first && (r.joint(j-1) || r.surface(j-1) == "but") && len(before) > 0 && !r.subjectAfter(verb, c):
		return r.coordinated(e, tags, j, c)
	case j > c.first && (r.joint(j-1) || r.surface(j-1) == "but") && !r.subjectAfter(verb, c) && r.nominative(c.first):
		e.who = phrase{c.first, c.first + 1}
		e.rules = append(e.rules, "coordinated")
	case r.quoteEnding(j) >= 0 && !r.capped(j-1):
		return r.inverted(e, j, c)
	case tags&lexicon.Tell != 0 && j > c.first && r.ends(j-1):
		e.who = r.appositive(j-1, c)
	case j > c.first && (r.mark(j-1) == ',' || r.mark(j-1) == '،' || r.mark(j-1) == '-'):
		if who := r.appositive(j-1, c); !who.empty() {
			e.who = who
			break
		}
		return r.inverted(e, j, c)
	default:
		e.who = r.before(j, c.first)
		e.who = r.venueApart(&e, r.relativeHead(e.who, c))
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
		case r.pastTime(i) && i-1 > c.first:
			i--
		case (r.mark(i) == ',') && i-2 > c.first && r.adverb(i-1) && r.mark(i-2) == ',':
			i -= 2
		default:
			return j, true
		}
		j = i
	}
	return j, true
}

// pastTime says whether "last week", "this year" ends at i.
func (r *reading) pastTime(i int32) bool {
	switch r.surface(i) {
	case "week", "month", "year", "night", "spring", "summer", "fall", "winter", "weekend":
		return r.surface(i-1) == "last" || r.surface(i-1) == "this"
	}
	return false
}

// extended adds to a subject at the end of a sentence what describes it there: "said Ada Brandt, a pilot from Oslo".
func (r *reading) extended(p phrase, c clause) phrase {
	i := p.last
	if i >= c.last-1 {
		return p
	}
	if r.mark(i) == ',' {
		i++
		if tags, _ := r.cueAt(i); tags&(lexicon.Participle|lexicon.According|lexicon.Citing) != 0 || !r.apposes(i) || r.quoted(i) {
			return p
		}
	} else if !r.relative(i) {
		return p
	}
	for i < c.last && !r.quoted(i) && i < p.last+40 {
		tags, _ := r.cueAt(i)
		if r.mark(i-1) == ',' && tags&(lexicon.Participle|lexicon.According|lexicon.Citing) != 0 || r.mark(i) == ';' {
			i--
			break
		}
		i++
	}
	if i < c.last && r.ends(i-1) {
		i--
	}
	return phrase{p.first, i}
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
	return r.has(verb.first, lexicon.Document|lexicon.Group|lexicon.Title) && verb.last-verb.first == 1 && r.nounHere(verb, j, c)
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
	e.who = r.venueFirst(&e, r.after(r.pastDay(e.cue.last, c), c.last))
	if e.who.empty() || e.who.first >= c.last {
		return event{}, false
	}
	if j == c.first && r.quoteEnding(j) < 0 {
		return event{}, false
	}
	at := r.toOutlet(&e, e.who.last, c)
	if m := r.mark(e.who.last); at == e.who.last && e.who.last < c.last && !r.ends(e.who.last) && m != '(' && !r.has(e.who.last, lexicon.Preposition|lexicon.Weekday|lexicon.Conjunction|lexicon.Adverb|lexicon.Participle) && !r.relative(e.who.last) {
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

// appositive is the subject before a comma: "Ada Brandt, the chairwoman, said". Of several commas the one after the
// first words of the clause counts: "Ada Brandt, 49, a pilot from Oslo, said".
func (r *reading) appositive(comma int32, c clause) phrase {
	var nearest phrase
	for i := comma - 1; i > c.first && i > comma-40; i-- {
		if r.quoted(i) || r.mark(i) == ';' || r.mark(i) == ':' {
			break
		}
		if r.mark(i) != r.mark(comma) || !r.ends(i) {
			continue
		}
		head := r.before(i, c.first)
		if head.empty() || r.temporal(head) {
			continue
		}
		opens := head.first == c.first || r.has(head.first-1, lexicon.Conjunction)
		if opens && r.heads(head.first) {
			if r.aside(i + 1) {
				return head
			}
			return phrase{head.first, comma}
		}
		if nearest.empty() && comma-i < 22 && r.apposes(i+1) {
			nearest = phrase{head.first, comma}
		}
	}
	return nearest
}

// aside says whether words between commas are no apposition but tell how or by whom: ", citing TASS," ", in a letter,".
func (r *reading) aside(i int32) bool {
	tags, _ := r.cueAt(i)
	return tags&(lexicon.Participle|lexicon.Citing|lexicon.According|lexicon.Preposition) != 0
}

// temporal says whether a phrase names a day rather than someone.
func (r *reading) temporal(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if r.has(i, lexicon.Weekday|lexicon.Month) && r.capped(i) {
			return true
		}
	}
	return false
}

// apposes says whether the words after a comma describe the name before it.
func (r *reading) apposes(i int32) bool {
	return r.relative(i) || r.tok(i).Is(lexicon.Word) && !r.has(i, lexicon.Preposition|lexicon.Conjunction|lexicon.Participle|lexicon.Auxiliary|lexicon.Clause|lexicon.Pronoun)
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
	parted := r.parted(e.who.first, c)
	q := r.quoteEnding(e.who.first)
	left := q >= 0 && (parted || r.quotes[q].words > scare)
	if parted && q < 0 {
		e.starts--
	}
	at := r.content(&e, tags, c)
	if left && q >= 0 && r.mark(r.quotes[q].last-2) == '.' && at < c.last && !r.ends(at) && r.sentenceStart(e.who.first) {
		left, parted = false, false
	}
	switch {
	case parted && q < 0 && at < c.last && r.has(at, lexicon.Preposition) && r.quoteStarting(at) < 0 && e.who.first > c.first+4:
		e.left = r.leftContent(e.who.first, c)
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
	case !left && !parted && at < c.last-3 && (r.mark(at) == ',' || r.mark(at) == '،'):
		e.right = phrase{r.pastAside(at+1, c), c.last}
		e.nested = true
	case !left && !parted && r.mark(at) == ':' && at+1 < c.last:
		e.right = phrase{at + 1, c.last}
	case left || parted:
		e.left = r.leftContent(e.who.first, c)
		e.right = r.medialRight(at, c)
		if !e.right.empty() {
			e.cueType = "verb_medial"
		}
	case !r.outletBefore(e.cue.first, c.first).empty() && e.who.first > c.first:
		e.left = phrase{c.first, e.who.first}
		e.rules = append(e.rules, "unpunctuated")
	default:
		return event{}, false
	}
	if tags&lexicon.Weak != 0 && tags&lexicon.Report == 0 && q < 0 && !r.clauseAt(e.right) {
		return event{}, false
	}
	return e, !e.left.empty() || !e.right.empty()
}

// pastAside is the token after words between commas that credit someone else: "reported, citing SANA, that …".
func (r *reading) pastAside(i int32, c clause) int32 {
	tags, _ := r.cueAt(i)
	if tags&(lexicon.Citing|lexicon.Participle|lexicon.According) == 0 {
		return i
	}
	for j := i; j < min(c.last, i+20); j++ {
		if r.mark(j) == ',' || r.mark(j) == '،' {
			return j + 1
		}
	}
	return i
}

// relays says whether a verb is one of passing on, which only an outlet does: نقلت, أوردت.
func (r *reading) relays(tags lexicon.Tag, verb phrase) bool {
	return tags&lexicon.Citing != 0 && r.tok(verb.first).Is(lexicon.Arabic)
}

// sentenceStart says whether a sentence begins at a token.
func (r *reading) sentenceStart(i int32) bool {
	n := r.memory.sentence
	return n >= 0 && n < len(r.v.Sentences) && r.v.Sentences[n].First == i
}

// parted says whether a comma, a dash or a quotation that ends like one stands before the subject.
func (r *reading) parted(first int32, c clause) bool {
	if first <= c.first {
		return false
	}
	switch r.mark(first - 1) {
	case ',', '-', '،':
		return true
	}
	if !r.quoted(first-1) || first-2 < 0 {
		return false
	}
	switch r.mark(first - 2) {
	case ',', '.', '!', '?', '…', '\'':
		return true
	}
	return false
}

// clauseAt says whether a clause is reported: "that …", or a subject and a helper soon after.
func (r *reading) clauseAt(p phrase) bool {
	if p.empty() {
		return false
	}
	if r.has(p.first, lexicon.Clause) {
		return true
	}
	if !r.heads(p.first) {
		return false
	}
	for i := p.first + 1; i < min(p.last, p.first+9); i++ {
		if r.ends(i) {
			return false
		}
		if r.has(i, lexicon.Auxiliary) && r.tok(i).Is(lexicon.Word) {
			return true
		}
	}
	return false
}
