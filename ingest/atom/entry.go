package atom

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// entry reads an entry's elements, and what its modules add.
func (f *feed) entry(n *markup.Node) *entry.Entry {
	e := &entry.Entry{At: n.From, Reused: f.reused, Language: entry.Lang(n)}
	for c := range n.All("*") {
		switch entry.Prefix(c) {
		case "", "atom":
			f.own(e, c)
		case "media":
			media(e, c)
		case "georss", "geo", "gml":
			place(e, c)
		case "dc", "dcterms":
			dublin(e, c)
		case "?":
			e.House(c)
		}
	}
	if e.Link == "" && strings.Contains(e.ID, "://") {
		e.Link = e.ID
	}
	return e
}

func (f *feed) own(e *entry.Entry, c *markup.Node) {
	switch c.Name {
	case "id":
		e.ID = entry.Resolve(c, "", c.Line())
	case "title":
		e.Title = oneLine(construct(c))
	case "summary":
		if v := construct(c); v.tree != nil {
			e.Summary, _ = entry.Inside(v.tree)
		} else {
			e.Summary = v.text
		}
	case "content":
		f.content(e, c)
	case "link":
		f.link(e, c)
	case "published", "issued", "created":
		if e.Published == "" {
			e.Published = c.Line()
		}
	case "updated", "modified":
		e.Updated = c.Line()
	case "contributor":
		e.Helpers = append(e.Helpers, person(c))
	case "author":
		e.Authors = append(e.Authors, person(c))
	case "rights", "copyright":
		e.Rights = c.Line()
	case "category":
		e.Tags = append(e.Tags, entry.Tag{Term: c.Attr("term"), Scheme: c.Attr("scheme"), Label: c.Attr("label")})
	case "source":
		e.Agency, e.AgencyURI = c.Child("title").Line(), c.Child("id").Line()
	}
}

// content is the text, in the document or elsewhere. What is elsewhere is not fetched.
func (f *feed) content(e *entry.Entry, c *markup.Node) {
	if src := c.Attr("src"); src != "" {
		e.Media = append(e.Media, entry.Media{URL: entry.Resolve(c, f.channel.Home, src), Type: c.Attr("type")})
		return
	}
	if e.Content != "" || e.Tree != nil {
		return
	}
	v := construct(c)
	e.Content, e.Tree, e.Within = v.text, v.tree, c
}

func (f *feed) link(e *entry.Entry, c *markup.Node) {
	href := entry.Resolve(c, f.channel.Home, c.Attr("href"))
	switch rel := strings.TrimPrefix(c.Attr("rel"), "http://www.iana.org/assignments/relation/"); rel {
	case "", "alternate":
		if e.Link == "" {
			e.Link = href
		}
	case "enclosure":
		e.Media = append(e.Media, entry.Media{URL: href, Type: c.Attr("type"), Size: c.Attr("length"), Title: c.Attr("title")})
	}
}

// value is what a text construct holds: text, HTML as text, or markup of the document itself as a tree.
type value struct {
	text string
	html bool
	tree *markup.Node
}

// construct reads a text construct. RFC 4287 says in type what it holds, Atom 0.3 in type and mode.
func construct(c *markup.Node) value {
	kind, mode := strings.ToLower(c.Attr("type")), c.Attr("mode")
	for range c.All("*") {
		return value{tree: c}
	}
	text := strings.TrimSpace(c.Raw())
	binary := strings.Contains(kind, "/") && !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "xml") && mode == ""
	if mode == "base64" || binary {
		if b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil && utf8.Valid(b) {
			text = string(b)
		}
	}
	plain := (kind == "" || kind == "text" || kind == "text/plain") && mode != "escaped"
	return value{text: text, html: !plain}
}

// oneLine is a title as text.
func oneLine(v value) string {
	text := v.text
	if v.tree != nil {
		_, text = entry.Inside(v.tree)
	} else if v.html {
		if plain, err := markup.HTMLText(text); err == nil {
			text = plain
		}
	}
	return markup.OneLine(text)
}
