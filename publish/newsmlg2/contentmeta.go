package newsmlg2

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
)

func (e *encoder) contentMeta() {
	i := &e.Item
	e.Open("contentMeta")
	if i.Urgency > 0 {
		e.Leaf("urgency", strconv.Itoa(i.Urgency))
	}
	e.Leaf("contentCreated", moment(i.ContentCreated))
	if d := i.DigitalSourceType; d != nil {
		e.concept("digitalSourceType", d.Name, coded(d.URI, d.Literal)...)
	}
	e.located()
	e.parties()
	for _, id := range i.AltIDs {
		e.Leaf("altId", id.Value, "type", id.Role)
	}
	if i.Language != "" {
		e.Empty("language", "tag", i.Language)
	}
	for _, g := range i.Genres {
		e.concept("genre", g.Name, coded(g.URI, g.Literal)...)
	}
	e.subjects()
	e.Leaf("slugline", i.Slugline)
	for _, h := range i.Headlines {
		e.Leaf("headline", h.Value, "role", role("hlrol:", h.Role))
	}
	e.Leaf("headline", e.Kicker, "role", role("hlrol:", "kicker"))
	e.Leaf("dateline", e.Dateline)
	e.Leaf("by", i.By)
	e.Leaf("creditline", e.Credit)
	for _, d := range i.Descriptions {
		e.Leaf("description", d.Value, "role", role("drol:", d.Role))
	}
	e.Close()
}

func (e *encoder) located() {
	if e.Item.Located == "" {
		return
	}
	attrs := []string{"type", "cptype:city"}
	for _, p := range e.Item.Places {
		if p.Rel == "located" && p.Name == e.Item.Located {
			attrs = append(attrs, coded(p.URI, p.Literal)...)
			break
		}
	}
	e.concept("located", e.Item.Located, attrs...)
}

// parties writes everybody behind the content but the provider and the hops, each in the element of the role.
func (e *encoder) parties() {
	for _, p := range e.Item.InfoSources {
		switch {
		case p.Role == "provider" || strings.HasPrefix(p.Role, "hop:"):
		case p.Role == "creator" || p.Role == "contributor":
			e.party(p.Role, p)
		default:
			e.party("infoSource", p, "role", p.Role)
		}
	}
}

func (e *encoder) subjects() {
	i := &e.Item
	for _, s := range i.Subjects {
		if s.Rel == "keyword" && s.URI == "" && s.Literal == "" {
			e.Leaf("keyword", s.Name)
			continue
		}
		e.lose("subjects[].rel", s.Rel != "")
		e.concept("subject", s.Name, append([]string{
			"type", "cpnat:abstract", "creator", s.Creator,
			"confidence", percent(s.Confidence), "relevance", percent(s.Relevance),
		}, coded(s.URI, s.Literal)...)...)
	}
	for _, k := range e.Keywords {
		if !slices.ContainsFunc(i.Subjects, func(s wiredesk.Subject) bool { return s.Name == k && s.Rel == "keyword" }) {
			e.Leaf("keyword", k)
		}
	}
	e.kind("person", i.People)
	e.kind("organisation", i.Organisations)
	e.kind("geoArea", i.Places)
	e.kind("object", i.Objects)
	for _, ev := range i.Events {
		e.concept("subject", ev.Name, append([]string{"type", "cpnat:event"}, coded(ev.URI, ev.Literal)...)...)
		e.lose("events[].id", ev.ID != "")
	}
}

func (e *encoder) kind(nature string, list []wiredesk.Party) {
	for _, p := range list {
		if p.Rel == "located" && p.Name == e.Item.Located {
			continue
		}
		e.lose(nature+" details", p.Rel != "" || len(p.ContactInfo)+len(p.Symbols)+len(p.GeoJSON) > 0)
		e.concept("subject", p.Name, append([]string{"type", "cpnat:" + nature}, coded(p.URI, p.Literal)...)...)
	}
}

func percent(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
