package feed

import (
	"encoding/xml"
	"net/url"
	"strconv"
)

type atomFeed struct {
	XMLName   xml.Name      `xml:"feed"`
	Space     string        `xml:"xmlns,attr"`
	Tombs     string        `xml:"xmlns:at,attr"`
	Dublin    string        `xml:"xmlns:dc,attr"`
	ID        string        `xml:"id"`
	Title     string        `xml:"title"`
	Updated   string        `xml:"updated"`
	Generator string        `xml:"generator,omitempty"`
	Links     []atomLink    `xml:"link"`
	Deleted   []atomDeleted `xml:"at:deleted-entry"`
	Entries   []atomEntry   `xml:"entry"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Title  string `xml:"title,attr,omitempty"`
	Length string `xml:"length,attr,omitempty"`
}

// atomDeleted is a tombstone of RFC 6721.
type atomDeleted struct {
	Ref     string `xml:"ref,attr"`
	When    string `xml:"when,attr"`
	Comment string `xml:"at:comment,omitempty"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Author     string         `xml:"author>name"`
	Categories []atomCategory `xml:"category"`
	Links      []atomLink     `xml:"link"`
	Rights     *atomText      `xml:"rights"`
	Source     atomSource     `xml:"source"`
	Identifier string         `xml:"dc:identifier,omitempty"`
	Sources    []string       `xml:"dc:source"`
	Summary    *atomText      `xml:"summary"`
	Content    atomText       `xml:"content"`
}

// atomText is a text construct: text as it is, or HTML, escaped.
type atomText struct {
	Type  string `xml:"type,attr"`
	Value string `xml:",chardata"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomSource struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
}

// writeAtom writes RFC 4287 with the tombstones of RFC 6721.
func writeAtom(h head, s selection) ([]byte, error) {
	out := atomFeed{
		Space: "http://www.w3.org/2005/Atom", Tombs: "http://purl.org/atompub/tombstones/1.0", Dublin: "http://purl.org/dc/elements/1.1/",
		ID: h.self, Title: h.title, Updated: stamp(s.updated()), Generator: h.software,
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: h.self}},
	}
	for _, hub := range h.hubs {
		out.Links = append(out.Links, atomLink{Rel: "hub", Href: hub})
	}
	for _, e := range s.deleted {
		out.Deleted = append(out.Deleted, atomDeleted{e.id(), stamp(e.updated), e.note})
	}
	for _, e := range s.entries {
		out.Entries = append(out.Entries, atomOf(h, e))
	}
	return marshalXML(out)
}

func atomOf(h head, e *entry) atomEntry {
	out := atomEntry{
		Language: e.language, ID: e.id(), Title: atomText{"text", e.title}, Updated: stamp(e.updated), Published: stamp(e.published),
		Author: e.author, Rights: optional(e.rights), Identifier: e.uri, Summary: optional(e.summary), Content: atomText{"html", e.html},
		Source: atomSource{"urn:wiredesk:provider:" + url.PathEscape(e.provider), e.agency, stamp(e.updated)},
		Links:  []atomLink{{Rel: "alternate", Type: "application/json", Href: h.story(e)}},
	}
	for _, t := range e.tags {
		out.Categories = append(out.Categories, atomCategory{t.term, t.scheme, t.label})
	}
	for _, m := range e.media {
		link := atomLink{Rel: "enclosure", Type: m.kind, Href: m.address, Title: m.title}
		if m.bytes > 0 {
			link.Length = strconv.FormatInt(m.bytes, 10)
		}
		out.Links = append(out.Links, link)
	}
	for _, c := range e.credits {
		out.Sources = append(out.Sources, c.Name)
	}
	return out
}

func optional(text string) *atomText {
	if text == "" {
		return nil
	}
	return &atomText{"text", text}
}
