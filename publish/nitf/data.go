package nitf

import (
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/newscodes"
)

// sources writes copyright, terms of use and who delivered the story. NITF knows no other roles of sources.
func (e *encoder) sources() {
	i := &e.Item
	year, holder := "", i.CopyrightHolder
	notice, ours := strings.CutPrefix(i.CopyrightNotice, "© ")
	if rest, ok := strings.CutSuffix(notice, " "+holder); ok && ours && holder != "" {
		year = rest
	} else {
		e.lose("copyrightNotice", i.CopyrightNotice != "")
	}
	e.Leaf("doc.copyright", "", "year", year, "holder", holder)
	for line := range strings.SplitSeq(i.UsageTerms, "\n") {
		e.Leaf("doc.rights", "", "type", line)
	}
	var delivery []string
	for _, p := range i.InfoSources {
		switch {
		case p.Role == "owner":
			e.Empty("doc.rights", "owner", p.Name)
		case p.Role == "delivery":
			delivery = append(delivery, p.Name)
		case p.Role == "distributor" && p.Name == e.Credit:
		default:
			e.lose("infoSources["+p.Role+"]", true)
		}
	}
	if len(delivery) > 0 {
		e.Open("del-list")
		for _, name := range delivery {
			e.Empty("from-src", "src-name", name)
		}
		e.Close()
	}
}

// tobject writes genres and topics, by the codes of IPTC or of the house.
func (e *encoder) tobject() {
	i := &e.Item
	if len(i.Genres)+len(i.Subjects) == 0 {
		return
	}
	e.Open("tobject")
	for _, g := range i.Genres {
		e.lose("genres[].uri", g.URI != "" || g.Literal != "")
		e.Leaf("tobject.property", "", "tobject.property.type", g.Name)
	}
	for _, s := range i.Subjects {
		if s.Rel == "keyword" && slices.Contains(e.Keywords, s.Name) {
			continue
		}
		if s.Rel != "scope" {
			e.subject(s)
		}
	}
	e.Close()
}

func (e *encoder) subject(s wiredesk.Subject) {
	e.lose("subjects[] details", s.Rel != "" || s.Creator != "" || s.Confidence != nil || s.Relevance != nil)
	code := s.Literal
	if code == "" {
		code = newscodes.Code(s.URI)
	}
	e.lose("subjects[].uri", s.URI != "" && s.URI != newscodes.URI(code))
	house, refnum, ok := newscodes.Split(code)
	if !ok {
		house, refnum = "", code
	}
	field := "tobject.subject.type"
	if level, iptc := newscodes.SubjectCode(refnum); iptc && house == "subj" {
		house = "IPTC"
		field = []string{field, field, "tobject.subject.matter", "tobject.subject.detail"}[level]
	}
	e.Empty("tobject.subject", "tobject.subject.ipr", house, "tobject.subject.refnum", refnum, field, s.Name)
}

// identified writes the people, organisations, places and things that the story names, and its scope.
func (e *encoder) identified() {
	i := &e.Item
	for _, s := range i.Subjects {
		if s.Rel == "scope" {
			e.Empty("doc-scope", "scope", s.Name)
		}
	}
	var places []wiredesk.Party
	for _, p := range i.Places {
		if p.Rel == "evloc" {
			e.Empty("evloc", "city", p.Name)
		} else {
			places = append(places, p)
		}
	}
	if len(i.People)+len(i.Organisations)+len(places)+len(i.Objects) == 0 {
		return
	}
	e.Open("identified-content")
	e.named("person", i.People)
	e.named("org", i.Organisations)
	for _, p := range places {
		source, code, _ := newscodes.Split(p.Literal)
		e.Leaf("location", p.Name, "location-code", code, "code-source", source)
		e.lose("places[] details", p.URI != "" || p.Rel != "" || len(p.GeoJSON) > 0)
	}
	e.named("object.title", i.Objects)
	e.Close()
}

func (e *encoder) named(element string, list []wiredesk.Party) {
	for _, p := range list {
		source, code, _ := newscodes.Split(p.Literal)
		e.Leaf(element, p.Name, "value", code, "idsrc", source)
		e.lose(element+" details", p.URI != "" || p.Rel != "" || len(p.ContactInfo)+len(p.Symbols) > 0 || p.Literal != "" && code == "")
	}
}
