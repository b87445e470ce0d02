package draft

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Tree adds a body from elements of the document, every bit of their text in order. words is what the sender counted.
func (d *Draft) Tree(role string, words int, nodes ...*markup.Node) {
	html, plain := markup.Render(nodes...)
	html, plain = d.unescaped(html, plain)
	d.Body(role, html, plain, words)
}

// Escaped adds a body that came as text: HTML that was escaped or put into CDATA, or plain text where there is no tag
// in it.
func (d *Draft) Escaped(role string, words int, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if !tag.MatchString(text) {
		if better, ok := charset.Unescape(text); ok {
			d.Repair("entities that were escaped twice were resolved")
			text = better
		}
		plain := strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
		d.Body(role, markup.Paragraphs(plain), plain, words)
		return nil
	}
	root, err := markup.ParseHTML(text)
	if err != nil {
		return err
	}
	d.Tree(role, words, root)
	return nil
}

var tag = regexp.MustCompile(`(?i)</?(?:p|br|hr|div|b|i|u|a|h[1-6]|img|figure|iframe|blockquote|table|td|tr|pre|span|ul|ol|li|strong|em|html|body|section)\b[^<>]*>`)

var twice = regexp.MustCompile(`&amp;(#?[a-zA-Z0-9]{2,30};)`)

// unescaped resolves what was escaped once too often, in both forms of a body alike.
func (d *Draft) unescaped(html, plain string) (string, string) {
	better, ok := charset.Unescape(plain)
	if !ok {
		return html, plain
	}
	root, err := markup.Fragment(twice.ReplaceAllString(html, "&$1"))
	if err != nil || !markup.SameText(root.PlainText(), better) {
		return html, plain
	}
	d.Repair("entities that were escaped twice were resolved")
	return root.HTML(), better
}
