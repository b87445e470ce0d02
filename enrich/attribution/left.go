package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// before is the noun phrase that ends at token last and does not begin before low.
func (r *reading) before(last, low int32) phrase {
	if p := r.outletBefore(last, low); !p.empty() {
		return p
	}
	p := phrase{last, last}
	low = max(low, last-maxPhrase)
	for p.first > low {
		i := p.first - 1
		switch {
		case r.mark(i) == ')' && p.first < last:
			open := r.bracketOpen(i, low)
			if open < 0 {
				return r.subject(p)
			}
			i = open
		case r.mark(i) == ')':
			open := r.bracketOpen(i, low)
			if open < 0 {
				return r.subject(p)
			}
			i = open
		case r.ends(i), r.mark(i) == '(', r.has(i, lexicon.Clause) && !r.has(i+1, lexicon.Report), r.spoken(i), r.pastVerb(i, low, p):
			return r.subject(p)
		case r.insideVerb(i):
			return r.subject(p)
		case r.nominative(i) && p.first == last:
			return phrase{i, last}
		case r.relative(i):
		case r.joint(i):
			if !r.coordinates(i, low, p) {
				return r.subject(p)
			}
		case r.verb(i) && r.relativeBefore(i, low) > 0:
			i = r.relativeBefore(i, low)
		case r.has(i, lexicon.Conjunction), r.verb(i), r.adverb(i) && p.first < last && !r.has(i, lexicon.Determiner) && r.surface(i) != "هم" && r.surface(i) != "نیز":
			return r.subject(p)
		}
		p.first = i
	}
	return r.subject(p)
}

// spoken says whether a token belongs to a quotation that is speech.
func (r *reading) spoken(i int32) bool {
	q := r.inQuote[i]
	return q > 0 && r.quotes[q-1].words > scare
}

// pastVerb says whether the token before an English noun phrase is a verb that the lexicon does not know, or leads to
// one: a name, a word in -ed, and an object: "Mr Rand appointed | an envoy", "moves to | Western powers".
func (r *reading) pastVerb(i, low int32, p phrase) bool {
	if !r.english(i) || p.empty() || !r.lower(i) {
		return false
	}
	if r.surface(i) == "to" && i > low && !r.has(i-1, lexicon.Title|lexicon.Group) && !r.capped(i-1) && r.relativeBefore(i, low) == 0 {
		return true
	}
	object := r.has(p.first, lexicon.Determiner|lexicon.Pronoun)
	return object && strings.HasSuffix(r.surface(i), "ed") && i > low && (r.capped(i-1) || r.nominative(i-1)) && !r.has(i-1, lexicon.Determiner)
}

// outletBefore is the outlet that ends at token last, with its kind and article: it needs no help from punctuation.
func (r *reading) outletBefore(last, low int32) phrase {
	end := last
	if end > low && (r.mark(end-1) == '》' || r.mark(end-1) == '»' || r.mark(end-1) == '"' || r.mark(end-1) == '”' || r.mark(end-1) == '“') && r.outletAt[max(end-2, 0)] > 0 {
		end--
	}
	if end > low && r.witness(end-1) {
		end--
	}
	for i := max(low, end-4); i < end; i++ {
		if tags, to := r.cueAt(i); tags&lexicon.Media != 0 && to == end {
			end = i
			break
		}
	}
	if end <= low || r.outletAt[end-1] == 0 {
		return phrase{}
	}
	h := r.v.Hits(lexicon.Outlet)[r.outletAt[end-1]-1]
	if h.Last != end || h.First < low {
		return phrase{}
	}
	if r.spokenTo(h.First, low) || r.publishedBy(h.First, low) {
		return phrase{}
	}
	first := h.First
	if first > low && r.mark(first-1) == '《' {
		return phrase{first - 1, last}
	}
	if first > low && end < last && r.opensName(first-1) {
		first--
	}
	if first > low && r.joint(first-1) || first > low && (r.mark(first-1) == '/' || r.has(first-1, lexicon.Preposition)) {
		return phrase{}
	}
	for first > low && first > h.First-8 {
		if start := r.mediaStart(first, low); start < first {
			first = start
			continue
		}
		if tags := r.v.Tag(first - 1); tags&(lexicon.Media|lexicon.MediaQuality|lexicon.Determiner) == 0 && !r.demonym(first-1) && !r.lowDemonym(first-1) {
			break
		}
		first--
		if r.has(first, lexicon.Determiner) {
			break
		}
	}
	return phrase{first, last}
}

