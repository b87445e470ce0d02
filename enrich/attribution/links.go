package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// maxContent bounds the tokens of a stretch of content, so that copy without any full stop stays cheap to read.
const maxContent = 1200

// addLink adds the link of an event and gives its index, or -1 where its source is none.
func (r *reading) addLink(e *event, previous int, scope string) int {
	l := link{cue: e.cue, cueType: e.cueType, via: e.via, scope: scope, parent: -1, section: r.section, where: e.cue.first}
	if e.cueType == "venue" || !r.sourceOf(e, previous, &l) {
		return -1
	}
	rules := make([]string, 0, 4+len(e.rules)+len(l.rules)+spareRules)
	l.rules = append(append(append(rules, e.cueType), e.rules...), l.rules...)
	if r.plain(e.cue) {
		l.rules = append(l.rules, "plain-cue")
	}
	l.content = r.room(2)
	if !e.left.empty() {
		l.content = append(l.content, phrase{max(e.left.first, e.left.last-maxContent), e.left.last})
	}
	if right := r.wholeQuote(e.right); !right.empty() {
		l.content = append(l.content, phrase{right.first, min(right.last, right.first+maxContent)})
	}
	if e.citing && previous >= 0 {
		l.content = append([]phrase(nil), r.links[previous].content...)
		l.parent = previous
	}
	r.links = append(r.links, l)
	n := len(r.links) - 1
	if !e.quoted.empty() {
		r.addQuoted(e, n, scope)
	}
	if l.role == wiredesk.RoleSpeaker && !e.inherit {
		r.affiliation(e.who, n, scope)
	}
	return n
}

// spareRules is the room kept for what doubts adds to the rules of a link.
const spareRules = 6

// room is an empty stretch of phrases with room for n, cut from a longer one that all links of the text share.
func (r *reading) room(n int) []phrase {
	if cap(r.spare)-len(r.spare) < n {
		r.spare = make([]phrase, 0, 64)
	}
	at := len(r.spare)
	r.spare = r.spare[:at+n]
	return r.spare[at:at:len(r.spare)]
}

// wholeQuote stretches content that ends within a quotation to the end of it: a sentence may stop there, who speaks does
// not.
func (r *reading) wholeQuote(p phrase) phrase {
	if p.empty() || int(p.last) >= len(r.inQuote) {
		return p
	}
	if q := r.inQuote[p.last-1]; q > 0 && r.inQuote[p.last] == q && r.quotes[q-1].first >= p.first {
		p.last = r.quotes[q-1].last
	}
	return p
}

// sourceOf fills in who an event credits: its own subject, or that of the one before.
func (r *reading) sourceOf(e *event, previous int, l *link) bool {
	if e.inherit && e.who.empty() {
		p, ok := r.spokeBefore(previous)
		l.who, l.id, l.name, l.role = p.who, p.id, p.name, p.role
		l.by = "elided_subject"
		if strings.HasPrefix(p.by, "pronoun") {
			l.by = "pronoun_elided_subject"
		}
		return ok
	}
	s, ok := r.classify(e.who)
	if !ok || e.press && s.role != wiredesk.RoleCited {
		return false
	}
	l.who, l.id, l.name, l.role, l.by, l.rules = e.who, s.id, s.name, s.role, s.by, s.rules
	r.memory.note(s, e.who, strings.HasPrefix(e.cueType, "verb"))
	return true
}

// addQuoted adds whom an outlet quotes, within what the outlet reports.
func (r *reading) addQuoted(e *event, outer int, scope string) {
	s, ok := r.classify(e.quoted)
	if !ok {
		return
	}
	cue := phrase{e.quoted.last, min(e.quoted.last+2, int32(len(r.v.Tokens)))} // as saying
	if e.cueType == "passive" || r.tok(e.cue.first).Is(lexicon.Single) {
		cue = e.cue
	}
	r.links = append(r.links, link{
		role: s.role, who: e.quoted, id: s.id, name: s.name, by: s.by, cue: cue, cueType: "verb",
		content: append([]phrase(nil), r.links[outer].content...), scope: scope, parent: outer, section: r.section,
		where: e.quoted.first, rules: append([]string{"verb", "plain-cue"}, s.rules...),
	})
	r.memory.note(s, e.quoted, true)
}

// plain says whether a cue is one of those that mean nothing else.
func (r *reading) plain(cue phrase) bool {
	for i := cue.first; i < cue.last; i++ {
		if tags, last := r.cueAt(i); tags&lexicon.Plain != 0 && last == cue.last {
			return true
		}
	}
	return false
}

// affiliation adds the outlet that a speaker works for: "MSNBC host Ada Brandt". It is named, not credited.
func (r *reading) affiliation(p phrase, speaker int, scope string) {
	for i := p.first; i < min(p.last, p.first+8); i++ {
		n := r.outletAt[i]
		if n == 0 {
			continue
		}
		h := r.v.Hits(lexicon.Outlet)[n-1]
		tags, last := r.cueAt(min(h.Last, p.last-1))
		if h.Last >= p.last || tags&lexicon.Title == 0 || last > p.last {
			return
		}
		e := r.v.Entry(h)
		r.links = append(r.links, link{
			role: wiredesk.RoleAffiliation, who: phrase{h.First, h.Last}, id: e.ID, name: e.Name, by: "name", cueType: "title",
			cue: phrase{h.Last, last}, scope: scope, parent: -1, section: r.section, where: h.First,
			rules: []string{"affiliation"}, content: append([]phrase(nil), r.links[speaker].content...),
		})
		return
	}
}

// spokeBefore is the link whose source goes on speaking: the one before in the sentence, else the newest speaker.
func (r *reading) spokeBefore(previous int) (link, bool) {
	if previous >= 0 {
		return r.links[previous], true
	}
	m, ok := r.memory.last(func(m mention) bool { return m.role == wiredesk.RoleSpeaker })
	return link{role: m.role, id: m.id, name: m.name}, ok
}
