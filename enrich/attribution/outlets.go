package attribution

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// outletIn reads a phrase that names an outlet of the lexicon. It answers true with an empty role where an outlet is
// named but not credited.
func (r *reading) outletIn(p phrase) (source, bool) {
	for i := p.first; i < p.last; i++ {
		n := r.outletAt[i]
		if n == 0 {
			continue
		}
		h := r.v.Hits(lexicon.Outlet)[n-1]
		if h.Last > p.last {
			continue
		}
		if s, ok := r.outletRole(p, h); ok {
			return s, true
		}
		i = h.Last - 1
	}
	return source{}, false
}

// outletRule is the rule that read a form of a class as its outlet.
func outletRule(c lexicon.Class) string {
	switch c {
	case lexicon.Safe:
		return "outlet-A"
	case lexicon.Acronym:
		return "outlet-B"
	}
	return "outlet-C"
}

func (r *reading) outletRole(p phrase, h lexicon.Hit) (source, bool) {
	e := r.v.Entry(h)
	if !r.evidence(p, h, e) {
		return source{}, false
	}
	s := source{role: wiredesk.RoleCited, id: e.ID, name: e.Name, by: "name", kind: outlet, rules: []string{outletRule(e.Class)}}
	next := h.Last
	if next < p.last && (r.quoted(next) && !r.tok(next).Is(lexicon.Word) || r.mark(next) == '》') {
		next++
	}
	if next+1 < p.last && r.mark(next) == '-' && r.mediaTail(next+1) {
		next++
	}
	for next < p.last && r.mediaTail(next) {
		_, next = r.cueAt(next)
		s.rules = append(s.rules, "agency-noun")
	}
	if r.possessive(next) {
		next += 2
	}
	lead := r.leadIn(p, h)
	switch {
	case lead == leadOther:
		return source{}, false
	case next >= p.last, r.mark(next) == '(', r.mark(next) == ')', r.mark(next) == ',', r.relative(next), r.has(next, lexicon.Preposition), r.joint(next):
		return s, true
	}
	before := h.First
	if before > p.first && !r.tok(before-1).Is(lexicon.Word) {
		before-- // «
	}
	if lead == leadNone && !r.latin(next) && (r.has(h.First, lexicon.Media) || before > p.first && r.tagsEndingAt(before, p.first)&lexicon.Media != 0) {
		return s, true
	}
	tags, _ := r.cueAt(next)
	headTags := r.tagsEndingAt(r.headEnd(phrase{next, p.last}), next)
	switch {
	case r.surface(next) == "poll", r.surface(next) == "survey", r.surface(p.last-1) == "poll", r.mark(next) == '/' && headTags&lexicon.Document != 0:
		s.role, s.kind = wiredesk.RolePoll, document
		return s, true
	case (tags|headTags)&(lexicon.Document|lexicon.Media) != 0:
		return s, true
	case tags&lexicon.Title != 0 && r.witness(next):
		s.rules = append(s.rules, "own-correspondent")
		return s, next+1 == p.last || r.has(next+1, lexicon.Preposition)
	}
	return source{}, false
}

// How a phrase leads to the outlet's name within it.
const (
	leadNone  = iota // "the Syrian news agency SANA", "Reuters"
	leadVia          // "a report by Reuters"
	leadOther        // "the editor of the Guardian"
)

func (r *reading) leadIn(p phrase, h lexicon.Hit) int {
	prep := int32(-1)
	for i := p.first; i < h.First; i++ {
		if r.has(i, lexicon.Preposition) {
			prep = i
			break
		}
	}
	if prep < 0 {
		if lead := r.tagsEndingAt(h.First, p.first); h.First > p.first && lead&(lexicon.Title|lexicon.Group) != 0 && lead&(lexicon.Media|lexicon.MediaQuality) == 0 {
			return leadOther
		}
		return leadNone
	}
	if prep+1 < h.First && r.surface(prep+1) == "Auftrag" {
		return leadOther
	}
	tags := r.tagsEndingAt(prep, p.first)
	if tags&(lexicon.Document|lexicon.Media) != 0 && tags&lexicon.Title == 0 {
		return leadVia
	}
	return leadOther
}

