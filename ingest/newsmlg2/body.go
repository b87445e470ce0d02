package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/nitf"
)

// contentSet reads the content itself: inline documents in order, text, and references to what lies elsewhere.
func (it *item) contentSet() error {
	for set := range it.node.All("contentSet") {
		for c := range set.All("*") {
			if err := it.oneContent(c); err != nil {
				return it.fault(c.From, "%s", err)
			}
		}
	}
	if it.Item.Type == "" && it.HasBody() {
		it.Item.Type = "text"
	}
	return nil
}

func (it *item) oneContent(c *markup.Node) error {
	switch c.Name {
	case "inlineXML":
		return it.inline(c)
	case "inlineData":
		if c.Attr("encoding") != "" {
			it.Repair("inline data in %s was left out: only text is read", c.Attr("encoding"))
			return nil
		}
		if strings.HasPrefix(c.Attr("contenttype"), "text/plain") {
			it.Lines(renditionOf(c), whole(c.Attr("wordcount")), c.Raw())
			return nil
		}
		return it.Escaped(renditionOf(c), whole(c.Attr("wordcount")), c.Raw())
	case "remoteContent":
		it.remote(c)
	}
	return nil
}

func renditionOf(c *markup.Node) string {
	r := c.Attr("rendition")
	return r[strings.LastIndexByte(r, ':')+1:]
}

// inline reads one inlineXML: NITF, XHTML, or another vocabulary whose text is kept.
func (it *item) inline(c *markup.Node) error {
	words, role := whole(c.Attr("wordcount")), renditionOf(c)
	if doc := c.Child("nitf"); doc != nil {
		nitf.Lines(it.Draft, doc)
		nitf.Subjects(it.Draft, doc)
		nitf.Content(it.Draft, doc, role, words)
		return nil
	}
	if doc := c.Child("html"); doc != nil {
		body := doc.Child("body")
		if body == nil {
			body = doc
		}
		it.xhtml(role, words, body)
		it.titles(doc)
		return nil
	}
	if len(c.Line()) > 0 && c.First != nil && c.First.Next == nil && c.First.Name == "" {
		return it.Escaped(role, words, c.Raw())
	}
	var nodes []*markup.Node
	for n := range c.Children() {
		nodes = append(nodes, n)
	}
	it.Tree(role, words, nodes...)
	return nil
}

// titles takes the headline of the page for an item that has none of its own.
func (it *item) titles(doc *markup.Node) {
	if it.Item.Headline() != "" {
		return
	}
	if h := doc.Find("h1"); h != nil && h.Line() != "" {
		it.Headline("main", h.Line())
		return
	}
	it.Headline("main", doc.Child("head", "title").Line())
}

// xhtml adds a page's body. Of dpa's pages, the head that repeats the fields and the notepad for editors are not text.
func (it *item) xhtml(role string, words int, body *markup.Node) {
	var nodes []*markup.Node
	for n := range body.Children() {
		switch {
		case n.Name == "section" && strings.Contains(n.Attr("class"), "notepad"):
			it.notepad(n)
		case n.Name == "header" && it.repeats(n):
			nodes = append(nodes, it.rest(n)...)
		default:
			nodes = append(nodes, n)
		}
	}
	it.Tree(role, words, nodes...)
}

// repeats says whether a page's header only says again what fields of the item say.
func (it *item) repeats(header *markup.Node) bool {
	return header.Find("time") != nil && it.Item.Headline() != ""
}

// rest is what a page's header says beyond the fields.
func (it *item) rest(header *markup.Node) []*markup.Node {
	var nodes []*markup.Node
	for n := range header.Children() {
		said := n.Name == "time" || n.Attr("class") == "slugline" || n.Line() == ""
		for _, h := range it.Item.Headlines {
			said = said || markup.SameText(n.Raw(), h.Value)
		}
		if !said {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// edNote reads a note to editors. What is for no one else's eyes stays among the originals.
func (it *item) edNote(n *markup.Node) {
	role := roleOf(n)
	if section := n.Child("section"); section != nil {
		it.notepad(section)
		return
	}
	if strings.Contains(strings.ToLower(n.Attr("pubconstraint")), "nonpublic") {
		it.Original("edNote private", joined(it.Originals["edNote private"], n.Line()))
		return
	}
	it.corrective = it.corrective || role == "correction" && n.Line() != ""
	it.EdNote(n.Line())
	it.Notice(n.Line())
}

// notepad reads dpa's notepad: a public and a non-public part.
func (it *item) notepad(section *markup.Node) {
	var public []*markup.Node
	for n := range section.Children() {
		class := n.Attr("class")
		switch {
		case strings.Contains(class, "nonpublic"):
			_, private := markup.Render(n)
			it.Original("edNote private", joined(it.Originals["edNote private"], private))
		case n.Name == "header":
		default:
			public = append(public, n)
		}
	}
	_, text := markup.Render(public...)
	for line := range strings.SplitSeq(text, "\n") {
		it.EdNote(strings.TrimPrefix(line, "- "))
	}
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
