package attribution

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// unlisted reads an outlet noun with a name or a quality, which the lexicon does not know: "state television", "a local
// newspaper". Its id is empty.
func (r *reading) unlisted(p phrase) (source, bool) {
	head := r.headEnd(p)
	s := source{role: wiredesk.RoleCited, name: r.bare(phrase{p.first, head}), by: "name", kind: outlet, rules: []string{"media-noun"}}
	for i := max(p.first, head-6); i < head; i++ {
		tags, last := r.cueAt(i)
		if i > p.first && tags&lexicon.Media != 0 && !r.latin(i) && r.tagsEndingAt(i, p.first)&lexicon.Title != 0 {
			return s, false // собеседник агентства
		}
		if tags&lexicon.Agencies != 0 && last == head {
			s.name = r.words(phrase{i, last})
			return s, true
		}
		if tags&lexicon.Media == 0 || r.capped(i) && i > p.first && r.has(i-1, lexicon.Title|lexicon.Given) && r.latin(i) || last == head && r.onlyNoun(i, last) {
			continue
		}
		if last == head-1 && r.reports(last) {
			return s, true
		}
		if last < head && !r.named(last, head) && !r.nounFirst(i, last, p) {
			continue
		}
		if tags&lexicon.MediaQuality != 0 || i > p.first && r.leadsNoun(p.first, i) || r.qualified(p.first, i) || last-i > 1 || last < head || r.nounFirst(i, last, p) {
			return s, true
		}
	}
	return s, false
}

// onlyNoun says whether a cue of two words is an article and a noun of the press: "le journal", "l'agence".
func (r *reading) onlyNoun(i, last int32) bool {
	return r.has(i, lexicon.Determiner) && (last-i == 2 || last-i == 3 && r.mark(i+1) == '\'')
}

// leadsNoun says whether the words before a noun of the press make it a source in a language without capitals for it:
// in Arabic and Persian only words such as "a" and "this" stand before it, in others qualities do.
func (r *reading) leadsNoun(first, i int32) bool {
	if !r.tok(i).Is(lexicon.Arabic) {
		return !r.latin(i)
	}
	for j := first; j < i; j++ {
		if !r.has(j, lexicon.Determiner|lexicon.MediaQuality|lexicon.Adverb) {
			return false
		}
	}
	return true
}

func (r *reading) reports(i int32) bool {
	switch r.surface(i) {
	case "reports", "report", "accounts":
		return true
	}
	return false
}

// named says whether the tokens are a proper name, which follows its noun: "newspaper Valley Herald".
func (r *reading) named(first, last int32) bool {
	for i := first; i < last; i++ {
		if !r.capped(i) && r.tok(i).Is(lexicon.Word) {
			return false
		}
	}
	return last > first
}

// qualified says whether a name or a quality of outlets stands before the noun at i.
func (r *reading) qualified(first, i int32) bool {
	for j := first; j < i; j++ {
		if r.capped(j) && !r.has(j, lexicon.Determiner|lexicon.Preposition) || r.has(j, lexicon.MediaQuality) {
			return true
		}
	}
	return false
}

// nounFirst says whether a noun of the press opens its phrase and its name or quality follows, as in Arabic, Persian and
// the Romance languages.
func (r *reading) nounFirst(i, last int32, p phrase) bool {
	if last >= p.last || i > p.first+1 {
		return false
	}
	switch r.v.Grammar() {
	case "fr", "es":
		tags, _ := r.cueAt(last)
		return tags&lexicon.MediaQuality != 0 || r.capped(last)
	}
	return r.tok(i).Is(lexicon.Arabic) && !r.has(last, lexicon.Preposition|lexicon.Conjunction|lexicon.Clause|lexicon.Adverb)
}
