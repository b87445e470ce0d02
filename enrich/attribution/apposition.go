package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

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
			if r.titled(i+1, comma) {
				nearest.first = i + 1
			}
		}
	}
	return nearest
}

// titled says whether the words between commas are a name with its title before it, which needs no other name to lean on:
// "after the vote in Oslo, Gov. Ada Brandt, said".
func (r *reading) titled(first, last int32) bool {
	tags, next := r.cueAt(first)
	if tags&lexicon.Title == 0 || !r.capped(first) || !r.latin(first) {
		return false
	}
	if next < last && r.mark(next) == '.' {
		next++
	}
	return next < last && r.capped(next)
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

// aside says whether words between commas are no apposition but tell how or by whom: ", citing TASS," ", in a letter,".
func (r *reading) aside(i int32) bool {
	tags, _ := r.cueAt(i)
	if tags&lexicon.Conjunction != 0 && !r.relative(i) {
		return true
	}
	return tags&(lexicon.Participle|lexicon.Citing|lexicon.According|lexicon.Preposition) != 0
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
	if r.relative(i) && i+1 < c.last && r.has(i+1, lexicon.Report|lexicon.Citing) && r.english(i) {
		return p
	}
	for i < c.last && !r.quoted(i) && i < p.last+40 {
		tags, _ := r.cueAt(i)
		if r.mark(i-1) == ',' && tags&(lexicon.Participle|lexicon.According|lexicon.Citing|lexicon.Auxiliary) != 0 || r.mark(i) == ';' {
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
