package attribution

import (
	"slices"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// originCredits turns the credits of the dateline into links, and cuts what stands before the prose.
func (r *reading) originCredits() {
	if len(r.a.Sections) > 0 {
		r.cut = r.v.TokenAt(r.a.Sections[0].Start)
	}
	r.bylineAgency()
	d := r.a.Dateline
	if d == nil {
		return
	}
	line := r.tokensOf(d.Span)
	r.cut = line.last
	for _, h := range r.v.HitsIn(lexicon.Outlet, line.first, line.last) {
		e := r.v.Entry(h)
		if slices.Contains(d.Credits, e.ID) {
			r.origin(h, "dateline", "dateline")
		}
	}
}

// bylineAgency credits the agency in the line that names the author: "By Ada Brandt, Reuters".
func (r *reading) bylineAgency() {
	by := r.a.Byline
	if by == nil || len(r.a.Sections) == 0 || by.Start >= r.a.Sections[0].Start {
		return
	}
	at := r.v.TokenAt(by.End - 1)
	for i := range r.v.Lines {
		if l := r.v.Lines[i]; l.First <= at && at < l.Last {
			for _, h := range r.v.HitsIn(lexicon.Outlet, at, l.Last) {
				if r.v.Entry(h).Class != lexicon.Common {
					r.origin(h, "byline", "byline")
				}
			}
			return
		}
	}
}

func (r *reading) origin(h lexicon.Hit, cueType, rule string) {
	e := r.v.Entry(h)
	for _, l := range r.links {
		if l.role == wiredesk.RoleOrigin && l.id == e.ID {
			return
		}
	}
	r.links = append(r.links, link{
		role: wiredesk.RoleOrigin, who: phrase{h.First, h.Last}, id: e.ID, name: e.Name, by: "name", cueType: cueType,
		scope: "article", parent: -1, section: 0, where: h.First, rules: []string{cueType},
	})
}

// looseCredits reads the credits that stand in no sentence: sign-offs, "Source: X", "(AFP)" after a paragraph.
func (r *reading) looseCredits() {
	end := 0
	if n := len(r.a.Sections); n > 0 {
		end = r.a.Sections[n-1].End
	}
	for i := max(0, len(r.v.Blocks)-4); i < len(r.v.Blocks); i++ {
		b := r.v.Blocks[i]
		if int(b.Start) >= end {
			r.signOff(b)
			continue
		}
		r.bracketTail(b)
	}
}

// signOff reads a closing line: whose copy it is, or what it leans on.
func (r *reading) signOff(b lexicon.Block) {
	if by := r.a.Byline; by != nil && by.Start >= int(b.Start) && by.End <= int(b.End) {
		return
	}
	label := false
	for i := b.First; i < b.Last; i++ {
		tags, last := r.cueAt(i)
		switch {
		case tags&lexicon.SourceLabel != 0 && last < b.Last && r.mark(last) == ':':
			label = true
		case tags&lexicon.Agencies != 0:
			r.unnamedAgencies(phrase{i, last})
			i = last - 1
		}
	}
	for _, h := range r.v.HitsIn(lexicon.Outlet, b.First, b.Last) {
		if alone := h.First == b.First && h.Last == b.Last; r.v.Entry(h).Class == lexicon.Common && !label && !alone {
			continue
		}
		if label {
			r.loose(h, "signoff", wiredesk.RoleCited, "source-label")
			continue
		}
		r.origin(h, "signoff", "signoff")
	}
	if r.reutersStaff(b) {
		r.houseStyle(b, "reuters", "Reuters")
	}
}

// reutersStaff recognises "(Reporting by A; Editing by B)", which one agency closes its copy with.
func (r *reading) reutersStaff(b lexicon.Block) bool {
	if r.mark(b.First) != '(' || b.First+1 >= b.Last {
		return false
	}
	tags, _ := r.cueAt(b.First + 1)
	if tags&lexicon.SignOff == 0 {
		return false
	}
	editing := false
	for i := b.First + 1; i < b.Last; i++ {
		tags, last := r.cueAt(i)
		editing = editing || tags&lexicon.SignOff != 0 && i > b.First+2 && last-i == 2
	}
	return editing
}

// houseStyle credits the agency whose sign-off this is; the source has an id, but no words of its own.
func (r *reading) houseStyle(b lexicon.Block, id, name string) {
	for _, l := range r.links {
		if l.role == wiredesk.RoleOrigin {
			return
		}
	}
	r.links = append(r.links, link{
		role: wiredesk.RoleOrigin, id: id, name: name, by: "house_style", cue: phrase{b.First, b.Last}, cueType: "signoff",
		scope: "article", parent: -1, where: b.First, rules: []string{"sign-off-style"},
	})
}

func (r *reading) unnamedAgencies(p phrase) {
	r.links = append(r.links, link{
		role: wiredesk.RoleOrigin, who: p, name: r.words(p), by: "name", cueType: "signoff", scope: "article", parent: -1,
		where: p.first, rules: []string{"unnamed-agencies"},
	})
}

// bracketTail reads "(AFP)" and "/TASS/" at the end of a paragraph.
func (r *reading) bracketTail(b lexicon.Block) {
	last := r.v.Lines[b.LineLast-1]
	for _, h := range r.v.HitsIn(lexicon.Outlet, max(b.First, b.Last-8), b.Last) {
		if h.First == last.First && h.Last == last.Last && h.First > b.First && r.closesText(h.First, b) {
			r.origin(h, "signoff", "last-line")
			continue
		}
		open, closed := r.mark(h.First-1), r.mark(h.Last)
		if h.Last < b.Last-2 || h.First == b.First {
			continue
		}
		if open == '-' && h.Last == b.Last && b.Last == int32(len(r.v.Tokens)) {
			r.origin(h, "signoff", "signoff")
			continue
		}
		if open == '(' && closed == ')' && r.closesText(h.First-1, b) {
			r.loose(h, "paren", wiredesk.RoleOrigin, "paren")
		} else if open == '/' && closed == '/' {
			r.loose(h, "slash", wiredesk.RoleOrigin, "slash")
		}
	}
}

// closesText says whether a bracket stands after a sentence has ended, not after a name that it abbreviates.
func (r *reading) closesText(open int32, b lexicon.Block) bool {
	if open <= b.First {
		return false
	}
	switch r.mark(open - 1) {
	case '.', '!', '?', '"', '”', '»', '。', ')':
		return true
	}
	return false
}

func (r *reading) loose(h lexicon.Hit, cueType, role, rule string) {
	e := r.v.Entry(h)
	for _, l := range r.links {
		if l.id == e.ID && l.who.first == h.First {
			return
		}
	}
	r.links = append(r.links, link{
		role: role, who: phrase{h.First, h.Last}, id: e.ID, name: e.Name, by: "name", cueType: cueType, scope: "article",
		parent: -1, where: h.First, rules: []string{rule},
	})
}
