package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

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

// nominal says whether the word is a noun here: "the report", "of claims".
func (r *reading) nominal(verb phrase, j int32, c clause) bool {
	if verb.last < c.last && r.surface(verb.first) == "asked" && (r.surface(verb.last) == "for" || r.surface(verb.last) == "about" || r.surface(verb.last) == "not" || r.surface(verb.last) == "to") {
		return true
	}
	if j == c.first {
		return false
	}
	if r.pluralHere(verb, c) || r.surface(j-1) == "whose" && j == verb.first {
		return true
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

// pluralHere says whether an English word that may be a verb or several things is the latter: nothing that could be
// reported follows, as in "Western states and", "insurance plans".
func (r *reading) pluralHere(verb phrase, c clause) bool {
	switch r.surface(verb.first) {
	case "states", "plans", "notes", "disputes", "claims", "demands", "promises", "estimates", "fears", "hopes", "doubts", "signals":
	default:
		return false
	}
	if verb.last-verb.first > 1 || !r.english(verb.first) {
		return false
	}
	i := verb.last
	return i >= c.last || !r.has(i, lexicon.Clause|lexicon.Determiner|lexicon.Pronoun) && !r.capped(i) && r.quoteStarting(i) < 0 && r.mark(i) != ':' && r.mark(i) != ','
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

// subjectAfter says whether a capitalised or determined phrase follows the verb and ends the clause, as in "and said Ada Brandt".
func (r *reading) subjectAfter(verb phrase, c clause) bool {
	p := r.after(verb.last, c.last)
	return !p.empty() && (p.last >= c.last || r.ends(p.last)) && r.capped(p.first) && p.last-p.first <= 4
}
