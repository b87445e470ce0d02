package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/notice"
)

// Tree adds a body from elements of the document, every bit of their text in order. words is what the sender counted.
func (d *Draft) Tree(role string, words int, nodes ...*markup.Node) {
	html, plain := markup.Render(nodes...)
	d.Rendered(role, words, html, plain)
}

// Rendered adds a body as safe HTML and as text, as [markup.Render] gives them.
func (d *Draft) Rendered(role string, words int, html, plain string) {
	html, plain = d.unescaped(html, plain)
	d.Body(role, html, plain, words)
}

// Escaped adds a body that came as text: HTML that was escaped or put into CDATA, or plain text where there is no tag
// in it.
func (d *Draft) Escaped(role string, words int, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if strings.IndexByte(text, '<') < 0 || !tag.MatchString(text) {
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
	d.Tree(role, words, slices.Collect(root.Child("body").Children())...)
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

// Body adds a body as HTML with its plain text. words is what the sender counted, 0 where it did not. Text below a
// sentence that says it is not for publication is cut off.
func (d *Draft) Body(role, html, plain string, words int) {
	if cut := notice.Cut(plain); cut < len(plain) {
		d.Original("belowTheLine", plain[cut:])
		plain = strings.TrimSpace(plain[:cut])
		html = markup.Paragraphs(plain)
		d.Repair("text below the line that is not for publication was cut off")
	}
	d.add(wiredesk.Content{Role: role, ContentType: "text/html", Value: html, WordCount: words}, plain)
}

// Lines adds a body of plain text, which stays plain text. Text below the line is cut off as in [Draft.Body].
func (d *Draft) Lines(role string, words int, text string) {
	plain := strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if cut := notice.Cut(plain); cut < len(plain) {
		d.Original("belowTheLine", plain[cut:])
		plain = strings.TrimSpace(plain[:cut])
		d.Repair("text below the line that is not for publication was cut off")
	}
	d.add(wiredesk.Content{Role: role, ContentType: "text/plain", Value: plain, WordCount: words}, plain)
}

func (d *Draft) add(body wiredesk.Content, plain string) {
	if plain == "" {
		return
	}
	characters, words := count(plain)
	if body.CharCount = characters; body.WordCount <= 0 {
		body.WordCount = words
	}
	d.Item.Bodies = append(d.Item.Bodies, body)
	if d.body != "" {
		plain = d.body + "\n\n" + plain
	}
	d.body = plain
}

// Plain is the text of all bodies so far.
func (d *Draft) Plain() string { return d.body }

// HasBody says whether there is any text yet.
func (d *Draft) HasBody() bool { return d.body != "" }
