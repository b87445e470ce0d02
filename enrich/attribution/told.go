package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// pressTold is the token after a noun of the press that says who was told, without a name: агентству, للصحيفة, à la
// chaîne, der Zeitung. It is i where there is none.
func (r *reading) pressTold(i, high int32) int32 {
	j := i
	for j < high && j < i+3 && (r.directed(j) || r.has(j, lexicon.Determiner) || r.mark(j) == '\'') {
		j++
	}
	tags, last := r.cueAt(min(j, high-1))
	if j >= high || tags&lexicon.Media == 0 || last > high {
		return i
	}
	if !r.directed(i) && !r.lam(i) && !r.dativeNoun(last-1) {
		return i
	}
	if last < high && (r.outletAt[last] > 0 || r.has(last, lexicon.MediaQuality)) {
		return i
	}
	return last
}

// pressFollows says whether an outlet, or a noun of the press, stands after a verb that follows a comma: in languages
// that turn verb and subject round it is the subject.
func (r *reading) pressFollows(i int32, c clause) bool {
	if r.english(i-1) || r.v.Grammar() == "tr" && r.latin(i-1) || r.tok(i-1).Is(lexicon.Single) {
		return false
	}
	i = r.pastDay(i, c)
	for j := i; j < min(c.last, i+5) && !r.ends(j); j++ {
		tags, _ := r.cueAt(j)
		if r.outletAt[j] > 0 || tags&lexicon.Media != 0 {
			return !r.directed(i)
		}
		if !r.has(j, lexicon.Determiner|lexicon.MediaQuality) && r.mark(j) != '\'' && !r.lowDemonym(j) {
			return false
		}
	}
	return false
}

// dropsSubject says whether a Spanish verb after a quotation leaves its subject out: "C", insistió en una entrevista.
func (r *reading) dropsSubject(e *event, j int32, c clause) bool {
	if r.v.Grammar() != "es" || !r.latin(e.cue.first) || r.quoteEnding(j) < 0 {
		return false
	}
	next := e.cue.last
	if next < c.last && !r.ends(next) && !(r.has(next, lexicon.Preposition) && !r.directed(next)) {
		return false
	}
	e.who = phrase{}
	return true
}

// dativeNoun says whether a Russian noun of the press is in the dative: агентству, газете, изданию.
func (r *reading) dativeNoun(i int32) bool {
	s := r.surface(i)
	return strings.HasSuffix(s, "у") || strings.HasSuffix(s, "ю") || s == "газете"
}

// toldPress resolves a noun of the press that was told to the newest outlet; without one it is nobody.
func (r *reading) toldPress(p phrase) (source, bool) {
	if p.empty() || r.pressTold(p.first, p.last) != p.last && !r.definite(p) {
		return source{}, false
	}
	m, ok := r.memory.last(func(m mention) bool { return m.kind == outlet })
	return source{id: m.id, name: m.name, by: "coref_np", kind: outlet, rules: []string{"reference"}}, ok
}
