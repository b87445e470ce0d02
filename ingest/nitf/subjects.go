package nitf

import (
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// scopes reads whom the document may interest.
func (d *document) scopes() {
	for _, s := range d.data("doc-scope") {
		d.Subject(draft.Coded{Name: s.Attr("scope"), Rel: "scope"})
	}
}

// named reads the people, organisations and places that the document lists, or marks in its text.
func (d *document) named() {
	for _, at := range append(d.docdata.FindAll("identified-content"), d.node.Child("body")) {
		at.Walk(func(n *markup.Node) bool {
			switch n.Name {
			case "person":
				d.Item.People = draft.Party(d.Item.People, d.coded(n))
			case "org":
				d.Item.Organisations = draft.Party(d.Item.Organisations, d.coded(n))
			case "object.title":
				d.Item.Objects = draft.Party(d.Item.Objects, d.coded(n))
			case "location":
				if n.Parent.Name != "dateline" {
					d.Item.Places = draft.Party(d.Item.Places, d.coded(n))
				}
			case "byline", "distributor", "media":
				return false
			}
			return len(d.Item.People)+len(d.Item.Organisations)+len(d.Item.Places) < 1000
		})
	}
}

// coded is a marked name, with the code that a value or a location code gives it.
func (d *document) coded(n *markup.Node) draft.Coded {
	c := draft.Coded{Name: d.nameOf(n)}
	if v, scheme := n.Attr("value"), n.Attr("idsrc"); v != "" && scheme != "" {
		c.Literal = scheme + ":" + v
	}
	if code := n.Attr("location-code"); code != "" {
		c.Literal = n.Attr("code-source") + ":" + code
	}
	return c
}

func (d *document) nameOf(n *markup.Node) string {
	if city := n.Child("city"); city != nil {
		return city.Line()
	}
	return n.Line()
}

// place takes the place of the event for the place of the story where the dateline names none and it is one city.
func (d *document) place() {
	cities := d.data("evloc")
	for _, e := range cities {
		city, country := e.Attr("city"), e.Attr("iso-cc")
		c := draft.Coded{Name: city, Rel: "evloc"}
		if city == "" {
			c.Name = e.Attr("state-prov")
		}
		if city == "" && c.Name == "" && country != "" {
			c.Literal = "iso-cc:" + country
		}
		d.Item.Places = draft.Party(d.Item.Places, c)
	}
	if d.Item.Located == "" && len(cities) == 1 {
		d.Item.Located = cities[0].Attr("city")
	}
}

func (d *document) metaNamed(name string) string {
	for m := range d.head.All("meta") {
		if m.Attr("name") == name {
			return strings.TrimSpace(m.Attr("content"))
		}
	}
	return ""
}

// meta keeps the codes that agencies put into meta elements.
func (d *document) meta() {
	scheme := strings.ToLower(d.Provider)
	for _, m := range []struct{ name, code string }{
		{"anpa-category", "anpa"}, {"category", scheme + "-category"},
	} {
		if v := d.metaNamed(m.name); v != "" {
			d.Subject(draft.Coded{Literal: m.code + ":" + v})
		}
	}
	for _, m := range []struct{ name, role string }{{"anpa-sequence", "sequence"}, {"NTBID", "NTBID"}} {
		d.AltID(m.role, d.metaNamed(m.name))
	}
	for m := range d.head.All("meta") {
		if role, ok := strings.CutPrefix(m.Attr("name"), "altid:"); ok {
			d.AltID(role, m.Attr("content"))
		}
		if m.Attr("name") == "signal" {
			d.Signal(m.Attr("content"))
		}
	}
	if p := d.metaNamed("prioridad"); p != "" && d.Item.Urgency == 0 {
		d.Urgency(p)
	}
	if take := d.metaNamed("anpa-takekey"); take != "" {
		d.Original("takekey", take)
		d.Keyword(take)
		d.Notice(take)
	}
}

// words is the word count that the sender gives.
func (d *document) words() int {
	for _, p := range d.data("pubdata") {
		if p.Attr("unit-of-measure") == "word" {
			return count(p.Attr("item-length"))
		}
	}
	return count(d.metaNamed("anpa-wordcount"))
}

func count(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
