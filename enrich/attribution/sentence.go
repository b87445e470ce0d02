package attribution

import "github.com/wiredesk/wiredesk/enrich/lexicon"

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
	previous, pending, venue := -1, -1, -1
	for i := range events {
		e := &events[i]
		r.cutContent(e, events[i+1:])
		if n := r.addLink(e, previous, scope); n >= 0 {
			if pending >= 0 && !e.pending && e.who.last <= r.links[pending].cue.first+1 {
				r.links[pending].content = append([]phrase(nil), r.links[n].content...)
				r.links[pending].parent = n
			}
			if venue >= 0 {
				r.links[venue].content = append([]phrase(nil), r.links[n].content...)
				venue = -1
			}
			previous, pending = n, -1
			if e.pending {
				pending = n
			}
		}
		if before := len(r.links); previous < 0 && r.english(c.first) {
			r.addVenue(e, previous, scope)
			if len(r.links) > before {
				venue = before
			}
			continue
		}
		r.addVenue(e, previous, scope)
	}
}

// parts ends English content, before and after its cue, at a semicolon that no quotation holds, and after its cue where
// another outlet begins: "X reported C, and Y spoke of D".
func (r *reading) parts(e *event) {
	if !r.english(e.cue.first) {
		return
	}
	for i := e.left.last - 1; i > max(e.left.first, e.left.last-maxContent); i-- {
		if r.mark(i) == ';' && !r.quoted(i) {
			e.left.first = i + 1
			break
		}
	}
	for i := e.right.first + 1; i < min(e.right.last, e.right.first+maxContent); i++ {
		if !r.quoted(i) && (r.mark(i) == ';' || r.mark(i) == ',' && r.otherOutlet(i+1, e.right.last)) {
			e.right.last = i
			break
		}
	}
}

// otherOutlet says whether a clause about an outlet begins at i: "and Portugal's Lusa", "while the website Telex".
func (r *reading) otherOutlet(i, last int32) bool {
	switch r.surface(i) {
	case "and", "while", "but":
	default:
		return false
	}
	for j := i + 1; j < min(last, i+5); j++ {
		if r.outletAt[j] > 0 {
			return r.v.Entry(r.v.Hits(lexicon.Outlet)[r.outletAt[j]-1]).Class != lexicon.Common
		}
	}
	return false
}

// takesOver is the token from which on a sentence belongs to an event and no longer to those before it.
func (r *reading) takesOver(e *event) (int32, bool) {
	switch {
	case !e.nested:
		return e.starts, true
	case e.cueType == "venue" && r.english(e.cue.first) && r.has(e.cue.first, lexicon.Preposition):
		return e.cue.first, true
	case e.cueType != "verb" || e.who.first < 2 || !r.english(e.who.first):
		return 0, false
	}
	comma := r.mark(e.who.first-2) == ','
	switch r.surface(e.who.first - 1) {
	case "but", "while", "and", "although", "though", "whereas":
		if comma {
			return e.who.first - 2, true
		}
	}
	return e.who.first - 1, r.surface(e.who.first-1) == "but"
}

// cutContent ends the content after a cue where a later cue takes over.
func (r *reading) cutContent(e *event, later []event) {
	r.parts(e)
	for i := range later[:min(len(later), 32)] {
		at, ok := r.takesOver(&later[i])
		if ok && later[i].nested && at+1 == e.right.first && !e.left.empty() {
			e.right, e.cueType = phrase{}, "verb"
			return
		}
		if !ok || at <= e.right.first {
			continue
		}
		e.right.last = min(e.right.last, at)
		break
	}
	for e.right.last > e.right.first && !r.quoted(e.right.last-1) && r.ends(e.right.last-1) {
		e.right.last--
	}
}
