package nitf

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
)

// Subjects reads from the head what the document is about: the eight digits of IPTC, the codes of houses by their names,
// the kind of copy, and the category that some Spanish agencies put into a meta element.
func Subjects(d *draft.Draft, doc *markup.Node) {
	head := doc.Child("head")
	for t := range head.All("tobject") {
		d.Original("tobject.type", t.Attr("tobject.type"))
		for p := range t.All("tobject.property") {
			d.Genre(draft.Coded{Name: p.Attr("tobject.property.type")})
			d.Notice(p.Attr("tobject.property.type"))
		}
		for s := range t.All("tobject.subject") {
			subject(d, s)
		}
	}
	for m := range head.All("meta") {
		if m.Attr("name") == "categoria" && m.Attr("content") != "" {
			d.Subject(draft.Coded{Literal: strings.ToLower(or(d.Provider, "nitf")) + "-categoria:" + m.Attr("content")})
		}
	}
}

func subject(d *draft.Draft, s *markup.Node) {
	code, house := strings.TrimSpace(s.Attr("tobject.subject.refnum")), s.Attr("tobject.subject.ipr")
	name := or(or(s.Attr("tobject.subject.detail"), s.Attr("tobject.subject.matter")), s.Attr("tobject.subject.type"))
	code = or(code, s.Attr("tobject.subject.code"))
	if _, ok := newscodes.SubjectCode(code); ok && (house == "" || strings.EqualFold(house, "IPTC")) {
		d.Subject(draft.Coded{QCode: "subj:" + code, Name: name})
		return
	}
	if code == "" {
		d.Subject(draft.Coded{Name: name})
		return
	}
	house = or(house, d.Provider)
	if newscodes.URI(house+":"+code) == "" {
		house = strings.ToLower(house)
	}
	d.Subject(draft.Coded{QCode: house + ":" + code, Name: name})
}
