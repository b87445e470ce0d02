package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// sentence reads the cues of one sentence of the body and adds a link for each.
func (r *reading) sentence(n int) {
	s := r.v.Sentences[n]
	section := r.sectionOf(int(s.Start))
	if section != r.section {
		r.section = section
		r.memory.forget()
	}
	r.memory.sentence = n
	c := clause{first: max(s.First, r.cut), last: s.Last}
	if section < 0 || r.isHead(s) || c.first >= c.last {
		return
	}
	r.read(r.trimmed(c), "sentence")
}

// sectionOf is the index of the section that holds a byte offset, or -1.
func (r *reading) sectionOf(at int) int {
	for i := max(r.section, 0); i < len(r.a.Sections); i++ {
		if at >= r.a.Sections[i].Start && at < r.a.Sections[i].End {
			return i
		}
	}
	return -1
}

// isHead says whether a sentence is the head of its section.
func (r *reading) isHead(s lexicon.Sentence) bool {
	p := r.a.Sections[r.section]
	return p.Title != "" && int(s.Start) < p.Start+len(p.Title)
}

// trimmed leaves out the final stop, unless it belongs to a quotation.
func (r *reading) trimmed(c clause) clause {
	for c.last > c.first && !r.quoted(c.last-1) {
		switch r.mark(c.last - 1) {
		case '.', '!', '?', '؟', '。', '…', ':':
			c.last--
			continue
		}
		break
	}
	for c.first < c.last && !r.tok(c.first).Is(lexicon.Word) && !r.quoted(c.first) {
		c.first++
	}
	return c
}

// read turns the events of a stretch of text into links.
func (r *reading) read(c clause, scope string) {
	events := r.events(c)
	previous, pending := -1, -1
	for i := range events {
		e := &events[i]
		r.cutContent(e, events[i+1:])
		if n := r.addLink(e, previous, scope); n >= 0 {
			if pending >= 0 && !e.pending && e.who.last <= r.links[pending].cue.first+1 {
				r.links[pending].content = append([]phrase(nil), r.links[n].content...)
				r.links[pending].parent = n
			}
			previous, pending = n, -1
			if e.pending {
				pending = n
			}
		}
		r.addVenue(e, previous, scope)
	}
}

// cutContent ends the content after a cue where a later cue takes over.
func (r *reading) cutContent(e *event, later []event) {
	for _, l := range later {
		if l.nested || l.starts <= e.right.first {
			continue
		}
		e.right.last = min(e.right.last, max(l.starts, e.right.first))
		break
	}
	for e.right.last > e.right.first && !r.quoted(e.right.last-1) && r.ends(e.right.last-1) {
		e.right.last--
	}
}

// addLink adds the link of an event and gives its index, or -1 where its source is none.
func (r *reading) addLink(e *event, previous int, scope string) int {
	if e.cueType == "venue" {
		return -1
	}
	l := link{cue: e.cue, cueType: e.cueType, via: e.via, scope: scope, parent: -1, section: r.section, where: e.cue.first}
	switch {
	case e.inherit && e.who.empty():
		p, ok := r.spokeBefore(previous)
		if !ok {
			return -1
		}
		l.who, l.id, l.name, l.role = p.who, p.id, p.name, p.role
		l.by = "elided_subject"
		if p.by == "pronoun" || p.by == "pronoun_elided_subject" {
			l.by = "pronoun_elided_subject"
		}
	default:
		s, ok := r.classify(e.who)
		if !ok || e.press && s.role != wiredesk.RoleCited {
			return -1
		}
		l.who, l.id, l.name, l.role, l.by = e.who, s.id, s.name, s.role, s.by
		l.rules = append(l.rules, s.rules...)
		r.memory.note(s, e.who, strings.HasPrefix(e.cueType, "verb"))
	}
	l.rules = append(append([]string{e.cueType}, e.rules...), l.rules...)
	if r.plain(e.cue) {
		l.rules = append(l.rules, "plain-cue")
	}
	for _, p := range []phrase{e.left, e.right} {
		if !p.empty() {
			l.content = append(l.content, p)
		}
	}
	if e.citing && previous >= 0 {
		l.content = append([]phrase(nil), r.links[previous].content...)
		l.parent = previous
	}
	r.links = append(r.links, l)
	n := len(r.links) - 1
	if l.role == wiredesk.RoleSpeaker && !e.inherit {
		r.affiliation(e.who, n, scope)
	}
	return n
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

// addVenue adds the link that says where it was said.
func (r *reading) addVenue(e *event, previous int, scope string) {
	if e.venue.empty() {
		return
	}
	s, ok := r.venueIn(e)
	if !ok {
		return
	}
	l := link{role: wiredesk.RoleVenue, who: e.venue, id: s.id, name: s.name, by: s.by, cue: e.cue, cueType: "venue", scope: scope, parent: -1, section: r.section, where: e.cue.first, rules: append([]string{"venue"}, s.rules...)}
	if previous >= 0 {
		l.content = append([]phrase(nil), r.links[previous].content...)
	}
	r.memory.note(s, e.venue, false)
	for i := len(r.links) - 1; i >= 0 && i > len(r.links)-4; i-- {
		if o := &r.links[i]; o.role == wiredesk.RoleVenue && o.who.last == e.venue.last {
			o.content = l.content
			return
		}
	}
	r.links = append(r.links, l)
}

// venueIn reads the outlet that someone spoke to.
func (r *reading) venueIn(ev *event) (source, bool) {
	p := ev.venue
	for i := p.first; i < p.last; i++ {
		if n := r.outletAt[i]; n > 0 {
			h := r.v.Hits(lexicon.Outlet)[n-1]
			e := r.v.Entry(h)
			told := r.has(ev.cue.last-1, lexicon.Tell) && r.capped(h.First)
			if e.Class == lexicon.Common && !told && !r.evidence(p, h, e) {
				return source{}, false
			}
			return source{role: wiredesk.RoleVenue, id: e.ID, name: e.Name, by: "name", kind: outlet, rules: []string{"outlet-" + e.Class.Letter()}}, true
		}
	}
	s, ok := r.unlisted(p)
	s.role = wiredesk.RoleVenue
	return s, ok
}
