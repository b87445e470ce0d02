package attribution

import (
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
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
	if last < high && (r.outletAt[last] > 0 || r.has(last, lexicon.MediaQuality) || last+1 < high && r.opensName(last) && r.outletAt[last+1] > 0) {
		return i
	}
	return last
}

// toldPersian says whether به stands before an outlet, its reporter or a word for one, up to the verb.
func (r *reading) toldPersian(i, last int32) bool {
	for j := i; j < min(last, i+4); j++ {
		if tags, _ := r.cueAt(j); r.outletAt[j] > 0 || tags&lexicon.Media != 0 {
			return true
		}
		if !r.has(j, lexicon.Determiner|lexicon.MediaQuality) && r.surface(j) != "خبرنگار" {
			return false
		}
	}
	return false
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

// namedInMarks says whether what a quotation before a verb holds is more than the name of its subject: «Washington Post».
func (r *reading) namedInMarks(j int32, c clause) bool {
	return r.english(j) || r.outletBefore(j, c.first).empty()
}

// passiveAfter reads "cited by X" after another credit, whose content it shares: "según fuentes citadas por X, C", "C,
// selon la police, citée par X", and Arabic "said in a statement carried by X that C".
func (r *reading) passiveAfter(cue phrase, c clause, before []event) (event, bool) {
	e, ok := r.passive(cue, c)
	n := len(before)
	if !ok || n == 0 || r.english(cue.first) || !e.quoted.empty() {
		return e, ok
	}
	b := &before[n-1]
	switch at := r.pastMark(e.who.last, c); {
	case b.cueType == "prep_front" && (b.right.first == cue.first || r.comesAfter(b.who.last, cue.first)):
		b.right = phrase{at, c.last}
		e.left, e.right, e.nested = phrase{}, b.right, true
	case b.cueType == "prep_tail" && r.comesAfter(b.who.last, cue.first):
		b.right = phrase{}
		e.left, e.right = b.left, phrase{}
	case r.tok(cue.first).Is(lexicon.Arabic) && at < c.last && r.has(at, lexicon.Clause) && b.right.first < cue.first:
		b.right = phrase{at, c.last}
		e.left, e.right, e.nested = phrase{}, b.right, true
	}
	return e, !e.left.empty() || !e.right.empty()
}

// thisPress says whether a phrase is "this" and nouns of the press only, in Persian or Arabic: این شبکه خبری.
func (r *reading) thisPress(p phrase) bool {
	if s := r.surface(p.first); p.last-p.first < 2 || s != "این" && s != "هذه" && s != "هذا" && s != "همین" {
		return false
	}
	for i := p.first + 1; i < p.last; i++ {
		if !r.has(i, lexicon.Media|lexicon.MediaQuality) {
			return false
		}
	}
	return r.has(p.first+1, lexicon.Media)
}

// toldOfThis is the outlet in "Об этом X сообщил Y": Y told it what the sentence before says.
func (r *reading) toldOfThis(j int32, c clause) phrase {
	if j-c.first < 3 || r.surface(c.first+1) != "этом" {
		return phrase{}
	}
	p := r.outletBefore(j, c.first+2)
	if p.first != c.first+2 {
		return phrase{}
	}
	return p
}

// lookBack and reachMark bound the tokens that are looked through for one cue, so that copy without any stop stays
// cheap.
const (
	lookBack  = 240
	reachMark = 80
)

// outletNamed is the newest outlet that copy in another language than English names without crediting it, for a noun that
// stands for it: "le quotidien Libération a consulté le rapport. Le journal précise …". It looks back as far as pronouns do.
func (r *reading) outletNamed(before int32, noun string) (mention, bool) {
	if r.english(before) {
		return mention{}, false
	}
	first := r.v.Sentences[max(0, r.memory.sentence-reach)].First
	if r.section >= 0 {
		first = max(first, r.tokensOf(r.a.Sections[r.section].Span).first)
	}
	for i := before - 1; i >= max(first, r.cut, before-lookBack); i-- {
		n := r.outletAt[i]
		if n == 0 {
			continue
		}
		h := r.v.Hits(lexicon.Outlet)[n-1]
		i = h.First
		e := r.v.Entry(h)
		room, kinds := r.v.Room(e.ID), called[noun]
		if room != nil && kinds != nil && !slices.Contains(kinds, room.Kind) || !r.evidence(phrase{h.First, h.Last}, h, e) {
			continue
		}
		return mention{kind: outlet, id: e.ID, name: e.Name, role: wiredesk.RoleCited}, true
	}
	return mention{}, false
}

// beforeMedium is where a French or Spanish object ends that is followed by the paper it was said in: "confirmó el canje
// en un mensaje".
func (r *reading) beforeMedium(first, last int32) int32 {
	if g := r.v.Grammar(); g != "es" && g != "fr" || r.has(first, lexicon.Clause) {
		return last
	}
	for i := first + 1; i+2 < min(last, first+reachMark) && !r.ends(i) && !r.quoted(i) && !r.has(i, lexicon.Clause); i++ {
		if s := r.surface(i); (s == "en" || s == "dans") && r.has(i+1, lexicon.Determiner) && r.has(i+2, lexicon.Document) {
			return i
		}
	}
	return last
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