// spokenTo says whether an outlet stands where something was said rather than who said it: "в интервью телеканалу RT".
func (r *reading) spokenTo(i, low int32) bool {
	for j := i - 1; j >= low && j > i-6 && !r.ends(j); j-- {
		if tags, last := r.cueAt(j); tags&lexicon.Venue != 0 && last <= i {
			return true
		}
	}
	return false
}

// publishedBy says whether an outlet stands in English as the one that carried what speaks: "a statement published by its
// news agency X said".
func (r *reading) publishedBy(i, low int32) bool {
	for j := i - 1; j >= low && j > i-8 && r.english(j) && !r.ends(j); j-- {
		if tags, last := r.cueAt(j); tags&lexicon.By != 0 && tags&lexicon.Auxiliary == 0 && last <= i {
			return true
		}
	}
	return false
}

// mediaStart is where the longest noun of the press that ends at a token begins, or that token.
func (r *reading) mediaStart(end, low int32) int32 {
	for i := max(low, end-3); i < end; i++ {
		if tags, last := r.cueAt(i); tags&lexicon.Media != 0 && last == end {
			return i
		}
	}
	return end
}

// demonym says whether a capitalised word leads to a noun of the press: "Syrian state news agency".
func (r *reading) demonym(i int32) bool {
	return r.capped(i) && int(i)+1 < len(r.v.Tokens) && r.has(i+1, lexicon.Media|lexicon.MediaQuality)
}

// lowDemonym says whether a word without a capital belongs to a country: "le quotidien britannique Financial Times".
func (r *reading) lowDemonym(i int32) bool {
	if !r.lower(i) || !r.latin(i) || r.english(i) {
		return false
	}
	hits := r.v.HitsIn(lexicon.Place, i, i+1)
	return len(hits) > 0 && hits[0].First == i && hits[0].Last == i+1
}

// relativeBefore is the "who" that opens the clause of a verb at i, or 0: "an official who asked not to be named".
func (r *reading) relativeBefore(i, low int32) int32 {
	for j := i - 1; j > low && j > i-9 && !r.ends(j); j-- {
		if r.relative(j) {
			return j
		}
	}
	return 0
}

// nominative says whether a word is a pronoun that is a subject by itself.
func (r *reading) nominative(i int32) bool {
	switch strings.ToLower(r.surface(i)) {
	case "he", "she", "they", "it", "we", "i", "il", "elle", "ils", "elles", "on", "он", "она", "они", "él", "ella", "er", "وی", "او":
		return r.has(i, lexicon.Pronoun)
	}
	return false
}

func (r *reading) bracketOpen(i, low int32) int32 {
	for j := i - 1; j >= low && j > i-9; j-- {
		if r.mark(j) == '(' {
			return j
		}
	}
	return -1
}

// coordinates says whether "and" at i joins two noun phrases rather than two clauses: nothing before it in the clause
// is a verb.
func (r *reading) coordinates(i, low int32, p phrase) bool {
	if p.empty() || i == low || !r.tok(i-1).Is(lexicon.Word) {
		return false
	}
	for j := i - 1; j >= low && j > i-12; j-- {
		if r.ends(j) {
			break
		}
		if r.verb(j) || r.has(j, lexicon.Clause) {
			return false
		}
	}
	return true
}

// subject trims a phrase found leftwards: what leads into the clause is no part of its subject.
func (r *reading) subject(p phrase) phrase {
	for p.first < p.last && (r.has(p.first, lexicon.Conjunction) && !r.relative(p.first) || r.adverb(p.first) && !r.has(p.first, lexicon.Determiner)) {
		p.first++
	}
	if p.last-p.first > 1 && !r.english(p.first) && r.has(p.first, lexicon.Adverb) && !r.has(p.first, lexicon.Determiner) {
		p.first++
	}
	if !p.empty() && r.mark(p.first) == '-' {
		return phrase{p.last, p.last} // the tail of a name: «Bild»-Zeitung
	}
	if p.empty() || !r.has(p.first, lexicon.Preposition) && !(r.lower(p.first) && strings.HasSuffix(r.surface(p.first), "ing")) {
		return p
	}
	for i := p.last - 1; i > p.first; i-- {
		if r.heads(i) && !r.has(i-1, lexicon.Preposition|lexicon.Determiner) && !(r.capped(i) && r.capped(i-1)) && r.tok(i-1).Is(lexicon.Word) && !r.joint(i-1) {
			return phrase{i, p.last}
		}
	}
	return phrase{p.last, p.last}
}
