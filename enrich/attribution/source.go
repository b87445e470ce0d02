package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// source is what a noun phrase next to a cue turns out to be.
type source struct {
	role  string
	id    string
	name  string
	by    string
	rules []string
	kind  kind
}

// kind is what later references need to know about a source.
type kind uint8

const (
	person kind = iota
	group
	outlet
	document
)

// classify reads a noun phrase as a source. It says false where the phrase cannot be one.
func (r *reading) classify(p phrase) (source, bool) {
	if p.empty() {
		return source{}, false
	}
	if s, ok := r.pronoun(p); ok {
		return s, s.role != ""
	}
	if s, ok := r.referenceSource(p); ok {
		return s, true
	}
	if s, ok := r.outletIn(p); ok {
		return s, s.role != ""
	}
	if p.last-p.first == 2 && r.has(p.last-1, lexicon.Media) && r.definite(p) || r.thisPress(p) {
		return r.reference(p)
	}
	if s, ok := r.unlisted(p); ok {
		return s, true
	}
	if s, ok := r.reference(p); ok {
		return s, true
	}
	head := r.headEnd(p)
	tags := r.tagsEndingAt(head, p.first)
	if first, _ := r.cueAt(p.first); first&lexicon.Document != 0 && !r.latin(p.first) && !r.tok(p.first).Is(lexicon.Single) {
		tags = first
	}
	if tags&lexicon.Document != 0 && tags&(lexicon.Title|lexicon.Group) == 0 {
		return source{role: wiredesk.RoleDocument, name: r.bare(p), by: "name", kind: document, rules: []string{"document-noun"}}, true
	}
	return r.speaker(p, tags)
}

// speaker reads a phrase as someone who speaks: a name, an office, a body, or any noun with a determiner.
func (r *reading) speaker(p phrase, tags lexicon.Tag) (source, bool) {
	s := source{role: wiredesk.RoleSpeaker, name: r.personName(p), by: "name", kind: person}
	if tags&lexicon.Group != 0 || r.plural(p) {
		s.kind = group
	}
	named := false
	if i := p.first; tags == 0 {
		if r.has(i, lexicon.Determiner) && i+1 < p.last {
			i++
		}
		tags = r.v.Tag(i) & (lexicon.Title | lexicon.Group)
	}
	for i := p.first; i < p.last; i++ {
		if r.capped(i) && !r.has(i, lexicon.Determiner|lexicon.Weekday|lexicon.Month|lexicon.Pronoun) {
			named = true
		}
		if r.tok(i).Is(lexicon.Arabic) || r.tok(i).Is(lexicon.Single) || !r.latin(i) && r.has(i, lexicon.Title|lexicon.Group) {
			named = true
		}
	}
	switch {
	case p.last-p.first == 1 && r.has(p.first, lexicon.Adverb):
		return s, false
	case tags&(lexicon.Title|lexicon.Group) != 0:
		s.rules = append(s.rules, "office-noun")
	case named:
		s.rules = append(s.rules, "proper-name")
	case r.has(p.first, lexicon.Determiner) && p.last-p.first > 1 || !r.english(p.first) && r.latin(p.first) && r.pluralNoun(p.last-1) || p.last-p.first > 1 && r.pluralNoun(p.last-1):
		s.rules = append(s.rules, "noun-phrase")
	case !r.latin(p.first) && r.tok(p.first).Is(lexicon.Word) && !r.has(p.first, lexicon.Preposition|lexicon.Conjunction):
		s.rules = append(s.rules, "noun-phrase")
	default:
		return s, false
	}
	return s, true
}

// headEnd is the token after the head noun of a phrase: what stands before the first preposition or bracket.
func (r *reading) headEnd(p phrase) int32 {
	first := p.first + 1
	if tags, last := r.cueAt(p.first); tags&lexicon.Media != 0 && last < p.last {
		first = max(first, last)
	} else if tags, last := r.cueAt(min(first, p.last-1)); tags&lexicon.Media != 0 && last < p.last {
		first = last
	}
	if tags, last := r.cueAt(min(first, p.last-1)); tags&lexicon.MediaQuality != 0 && last <= p.last && !r.english(p.first) {
		first = max(first, last)
	}
	for i := first; i < p.last; i++ {
		if r.has(i, lexicon.Preposition) && !r.capped(i) || r.mark(i) == '(' || r.mark(i) == ',' || r.relative(i) || r.has(i, lexicon.Participle) {
			return i
		}
	}
	return p.last
}

// tagsEndingAt are the tags of the cues, of one word or several, that end at a token: those of the head noun.
func (r *reading) tagsEndingAt(end, first int32) lexicon.Tag {
	for i := max(first, end-4); i < end; i++ {
		if tags, last := r.cueAt(i); last == end && tags != 0 {
			return tags
		}
	}
	return 0
}

// plural says whether a phrase speaks of several.
func (r *reading) plural(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if r.joint(i) {
			return true
		}
	}
	return r.pluralNoun(r.headEnd(p) - 1)
}

func (r *reading) pluralNoun(i int32) bool {
	s := r.surface(i)
	return r.lower(i) && strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") || s == "people"
}

// bare is a phrase without its determiner.
func (r *reading) bare(p phrase) string {
	if p.last-p.first > 1 && r.has(p.first, lexicon.Determiner) {
		p.first++
	}
	return r.words(p)
}

// personName is the name within a phrase: the capitalised words after the last title, without what follows "of"; of an
// office with a name after a comma, the name.
func (r *reading) personName(p phrase) string {
	end := p.last
	for i := p.first + 1; i < p.last; i++ {
		if r.mark(i) == ',' || r.relative(i) || r.mark(i) == '(' {
			end = i
			break
		}
	}
	if end+2 < p.last && r.mark(end) == ',' && !r.capped(end-1) && r.capped(end+1) && r.capped(end+2) && r.latin(end+1) {
		return r.words(phrase{end + 1, r.nameEnd(end+1, p.last)})
	}
	first := r.afterTitle(p.first, end)
	if first == p.first {
		return r.bare(phrase{p.first, end})
	}
	return r.words(phrase{first, r.nameEnd(first, end)})
}

// afterTitle is the token after the last title before a capitalised name.
func (r *reading) afterTitle(first, end int32) int32 {
	after := first
	for i := first; i < end; i++ {
		tags, last := r.cueAt(i)
		if tags&lexicon.Title == 0 || last >= end {
			continue
		}
		if r.mark(last) == '.' && last+1 < end {
			last++
		}
		if r.capped(last) && !r.has(last, lexicon.Preposition) {
			after = last
		}
	}
	return after
}

// nameEnd is the token after the capitalised words, and the particles among them, that begin at first.
func (r *reading) nameEnd(first, end int32) int32 {
	last := first
	for last < end && (r.capped(last) || !r.tok(last).Is(lexicon.Word) && !r.ends(last) || nameParticles[r.surface(last)]) {
		last++
	}
	for last > first+1 && !r.tok(last-1).Is(lexicon.Word) {
		last--
	}
	return last
}

var nameParticles = map[string]bool{"al": true, "bin": true, "von": true, "van": true, "de": true, "der": true, "el": true, "del": true, "da": true}