// mediaTail says whether the words at i belong to an outlet's name as its kind: "Reuters news agency", "TASS said".
func (r *reading) mediaTail(i int32) bool {
	tags, last := r.cueAt(i)
	return tags&lexicon.Media != 0 && tags&lexicon.Document == 0 && last > i
}

func (r *reading) possessive(i int32) bool {
	if int(i)+1 >= len(r.v.Tokens) || r.mark(i) != '\'' || r.tok(i).Is(lexicon.Spaced) || r.tok(i+1).Is(lexicon.Spaced) {
		return false
	}
	return r.surface(i+1) == "s" || r.v.Grammar() == "tr" && r.lower(i+1)
}

// witness says whether a title is that of an outlet's own eye: its correspondent saw what it reports.
func (r *reading) witness(i int32) bool {
	switch r.surface(i) {
	case "correspondent", "reporter", "journalist", "photographer", "witness", "stringer":
		return true
	}
	return false
}

// evidence says whether a form may be read as its outlet next to a cue. Acronyms have their case and the cue; ordinary
// words need an article or a noun of the press besides.
func (r *reading) evidence(p phrase, h lexicon.Hit, e *lexicon.Entry) bool {
	if e.Class != lexicon.Common {
		return true
	}
	if h.Last-h.First > 1 && r.latin(h.First) && !r.shouting && !r.capped(h.Last-1) {
		return false // "the paper" is none of them
	}
	if r.licensed[e.ID] || h.Last-h.First > 1 && !r.tok(h.First).Is(lexicon.Single) || h.First > 0 && (r.mark(h.First-1) == '«' || r.mark(h.First-1) == '"' || r.mark(h.First-1) == '《') {
		return true
	}
	if h.Last < p.last && r.mediaTail(h.Last) {
		return true
	}
	for i := h.Last; i < min(p.last, h.Last+8); i++ {
		if tags, _ := r.cueAt(i); tags&lexicon.Media != 0 && r.mark(h.Last) == ',' {
			return true
		}
	}
	for i := max(p.first, h.First-4); i < h.First; i++ {
		if tags, _ := r.cueAt(i); tags&lexicon.Media != 0 {
			return true
		}
	}
	if h.First > 0 && (r.has(h.First-1, lexicon.Media) || r.surface(h.First-1) == "خبرنگار" || r.surface(h.First-1) == "مراسل" || r.surface(h.First-1) == "مراسلة" || r.contracted(h)) {
		return true
	}
	if r.foreign(h) {
		return true
	}
	the := h.First > p.first && r.has(h.First-1, lexicon.Determiner)
	return the && h.Last == p.last && r.capped(h.First)
}

// contracted says whether an article that is written as one with a preposition leads to a name: "informations du Monde".
func (r *reading) contracted(h lexicon.Hit) bool {
	switch r.surface(h.First - 1) {
	case "du", "au", "del":
		return r.capped(h.First) && !r.english(h.First)
	}
	return false
}

// foreign says whether a name in Latin letters stands among words of another script, where it can be nothing but a name.
func (r *reading) foreign(h lexicon.Hit) bool {
	return r.latin(h.First) && (r.otherScript(h.First-1) || r.otherScript(h.Last))
}

func (r *reading) otherScript(i int32) bool {
	return i >= 0 && int(i) < len(r.v.Tokens) && r.tok(i).Is(lexicon.Word) && !r.tok(i).Is(lexicon.Digit) && !r.latin(i)
}

// expansions notes the outlets that the text names in full, or by a form that needs no evidence: after that their
// ambiguous forms may stand alone.
func (r *reading) expansions() {
	for _, h := range r.v.Hits(lexicon.Outlet) {
		if e := r.v.Entry(h); e.Class == lexicon.Safe {
			if r.licensed == nil {
				r.licensed = map[string]bool{}
			}
			r.licensed[e.ID] = true
		}
	}
}
