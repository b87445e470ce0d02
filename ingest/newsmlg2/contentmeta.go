package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

func (it *item) contentMeta() {
	urgency := it.content.Child("urgency").Line()
	if it.Urgency(urgency); it.Item.Urgency == 0 && it.is("ansa") && len(urgency) == 1 {
		it.Item.Urgency = strings.IndexByte("FDBUR", urgency[0]) + 1
	}
	it.language()
	for h := range it.content.All("headline") {
		if roleOf(h) == "kicker" || it.is("dpa") && h.Attr("rank") == "3" {
			it.Kicker = h.Line()
			continue
		}
		it.Headline(headlineRole(h), h.Line())
	}
	if s := it.content.Child("slugline"); s != nil {
		it.Item.Slugline = s.Line()
	}
	for k := range it.content.All("keyword") {
		it.Keyword(k.Line())
	}
	for d := range it.content.All("description") {
		it.Description(roleOf(d), d.Line())
	}
	it.Dateline = it.content.Child("dateline").Line()
	it.Credit = it.content.Child("creditline").Line()
	it.located()
	it.parties()
	it.by()
	for s := range it.content.All("subject") {
		it.subject(s)
	}
	for g := range it.content.All("genre") {
		it.Genre(it.coded(g))
		it.Notice(named(g))
	}
	for id := range it.content.All("altId") {
		it.AltID(altRole(id), id.Line())
	}
	if d := it.content.Child("digitalSourceType"); d != nil {
		it.digitalSource(d)
	}
}

func (it *item) language() {
	for l := range it.content.All("language") {
		if tag := l.Attr("tag"); tag != "" {
			it.Item.Language = tag
			return
		}
	}
	it.Item.Language = it.node.Attr("lang")
}

// headlineRole is "main" for the headline itself; dpa ranks its headlines instead of giving them roles.
func headlineRole(h *markup.Node) string {
	role := roleOf(h)
	if role == "" && whole(h.Attr("rank")) > 1 {
		return "sub"
	}
	if role == "" {
		return "main"
	}
	return role
}

// roleOf is the code of a role without its alias.
func roleOf(n *markup.Node) string {
	role := n.Attr("role")
	if role == "" {
		role = n.Attr("roleuri")
	}
	return role[strings.LastIndexAny(role, ":/")+1:]
}

func altRole(id *markup.Node) string {
	role := id.Attr("type")
	if role == "" {
		role = id.Attr("role")
	}
	return role
}

func (it *item) located() {
	for l := range it.content.All("located") {
		if it.Item.Located != "" {
			break
		}
		it.Item.Located = label(l)
	}
	if it.Item.Located == "" {
		if l := it.meta.Child("located"); l != nil {
			it.Item.Located = label(l)
		}
	}
	for l := range it.content.All("located") {
		c := it.coded(l)
		c.Rel = "located"
		if c.Name != "" && (c.QCode != "" || c.URI != "") {
			it.Item.Places = draft.Party(it.Item.Places, c)
		}
		for b := l.Child("broader"); b != nil; b = b.Child("broader") {
			around := it.coded(b)
			around.Rel = "broader"
			it.Item.Places = draft.Party(it.Item.Places, around)
		}
	}
}

func (it *item) parties() {
	for n := range it.content.All("infoSource") {
		it.InfoSource(n.Attr("role"), it.coded(n))
	}
	for n := range it.content.All("creator") {
		it.InfoSource(or(n.Attr("role"), "creator"), it.coded(n))
	}
	for n := range it.content.All("contributor") {
		it.InfoSource(or(n.Attr("role"), "contributor"), it.coded(n))
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (it *item) by() {
	for b := range it.content.All("by") {
		it.By(b.Line())
	}
}

// subject sorts what the item is about into the kinds of ninjs, by the nature of the concept.
func (it *item) subject(n *markup.Node) {
	c := it.coded(n)
	if c.QCode == "" && c.URI == "" && c.Literal == "" && c.Name == "" {
		return
	}
	nature := n.Attr("type")
	if nature == "" {
		nature = n.Attr("typeuri")
	}
	switch strings.ToLower(nature[strings.LastIndexAny(nature, ":/")+1:]) {
	case "person":
		it.Item.People = draft.Party(it.Item.People, c)
	case "organisation", "organization":
		it.Item.Organisations = draft.Party(it.Item.Organisations, c)
	case "geoarea", "poi", "city", "country", "statprov":
		it.Item.Places = draft.Party(it.Item.Places, c)
	case "object":
		it.Item.Objects = draft.Party(it.Item.Objects, c)
	case "event":
		p := draft.Party(nil, c)
		for _, e := range p {
			it.Item.Events = append(it.Item.Events, wiredesk.Event{Name: e.Name, URI: e.URI, Literal: e.Literal})
		}
	default:
		it.Subject(c)
	}
}

func (it *item) digitalSource(n *markup.Node) {
	for _, p := range draft.Party(nil, it.coded(n)) {
		it.Item.DigitalSourceType = &wiredesk.Concept{Name: p.Name, Literal: p.Literal}
		if ninjs.IsURI(p.URI) {
			it.Item.DigitalSourceType.URI = p.URI
		}
	}
}
