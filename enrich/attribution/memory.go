package attribution

import (
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// memory is who has spoken or been credited in the section, newest last. It is emptied at every section head.
type memory struct {
	said     []mention
	sentence int
}

type mention struct {
	kind     kind
	name     string
	id       string
	role     string
	words    phrase
	sentence int
	subject  bool // it was the subject of a verb, rather than named after a preposition
}

// reach is how many sentences back a pronoun may point.
const reach = 4

func (m *memory) forget() { m.said = m.said[:0] }

func (m *memory) note(s source, p phrase, subject bool) {
	if len(m.said) > 64 {
		m.said = append(m.said[:0], m.said[32:]...)
	}
	m.said = append(m.said, mention{kind: s.kind, name: s.name, id: s.id, role: s.role, words: p, sentence: m.sentence, subject: subject})
}

// last is the newest mention of a kind within reach.
func (m *memory) last(fits func(mention) bool) (mention, bool) {
	for i := len(m.said) - 1; i >= 0; i-- {
		if m.sentence-m.said[i].sentence > reach {
			break
		}
		if fits(m.said[i]) {
			return m.said[i], true
		}
	}
	return mention{}, false
}

// pronoun reads a phrase that is one pronoun. It answers true with an empty role for one that cannot speak.
func (r *reading) pronoun(p phrase) (source, bool) {
	if p.last-p.first != 1 || !r.has(p.first, lexicon.Pronoun) {
		return source{}, false
	}
	word := strings.ToLower(r.surface(p.first))
	s := source{role: wiredesk.RoleSpeaker, name: r.surface(p.first), by: "pronoun", rules: []string{"pronoun"}}
	var want func(mention) bool
	switch word {
	case "he", "she", "er", "il", "elle", "él", "ella", "он", "она", "وی", "او", "هو", "هي", "他", "她", "o":
		want = func(m mention) bool { return m.kind == person }
	case "they", "sie", "ils", "elles", "ellos", "ellas", "они", "آنها", "هم", "他们", "她们", "onlar":
		want = func(m mention) bool { return m.kind == group }
		s.kind = group
	case "it", "es", "оно", "其":
		want = func(m mention) bool { return m.kind != person }
		s.kind = outlet
	case "i", "we", "one", "those", "everyone", "someone", "nobody":
		return s, true
	default:
		return source{}, true
	}
	m, ok := r.memory.last(func(m mention) bool { return m.subject && want(m) && r.memory.sentence-m.sentence <= 1 })
	if !ok {
		m, ok = r.memory.last(want)
	}
	if ok {
		s.name, s.kind, s.id, s.role = m.name, m.kind, m.id, m.role
		if s.role == wiredesk.RoleVenue || s.role == wiredesk.RoleOrigin {
			s.role = wiredesk.RoleCited
		}
	} else if word == "it" {
		s.kind = group
	}
	return s, true
}

// reference reads a definite description without a name: "the Russian leader", "the agency". It resolves to the newest
// mention that agrees in number and kind, and stays unresolved where there is none.
func (r *reading) reference(p phrase) (source, bool) {
	if !r.definite(p) && !r.loneNoun(p) {
		return source{}, false
	}
	head := r.headEnd(p)
	tags := r.tagsEndingAt(head, p.first)
	if r.thisPress(p) {
		tags = lexicon.Media
	}
	switch {
	case tags&lexicon.Media != 0:
		noun := r.surface(head - 1)
		if r.thisPress(p) {
			noun = r.surface(p.first + 1)
		}
		m, ok := r.outletCalled(noun)
		if !ok {
			m, ok = r.outletNamed(p.first, noun)
		}
		if !ok {
			return source{role: wiredesk.RoleSpeaker, name: r.bare(p), by: "name", kind: group, rules: []string{"press-noun-unlicensed"}}, true
		}
		return source{role: wiredesk.RoleCited, id: m.id, name: m.name, by: "coref_np", kind: outlet, rules: []string{"reference"}}, true
	case tags&lexicon.Document != 0:
		return source{role: wiredesk.RoleDocument, name: r.bare(p), by: "coref_np", kind: document, rules: []string{"document-noun"}}, true
	case tags&(lexicon.Title|lexicon.Group) == 0:
		return source{}, false
	}
	want := person
	if tags&lexicon.Group != 0 && tags&lexicon.Title == 0 {
		want = group
	}
	s := source{role: wiredesk.RoleSpeaker, name: r.bare(p), by: "coref_np", kind: want, rules: []string{"reference"}}
	noun := r.surface(head - 1)
	m, ok := r.memory.last(func(m mention) bool { return m.kind == want && strings.Contains(r.words(m.words), noun) })
	if !ok && want == person && generic[noun] {
		m, ok = r.memory.last(func(m mention) bool { return m.kind == person })
	}
	if ok {
		s.name = m.name
	}
	return s, true
}

// called are the kinds of outlet that an English noun may stand for.
var called = map[string][]string{
	"agency": {"agency"}, "newspaper": {"newspaper"}, "paper": {"newspaper"}, "daily": {"newspaper"}, "tabloid": {"newspaper"},
	"weekly": {"newspaper", "magazine"}, "magazine": {"magazine"}, "channel": {"broadcaster"}, "broadcaster": {"broadcaster"},
	"station": {"broadcaster"}, "television": {"broadcaster"}, "network": {"broadcaster"}, "radio": {"broadcaster"},
	"agence": {"agency"}, "quotidien": {"newspaper"}, "journal": {"newspaper"}, "chaîne": {"broadcaster"}, "agencia": {"agency"},
	"diario": {"newspaper"}, "periódico": {"newspaper"}, "rotativo": {"newspaper"}, "cadena": {"broadcaster"}, "emisora": {"broadcaster"},
	"Agentur": {"agency"}, "Nachrichtenagentur": {"agency"}, "Zeitung": {"newspaper"}, "Blatt": {"newspaper"}, "Sender": {"broadcaster"},
	"Ajans": {"agency"}, "Gazete": {"newspaper"}, "Kanal": {"broadcaster"}, "агентство": {"agency"}, "газета": {"newspaper"}, "телеканал": {"broadcaster"},
	"الوكالة": {"agency"}, "الصحيفة": {"newspaper"}, "الجريدة": {"newspaper"}, "القناة": {"broadcaster"}, "الشبكة": {"broadcaster"},
	"خبرگزاری": {"agency"}, "روزنامه": {"newspaper"}, "شبکه": {"broadcaster"}, "报": {"newspaper"}, "社": {"agency"}, "通讯社": {"agency"}, "台": {"broadcaster"},
	"电视台": {"broadcaster"},
}

// outletCalled is the newest outlet that a noun may stand for; of those that the lexicon does not know, any.
func (r *reading) outletCalled(noun string) (mention, bool) {
	kinds := called[noun]
	return r.memory.last(func(m mention) bool {
		if m.kind != outlet {
			return false
		}
		if room := r.v.Room(m.id); room != nil || kinds == nil {
			return kinds == nil || slices.Contains(kinds, room.Kind)
		}
		return r.mayBe(m.words, kinds)
	})
}

// mayBe says whether the nouns of an outlet that the lexicon does not know allow one of the kinds.
func (r *reading) mayBe(p phrase, kinds []string) bool {
	for i := p.first; i < p.last; i++ {
		if own := called[strings.ToLower(r.surface(i))]; own != nil {
			return slices.ContainsFunc(own, func(k string) bool { return slices.Contains(kinds, k) })
		}
	}
	return true
}

// generic are the nouns that may stand for anybody in office who spoke; others resolve only to who was called so before.
var generic = map[string]bool{
	"leader": true, "official": true, "politician": true, "statesman": true, "man": true, "woman": true,
	"mandatario": true, "político": true, "лидер": true, "политик": true, "responsable": true, "dirigeant": true, "Politiker": true,
}

// loneNoun says whether a phrase is nothing but a noun of the press, in a language without articles or with one that is
// written as one with it: агентство, الوكالة.
func (r *reading) loneNoun(p phrase) bool {
	return r.headEnd(p)-p.first == 1 && r.has(p.first, lexicon.Media) && (!r.latin(p.first) || r.v.Grammar() == "tr") && !r.tok(p.first).Is(lexicon.Single)
}

// definite says whether a phrase begins with a definite determiner and holds no proper name.
func (r *reading) definite(p phrase) bool {
	switch strings.ToLower(r.surface(p.first)) {
	case "the", "this", "that", "le", "la", "el", "der", "die", "das", "dem", "des", "ese", "esa", "il", "bu", "این", "ce", "cette", "este", "esta":
	default:
		return false
	}
	for i := p.first + 1; i < p.last; i++ {
		if r.capped(i) && i+1 == p.last && !(r.v.Grammar() == "de" && r.has(i, lexicon.Media)) {
			return false
		}
		if r.capped(i) && r.has(i-1, lexicon.Title|lexicon.Preposition) && i+1 < p.last+1 {
			return r.has(i-1, lexicon.Preposition)
		}
	}
	return p.last-p.first > 1
}
