package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const (
	colonName = 6 // words at most before or after a headline's colon to be who says it
	nameSmall = 3 // of them that begin small, in English
)

// headlines reads the headline and every section head: "Name: what", "What: name", and plain sentences.
func (r *reading) headlines() {
	if r.a.Headline != nil {
		r.headline(r.tokensOf(*r.a.Headline), -1)
	}
	for n, p := range r.a.Sections {
		if p.Title != "" {
			r.headline(r.tokensOf(wiredesk.Span{Start: p.Start, End: p.Start + len(p.Title)}), n)
		}
	}
	r.section = -1
	r.memory.forget()
}

func (r *reading) headline(p phrase, section int) {
	r.section = section
	for i := p.first; i < p.last; i++ {
		if r.mark(i) == ':' && !r.quoted(i) || r.dash(i, p) {
			if r.colon(p, i, section) {
				return
			}
		}
	}
	r.read(r.trimmed(clause{first: p.first, last: p.last, title: true}), "headline")
}

// dash says whether a dash in a headline parts what from who.
func (r *reading) dash(i int32, p phrase) bool {
	return r.mark(i) == '-' && r.tok(i).Is(lexicon.Spaced) && i > p.first && i+1 < p.last && r.tok(i+1).Is(lexicon.Spaced)
}

// colon reads a headline parted at token i, by the side that names a source which the body lets speak or that is an
// outlet.
func (r *reading) colon(p phrase, i int32, section int) bool {
	before, after := phrase{p.first, i}, phrase{i + 1, p.last}
	prefix, suffix := r.colonSource(before, section), r.colonSource(after, section)
	switch {
	case suffix.ok && (!prefix.ok || suffix.weight > prefix.weight):
		r.addColon(after, before, i, "suffix", section, suffix)
	case prefix.ok && r.mark(i) == ':':
		r.addColon(before, after, i, "prefix", section, prefix)
	default:
		return false
	}
	return true
}

type colonSide struct {
	source
	ok     bool
	weight int
}

// colonSource weighs one side of a colon as the name of who speaks.
func (r *reading) colonSource(p phrase, section int) colonSide {
	if p.empty() || p.last-p.first > colonName || !r.tok(p.first).Is(lexicon.Word) {
		return colonSide{}
	}
	if tags, last := r.cueAt(p.first); tags&lexicon.Kicker != 0 && last == p.last {
		return colonSide{}
	}
	if hits := r.v.HitsIn(lexicon.Place, p.first, p.first+1); len(hits) > 0 && hits[0].Last == p.last {
		return colonSide{}
	}
	if r.v.Grammar() == "en" && r.lowerWords(p) > nameSmall {
		return colonSide{} // a clause: "Fishermen ask for a second page"
	}
	s, ok := r.classify(p)
	if !ok || s.by == "pronoun" || r.has(p.last-1, lexicon.Weekday|lexicon.Month) {
		return colonSide{}
	}
	side := colonSide{source: s, ok: true}
	tags := r.tagsEndingAt(p.last, p.first)
	switch {
	case s.kind == outlet:
		side.weight = 4
	case r.recurs(p, section):
		side.weight = 3
	case tags&(lexicon.Title|lexicon.Group) != 0 && !(r.v.Grammar() == "de" && r.has(p.first+1, lexicon.Preposition)):
		side.weight = 2
	default:
		side.ok = false
	}
	return side
}

// lowerWords counts the words of a phrase that begin small and are nobody's title or group.
func (r *reading) lowerWords(p phrase) int {
	n := 0
	for i := p.first; i < p.last; i++ {
		if t := r.tok(i); t.Is(lexicon.Word) && !t.Is(lexicon.Cap) && !r.has(i, lexicon.Title|lexicon.Group) {
			n++
		}
	}
	return n
}

// recurs says whether the last word of a name speaks somewhere in the text: a cue of report stands close to it.
func (r *reading) recurs(p phrase, section int) bool {
	hash := r.tok(p.last - 1).Hash
	first, last := int32(0), int32(len(r.v.Tokens))
	if section >= 0 {
		s := r.tokensOf(r.a.Sections[section].Span)
		first, last = s.first, s.last
	}
	for i := first; i < last; i++ {
		if r.tok(i).Hash != hash || i >= p.first && i < p.last {
			continue
		}
		for j := max(first, i-3); j < min(last, i+5); j++ {
			if tags, _ := r.cueAt(j); tags&(lexicon.Report|lexicon.According) != 0 {
				return true
			}
		}
	}
	return false
}

func (r *reading) addColon(who, content phrase, colon int32, side string, section int, s colonSide) {
	cueType := "headline_colon_" + side
	if r.mark(colon) == '-' {
		cueType = "headline_dash_" + side
	}
	for content.last > content.first && r.ends(content.last-1) && !r.quoted(content.last-1) {
		content.last--
	}
	l := link{
		role: s.role, who: who, id: s.id, name: s.name, by: s.by, cue: phrase{colon, colon + 1}, cueType: cueType,
		content: []phrase{content}, scope: "headline", parent: -1, section: section, where: who.first,
		rules: append([]string{strings.ReplaceAll(cueType, "_", "-")}, s.rules...),
	}
	r.links = append(r.links, l)
}
