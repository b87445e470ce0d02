package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

// participle reads ", adding C": the subject is the one before, or the sentence's own.
func (r *reading) participle(cue phrase, c clause, before []event) (event, bool) {
	e := event{cue: cue, cueType: "verb_participle", inherit: true, starts: cue.first, rules: []string{"participle"}}
	if cue.first == c.first {
		return e, false
	}
	i := cue.first - 1
	for i > c.first && r.adverb(i) {
		i--
	}
	switch {
	case r.mark(i) == ',' || r.mark(i) == '،' || r.mark(i) == '-':
		e.starts = i
	case r.joint(i) && len(before) > 0, r.quoted(i):
		e.starts = i
	case len(before) > 0 || r.has(i, lexicon.Preposition|lexicon.Auxiliary|lexicon.Determiner):
		return e, false
	}
	tags := lexicon.Report
	if r.surface(cue.first) == "telling" {
		tags |= lexicon.Tell
	}
	at := r.content(&e, tags, c)
	if at >= c.last {
		return e, false
	}
	e.right = phrase{at, c.last}
	if len(before) == 0 {
		e.who = r.opener(c.first, i)
		if e.who.empty() {
			return e, false
		}
	}
	return e, true
}

// opener is the name or office that opens a sentence, whose verb is not known.
func (r *reading) opener(first, last int32) phrase {
	p := phrase{first, first}
	if r.has(first, lexicon.Conjunction) {
		return p
	}
	for p.last < last && p.last < first+10 {
		i := p.last
		tags, next := r.cueAt(i)
		switch {
		case i == first && (r.has(i, lexicon.Determiner) || r.nominative(i)), r.capped(i) && !r.has(i, lexicon.Preposition|lexicon.Weekday|lexicon.Month):
		case tags&(lexicon.Title|lexicon.Group|lexicon.Media) != 0:
			p.last = next
			continue
		case r.mark(i) == '.' && r.shortens(i), r.mark(i) == '-' && !r.tok(i).Is(lexicon.Spaced):
		default:
			return p
		}
		p.last++
	}
	return p
}
