package newsml1

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
)

func (it *item) descriptive(d *markup.Node) {
	if d == nil {
		return
	}
	for l := range d.All("Language") {
		if it.Item.Language == "" {
			it.Item.Language = strings.ToLower(formal(l))
		}
	}
	for g := range d.All("Genre") {
		it.Genre(draft.Coded{Name: formal(g)})
		it.Notice(formal(g))
	}
	for s := range d.All("SubjectCode") {
		for code := range s.All("*") {
			it.subject(formal(code), "", code.Attr("Scheme"))
			if cat := code.Attr("cat"); cat != "" {
				it.Subject(draft.Coded{Literal: strings.ToLower(or(it.Provider, "newsml")) + "-category:" + cat})
			}
		}
	}
	for o := range d.All("OfInterestTo") {
		it.Subject(draft.Coded{Literal: "ofInterestTo:" + formal(o), Rel: "audience"})
	}
	for l := range d.All("Location") {
		it.location(l)
	}
	for t := range d.All("TopicOccurrence") {
		it.Original("topic", t.Attr("Topic"))
	}
	it.properties(d)
}

// subject adds a code: eight digits are IPTC's, whatever the scheme is called.
func (it *item) subject(code, name, scheme string) {
	if code == "" {
		return
	}
	if _, ok := newscodes.SubjectCode(code); ok {
		it.Subject(draft.Coded{QCode: "subj:" + code, Name: name})
		return
	}
	if scheme == "" {
		scheme = strings.ToLower(or(it.Provider, "newsml"))
	}
	it.Subject(draft.Coded{Literal: scheme + ":" + code, Name: name})
}

// topic reads a topic that the item itself describes.
func (it *item) topic(t *markup.Node) {
	code := t.Child("FormalName")
	name := ""
	for d := range t.All("Description") {
		if name == "" || strings.HasPrefix(d.Attr("lang"), "en") && d.Attr("Variant") != "Category" {
			name = d.Line()
		}
	}
	switch strings.ToLower(formal(t.Child("TopicType"))) {
	case "person":
		it.Item.People = draft.Party(it.Item.People, draft.Coded{Name: or(name, code.Line())})
	case "organisation", "organization", "company":
		it.Item.Organisations = draft.Party(it.Item.Organisations, draft.Coded{Name: or(name, code.Line())})
	case "country", "city", "location", "place":
		it.Item.Places = draft.Party(it.Item.Places, draft.Coded{Name: or(name, code.Line())})
	default:
		it.subject(code.Line(), name, code.Attr("Scheme"))
	}
}

// location reads a place; the place of origin is where the story is from.
func (it *item) location(l *markup.Node) {
	city, country := "", ""
	for p := range l.All("Property") {
		value := or(p.Attr("Value"), p.Attr("ValueRef"))
		switch strings.ToLower(formal(p)) {
		case "city":
			city = place(value)
		case "country":
			country = value
		}
	}
	how := l.Attr("HowPresent")
	if city != "" && it.Item.Located == "" && (how == "" || strings.EqualFold(how, "Origin") || strings.EqualFold(how, "From")) {
		it.Item.Located = city
	}
	c := draft.Coded{Name: city, Rel: strings.ToLower(how)}
	if country = alpha2(country); country != "" && city == "" {
		c.Literal = "iso3166-1a2:" + country
	}
	if country != "" {
		it.Original("country", country)
	}
	it.Item.Places = draft.Party(it.Item.Places, c)
}

// properties reads the provider's own pairs of name and value.
func (it *item) properties(n *markup.Node) {
	for p := range n.All("Property") {
		value := strings.TrimSpace(p.Attr("Value"))
		if value == "" {
			continue
		}
		switch strings.ToLower(formal(p)) {
		case "keyword", "keywords":
			it.keywords(value)
		case "city":
			if it.Item.Located == "" {
				it.Item.Located = place(value)
			}
		case "country":
			it.Original("country", alpha2(value))
		case "categoria", "category":
			it.subject(value, "", "")
		case "headline":
			it.Headline("main", value)
		case "priority", "prioridad":
			it.Original("priority", value)
		default:
			it.Original("property "+formal(p), value)
		}
	}
}
