package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const maxPhrase = 26 // tokens of a noun phrase; look-ahead and look-back stop there

// ends says whether a mark parts clauses.
func (r *reading) ends(i int32) bool {
	t := r.tok(i)
	switch t.Rune {
	case ',', ';', ':', '،', '؛', '.', '!', '?', '؟', '。', '、', '…', '"', '“', '”', '«', '»', '「', '」', '|':
		return t.Rune != '.' || !r.shortens(i)
	case '-':
		return t.Is(lexicon.Spaced) || int(i)+1 < len(r.v.Tokens) && r.tok(i+1).Is(lexicon.Spaced)
	}
	return false
}

// shortens says whether a full stop stands after an abbreviation or inside a name.
func (r *reading) shortens(i int32) bool {
	if i == 0 || int(i)+1 >= len(r.v.Tokens) {
		return false
	}
	before := r.tok(i - 1)
	return r.has(i-1, lexicon.Abbreviation) || before.End-before.Start <= 2 && before.Is(lexicon.Cap) || !r.tok(i+1).Is(lexicon.Spaced)
}

// lower says whether a token is a word without a capital.
func (r *reading) lower(i int32) bool {
	t := r.tok(i)
	return t.Is(lexicon.Word) && t.Flags&(lexicon.Cap|lexicon.Digit) == 0
}

// latin says whether a word is written in Latin letters.
func (r *reading) latin(i int32) bool { return r.v.Text[r.tok(i).Start] < 0xCE }

// english says whether a word stands in English grammar.
func (r *reading) english(i int32) bool { return r.v.Grammar() == "en" && r.latin(i) }

// cased says whether a word is of a script with capitals.
func (r *reading) cased(i int32) bool { return r.v.Text[r.tok(i).Start] < 0xD6 }

func (r *reading) capped(i int32) bool { return r.tok(i).Is(lexicon.Cap) }

// adverb says whether a word may stand between subject and verb.
func (r *reading) adverb(i int32) bool {
	if !r.tok(i).Is(lexicon.Word) {
		return false
	}
	return r.has(i, lexicon.Adverb) && !r.capped(i) || r.lower(i) && strings.HasSuffix(r.surface(i), "ly")
}

// verb says whether a word is a finite verb that the lexicon knows: a helper or a verb of report.
func (r *reading) verb(i int32) bool {
	if r.has(i, lexicon.Auxiliary) {
		return true
	}
	if !r.lower(i) {
		return false
	}
	tags, last := r.cueAt(i)
	if r.tok(i).Is(lexicon.Single) && last == i+1 {
		return r.speechRune(i)
	}
	return tags&(lexicon.Report|lexicon.Weak) != 0 && tags&(lexicon.Document|lexicon.Group|lexicon.Title) == 0
}

// speechRune says whether a single ideograph, 说 or 称, is a verb here and no part of a longer word: a mark follows, or a
// quotation stands before it.
func (r *reading) speechRune(i int32) bool {
	if !r.has(i, lexicon.Report) || int(i)+1 >= len(r.v.Tokens) {
		return false
	}
	return r.ends(i+1) || r.quoted(i+1)
}

// insideVerb says whether an ideograph is the second of a verb: 引 of 援引.
func (r *reading) insideVerb(i int32) bool {
	if !r.tok(i).Is(lexicon.Single) || i == 0 {
		return false
	}
	tags, last := r.cueAt(i - 1)
	return tags&lexicon.Report != 0 && last == i+1
}

// relative says whether a word opens a relative clause.
func (r *reading) relative(i int32) bool {
	switch r.surface(i) {
	case "who", "which", "whose", "qui", "которая", "который", "которые", "الذي", "التي", "quien":
		return true
	}
	return false
}

// joint says whether a word is "and".
func (r *reading) joint(i int32) bool {
	switch r.surface(i) {
	case "and", "or", "y", "e", "et", "und", "и", "و", "ve", "&", "和":
		return true
	}
	return false
}

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
		case r.ends(i), r.mark(i) == '(', r.has(i, lexicon.Clause) && !r.has(i+1, lexicon.Report):
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
		case r.has(i, lexicon.Conjunction), r.verb(i), r.adverb(i) && p.first < last && !r.has(i, lexicon.Determiner):
			return r.subject(p)
		}
		p.first = i
	}
	return r.subject(p)
}

// outletBefore is the outlet that ends at token last, with its kind and article: it needs no help from punctuation.
func (r *reading) outletBefore(last, low int32) phrase {
	end := last
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
	first := h.First
	if first > low && r.joint(first-1) || first > low && (r.mark(first-1) == '/' || r.has(first-1, lexicon.Preposition)) {
		return phrase{}
	}
	for first > low && first > h.First-8 {
		if start := r.mediaStart(first, low); start < first {
			first = start
			continue
		}
		if tags := r.v.Tag(first - 1); tags&(lexicon.Media|lexicon.MediaQuality|lexicon.Determiner) == 0 && !r.demonym(first-1) {
			break
		}
		first--
		if r.has(first, lexicon.Determiner) {
			break
		}
	}
	return phrase{first, last}
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

// heads says whether a token may begin a noun phrase.
func (r *reading) heads(i int32) bool {
	return r.has(i, lexicon.Determiner|lexicon.Pronoun|lexicon.Group|lexicon.Title) || r.capped(i)
}

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
		case r.ends(i), r.mark(i) == ')', r.has(i, lexicon.Clause), r.relative(i), i > first && r.leadsOn(i), r.german(first, i):
			return r.object(p)
		case r.joint(i):
			if i == first || i+1 >= high || !r.heads(i+1) && !r.lower(i+1) || r.verb(i+1) || r.has(i+1, lexicon.Participle) {
				return r.object(p)
			}
		case r.has(i, lexicon.Auxiliary) && i > first, r.verb(i) && i > first, r.has(i, lexicon.Participle):
			return r.object(p)
		case r.has(i, lexicon.Conjunction), r.has(i, lexicon.Weekday) && r.capped(i), r.adverb(i) && i > first:
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
	for j := i + 1; j < min(int32(len(r.v.Tokens)), i+4); j++ {
		if tags, _ := r.cueAt(j); r.outletAt[j] > 0 || tags&lexicon.Media != 0 && r.capped(i-1) && !r.has(i-1, lexicon.Title) {
			return !r.has(i-1, lexicon.Media|lexicon.Title)
		}
	}
	return false
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
