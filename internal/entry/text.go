package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// text sets body and summary. A feed that sends one text only often sends a teaser; that is said, and the text at the
// link is not fetched.
func (e *Entry) text(d *draft.Draft) error {
	e.Content, _ = charset.Clean(e.Content)
	e.Summary, _ = charset.Clean(e.Summary)
	switch {
	case e.Tree != nil:
		d.Tree("main", 0, nodes(e.Tree)...)
	case strings.TrimSpace(e.Content) != "":
		if err := e.content(d); err != nil {
			return err
		}
	case strings.TrimSpace(e.Summary) != "":
		d.Signal("feed:summary-only")
		return d.Escaped("main", 0, e.Summary)
	}
	if e.Summary != "" {
		summary, err := plain(e.Summary)
		if err != nil {
			return err
		}
		d.Description("summary", summary)
	}
	return nil
}

// content reads the text.
func (e *Entry) content(d *draft.Draft) error {
	if tree := wellFormed(e.Content); tree != nil {
		d.Tree("main", 0, nodes(tree)...)
		return nil
	}
	return d.Escaped("main", 0, e.Content)
}

// plain is a summary's text.
func plain(summary string) (string, error) {
	if tree := wellFormed(summary); tree != nil {
		_, text := Inside(tree)
		return text, nil
	}
	return markup.HTMLText(summary)
}

// wellFormed reads HTML that is well-formed, as most is that a machine wrote. It is many times faster than what a
// browser's rules take, and gives the same; nil where they are needed.
func wellFormed(text string) *markup.Node {
	if strings.IndexByte(text, '<') < 0 || len(text) > markup.MaxHTML {
		return nil
	}
	tree, _, err := markup.Parse("<div>"+text+"</div>", markup.Options{Entities: true, Void: true, Checked: true})
	if err != nil || !ordinary(tree) {
		return nil
	}
	return tree
}

// ordinary says whether a tree means to a browser what it means as XML: no paragraph holds a block, nothing hidden is
// in it, and there is a known element.
func ordinary(tree *markup.Node) bool {
	ok := true
	tree.Walk(func(n *markup.Node) bool {
		switch n.Name {
		case "p":
			for c := range n.All("*") {
				ok = ok && !block(c.Name)
			}
		case "script", "style", "textarea", "title", "plaintext", "xmp", "noscript", "noembed", "iframe", "select", "table", "svg", "math":
			ok = false
		}
		return ok
	})
	return ok
}

func block(name string) bool {
	switch name {
	case "p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "figure", "hr":
		return true
	}
	return false
}
