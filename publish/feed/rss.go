package feed

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"time"

	"github.com/wiredesk/wiredesk/internal/markup"
)

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Dublin  string     `xml:"xmlns:dc,attr"`
	Terms   string     `xml:"xmlns:dcterms,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Built       string     `xml:"lastBuildDate"`
	Generator   string     `xml:"generator,omitempty"`
	Links       []atomLink `xml:"atom:link"`
	Items       []rssItem  `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	Published   string        `xml:"pubDate"`
	Modified    string        `xml:"dcterms:modified"`
	Creator     string        `xml:"dc:creator"`
	Publisher   string        `xml:"dc:publisher"`
	Language    string        `xml:"dc:language,omitempty"`
	Rights      string        `xml:"dc:rights,omitempty"`
	Identifier  string        `xml:"dc:identifier,omitempty"`
	Sources     []string      `xml:"dc:source"`
	Categories  []rssCategory `xml:"category"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
	Description string        `xml:"description,omitempty"`
	Text        string        `xml:"content:encoded"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Value  string `xml:",chardata"`
}

type rssEnclosure struct {
	Address string `xml:"url,attr"`
	Length  string `xml:"length,attr"`
	Type    string `xml:"type,attr"`
}

// writeRSS writes RSS 2.0. It has no word for what was deleted: a killed story is not there any more.
func writeRSS(h head, s selection) ([]byte, error) {
	out := rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/",
		Dublin: "http://purl.org/dc/elements/1.1/", Terms: "http://purl.org/dc/terms/",
		Channel: rssChannel{
			Title: h.title, Link: h.self, Description: "The newest stories of " + h.title, Built: mailTime(s.updated()), Generator: h.software,
			Links: []atomLink{{Rel: "self", Type: "application/rss+xml", Href: h.self}},
		},
	}
	for _, hub := range h.hubs {
		out.Channel.Links = append(out.Channel.Links, atomLink{Rel: "hub", Href: hub})
	}
	for _, e := range s.entries {
		out.Channel.Items = append(out.Channel.Items, rssOf(h, e))
	}
	return marshalXML(out)
}

func rssOf(h head, e *entry) rssItem {
	at := e.published
	if at.IsZero() {
		at = e.updated
	}
	out := rssItem{
		Title: e.title, Link: h.story(e), GUID: rssGUID{Value: e.id()}, Published: mailTime(at), Modified: stamp(e.updated),
		Creator: e.author, Publisher: e.agency, Language: e.language, Rights: e.rights, Identifier: e.uri, Text: e.html,
	}
	out.Description = markup.Escape(e.summary) // readers take it for HTML
	for _, t := range e.tags {
		out.Categories = append(out.Categories, rssCategory{t.scheme, cmp.Or(t.label, t.term)})
	}
	for _, c := range e.credits {
		out.Sources = append(out.Sources, c.Name)
	}
	if len(e.media) > 0 { // an item has room for one
		m := e.media[0]
		out.Enclosure = &rssEnclosure{m.address, strconv.FormatInt(m.bytes, 10), m.kind}
	}
	return out
}

func mailTime(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
