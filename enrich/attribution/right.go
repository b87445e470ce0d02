package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// after is the noun phrase that begins at token first and does not reach beyond high.
func (r *reading) after(first, high int32) phrase {
	p := phrase{first, first}
	high = min(high, first+maxPhrase)
	for p.last < high {
		i := p.last
		if q := r.quoteStarting(i); q >= 0 && r.quotes[q].first == i && r.quotes[q].words <= scare && (r.outletAt[i+1] > 0 || i > first && !r.latin(first)) {
			p.last = r.quotes[q].last
			continue
		}
		switch {
		case r.mark(i) == '(':
			end := r.bracketEnd(i, high)
			if end < 0 || i == first {
				return r.object(p)
			}
			p.last = end
			continue
		case r.ends(i), r.mark(i) == ')', r.has(i, lexicon.Clause), r.relative(i), i > first && r.leadsOn(i), r.german(first, i), r.nounEnds(first, i):
			return r.object(p)
		case r.joint(i):
			if i == first || i+1 >= high || !r.heads(i+1) && !r.lower(i+1) || r.verb(i+1) || r.has(i+1, lexicon.Participle) {
				return r.object(p)
			}
		case r.has(i, lexicon.Auxiliary) && i > first, r.verb(i) && i > first, r.has(i, lexicon.Participle):
			return r.object(p)
		case r.has(i, lexicon.Conjunction), r.day(i), r.adverb(i) && i > first:
			return r.object(p)
		case r.has(i, lexicon.Preposition) && i > first && !r.attaches(i, high):
			return r.object(p)
		}
		p.last++
	}
	return r.object(p)
}

// leadsOn says whether another credit begins at i: "TASS со ссылкой на …", "سانا نقلا عن …".
func (r *reading) leadsOn(i int32) bool {
	tags, last := r.cueAt(i)
	if tags&lexicon.Citing != 0 && r.tok(i).Is(lexicon.Arabic) {
		return true
	}
	return tags&(lexicon.According|lexicon.Citing|lexicon.Venue|lexicon.By) != 0 && (last > i+1 || tags&lexicon.Preposition == 0)
}

// german says whether an article after a name begins another case: "sagte Brandt der Nachrichtenagentur".
func (r *reading) german(first, i int32) bool {
	if r.v.Grammar() != "de" || i <= first || !r.has(i, lexicon.Determiner) || r.outletAt[i] > 0 {
		return false
	}
	if s := r.surface(i); (strings.HasPrefix(s, "ein") || s == "den") && r.capped(i-1) {
		return true
	}
	for j := i + 1; j < min(int32(len(r.v.Tokens)), i+4); j++ {
		if tags, _ := r.cueAt(j); r.outletAt[j] > 0 || tags&lexicon.Media != 0 && r.capped(i-1) && !r.has(i-1, lexicon.Title) {
			return !r.has(i-1, lexicon.Media|lexicon.Title) || r.has(i-1, lexicon.Title) && strings.HasPrefix(r.surface(first), "ein")
		}
	}
	return false
}

// nounEnds says whether a German noun phrase has ended before i: a small word follows its noun that is neither an article
// nor leads to more of it.
func (r *reading) nounEnds(first, i int32) bool {
	if r.v.Grammar() != "de" || i <= first || !r.lower(i) || !r.latin(i) || !r.capped(i-1) && !r.quoted(i-1) {
		return false
	}
	return !r.has(i, lexicon.Preposition|lexicon.Determiner) && !r.joint(i) && r.surface(i) != "s" && !nameParticles[r.surface(i)]
}

// bracketEnd is the token after a short bracket, as in "the organisation (SCO)".
func (r *reading) bracketEnd(i, high int32) int32 {
	for j := i + 1; j < high && j < i+7; j++ {
		if r.mark(j) == ')' {
			return j + 1
		}
	}
	return -1
}

// attaches says whether the preposition at i belongs to the noun before it: "officials in Damascus", not "in a statement".
func (r *reading) attaches(i, high int32) bool {
	switch r.surface(i) {
	case "after", "before", "during", "since", "until", "as", "amid", "by", "than", "through", "despite", "about", "nach", "après":
		return false
	}
	for j := i + 1; j < high && j < i+5; j++ {
		if r.ends(j) {
			break
		}
		if r.has(j, lexicon.Weekday|lexicon.Month) && r.capped(j) {
			return false
		}
		if s := r.surface(j); s == "entrevista" || s == "entretien" || s == "interview" {
			return false
		}
		if tags, _ := r.cueAt(j); tags&(lexicon.Document|lexicon.Venue) != 0 && r.surface(i) != "of" && r.surface(i) != "de" {
			return false
		}
	}
	return i+1 < high
}

// object trims a phrase found rightwards.
func (r *reading) object(p phrase) phrase {
	for p.last > p.first && r.has(p.last-1, lexicon.Preposition|lexicon.Conjunction) && !r.has(p.last-1, lexicon.Title|lexicon.Group|lexicon.Pronoun) && !r.capped(p.last-1) {
		p.last--
	}
	return p
}
