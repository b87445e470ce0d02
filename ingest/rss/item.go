package rss

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// item collects what an item says. Where two modules say the same, the first of the format's own elements wins.
type item struct {
	*entry.Entry
	home        string
	permalink   string // a guid that is an address
	original    string // the link before a tracker took its place
	description string
	summary     string
	latitude    string
	longitude   string
	post        string // WordPress's kind of post
	attached    bool
	authors     []string
	group       entry.Media // of Media RSS: what holds for all media of the item
}

func set(to *string, value string) {
	if *to == "" {
		*to = value
	}
}

// own reads the elements of RSS itself.
func (i *item) own(c *markup.Node) {
	switch c.Name {
	case "title":
		set(&i.Title, inner(c))
	case "link":
		link := c.Line()
		if link == "" {
			link = c.Attr("href")
		}
		if link != "" {
			i.Link = entry.Resolve(c, i.home, link)
		}
	case "guid":
		set(&i.ID, c.Line())
		if c.Attr("isPermaLink") != "false" && strings.Contains(i.ID, "://") {
			i.permalink = i.ID
		}
	case "pubDate", "pubdate", "date":
		set(&i.Published, c.Line())
	case "description":
		set(&i.description, inner(c))
	case "body", "fullitem":
		set(&i.Content, inner(c))
	case "author", "managingEditor":
		i.authors = append(i.authors, c.Line())
	case "category":
		i.Tags = append(i.Tags, tag(c))
	case "enclosure":
		i.Media = append(i.Media, entry.Media{URL: entry.Resolve(c, i.home, c.Attr("url")), Type: c.Attr("type"), Size: c.Attr("length")})
	case "source":
		set(&i.Agency, c.Line())
		set(&i.AgencyURI, c.Attr("url"))
	case "expirationDate":
		set(&i.Expires, c.Line())
	}
}

// tag is a category: a word, or a code of a scheme with the word beside it, as WordPress exports them.
func tag(c *markup.Node) entry.Tag {
	t := entry.Tag{Term: c.Line(), Scheme: c.Attr("domain")}
	if t.Scheme == "" {
		return t
	}
	t.Label = t.Term
	if code := c.Attr("nicename"); code != "" {
		t.Term = code
	}
	return t
}

func (i *item) text(c *markup.Node) {
	switch {
	case c.Name == "encoded" && entry.Prefix(c) == "excerpt":
		set(&i.summary, inner(c))
	case c.Name == "encoded":
		set(&i.Content, inner(c))
		i.Within = c
	case c.Name == "body" || c.Name == "div":
		i.Tree = c
	}
}

func (i *item) dublin(c *markup.Node) {
	switch c.Name {
	case "title":
		set(&i.Title, inner(c))
	case "date", "created", "issued", "publicationDate":
		set(&i.Published, c.Line())
	case "modified", "modificationDate":
		set(&i.Updated, c.Line())
	case "creator", "author":
		i.authors = append(i.authors, c.Line())
	case "contributor":
		i.authors = append(i.authors, c.Line())
	case "publisher":
		set(&i.Publisher, c.Line())
	case "rights":
		set(&i.Rights, c.Line())
	case "language":
		i.Language = c.Line()
	case "subject", "keyword":
		i.Tags = append(i.Tags, entry.Tag{Term: c.Line()})
	case "identifier":
		i.IDs = append(i.IDs, wiredesk.AltID{Role: "identifier", Value: c.Line()})
	case "source":
		set(&i.Agency, c.Line())
	case "spatial", "coverage":
		set(&i.Place, c.Line())
	case "valid":
		set(&i.Expires, entry.PeriodEnd(c.Line()))
	}
}

func (i *item) atom(c *markup.Node) {
	switch c.Name {
	case "link":
		if rel := c.Attr("rel"); rel == "" || rel == "alternate" {
			set(&i.Link, entry.Resolve(c, i.home, c.Attr("href")))
		}
	case "id":
		set(&i.ID, c.Line())
	case "title":
		set(&i.Title, inner(c))
	case "published", "issued", "created":
		set(&i.Published, c.Line())
	case "updated", "modified":
		set(&i.Updated, c.Line())
	case "author":
		i.authors = append(i.authors, c.Child("name").Line())
	case "summary":
		set(&i.summary, inner(c))
	case "content":
		set(&i.Content, inner(c))
	case "category":
		i.Tags = append(i.Tags, entry.Tag{Term: c.Attr("term"), Scheme: c.Attr("scheme"), Label: c.Attr("label")})
	}
}

// inner is the content of an element that may hold text, escaped HTML, or HTML that somebody forgot to escape.
func inner(c *markup.Node) string {
	for range c.All("*") {
		html, _ := entry.Inside(c)
		return html
	}
	return strings.TrimSpace(c.Raw())
}
