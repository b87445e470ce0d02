package markup

import (
	"net/url"
	"strings"
)

// HTML writes what stands below the node as HTML that is safe to show: only elements of running text, and of their
// attributes only links and what tables need. Every other element is read through and its text kept; script, style and
// the like are left out with what they hold. NITF's own elements become the HTML that means the same.
func (n *Node) HTML() string {
	var out strings.Builder
	for c := range n.Children() {
		writeHTML(&out, c, false)
	}
	return strings.TrimSpace(out.String())
}

// Render writes nodes, with their own elements, as safe HTML and as plain text, each after the other.
func Render(nodes ...*Node) (html, plain string) {
	var out strings.Builder
	var w lineWriter
	size := 0
	for _, n := range nodes {
		if n != nil {
			size += n.To - n.From
		}
	}
	out.Grow(size + 8*len(nodes))
	w.out.Grow(size)
	for _, n := range nodes {
		if n == nil {
			continue
		}
		writeHTML(&out, n, false)
		w.node(n, false)
	}
	return strings.TrimSpace(out.String()), w.done()
}

func writeHTML(out *strings.Builder, n *Node, inParagraph bool) {
	if n.Name == "" {
		escape(out, n.Text)
		return
	}
	name := strings.ToLower(n.Name)
	if kind(name) == hidden {
		return
	}
	if sign := signOf(name); sign != "" {
		out.WriteString(sign)
	}
	if name == "p" && !inParagraph {
		if paragraphs := n.wired(); paragraphs != nil {
			writeParagraphs(out, n, paragraphs)
			return
		}
	}
	tag := htmlName(name)
	if tag == "em" {
		tag = emphasis(n)
	}
	if tag == "" && kind(name) == block && name != "block" {
		tag = "div"
	}
	if inParagraph && kind(tag) == block {
		tag = ""
		if n.before() {
			out.WriteString("<br>")
		}
	}
	if tag == "" {
		writeChildren(out, n, inParagraph)
		return
	}
	out.WriteByte('<')
	out.WriteString(tag)
	writeAttrs(out, tag, n)
	out.WriteByte('>')
	if tag == "br" || tag == "hr" {
		writeChildren(out, n, inParagraph)
		return
	}
	writeChildren(out, n, inParagraph || tag == "p" || tag[0] == 'h' && len(tag) == 2)
	out.WriteString("</")
	out.WriteString(tag)
	out.WriteByte('>')
}

// writeParagraphs writes a p as the paragraphs of wire copy that its text makes.
func writeParagraphs(out *strings.Builder, n *Node, paragraphs []string) {
	for range n.All("*") {
		writeParted(out, n, paragraphs)
		return
	}
	writeWired(out, paragraphs)
}

// writeWired writes the paragraphs of wire copy; one whose lines were broken on purpose keeps them.
func writeWired(out *strings.Builder, paragraphs []string) {
	for i, p := range paragraphs {
		tag := "p"
		if strings.Contains(p, "\n") {
			tag = "pre"
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString("<" + tag + ">")
		escape(out, p)
		out.WriteString("</" + tag + ">")
	}
}

// before says whether anything stands before the node in its parent.
func (n *Node) before() bool {
	if n.Parent == nil {
		return false
	}
	for c := n.Parent.First; c != nil && c != n; c = c.Next {
		if c.Name != "" || !blank(c.Text) {
			return true
		}
	}
	return false
}

func writeChildren(out *strings.Builder, n *Node, inParagraph bool) {
	for c := n.First; c != nil; c = c.Next {
		writeHTML(out, c, inParagraph)
	}
}

// htmlName is the element that may be shown for one of HTML or NITF; empty for one that is read through.
func htmlName(name string) string {
	switch name {
	case "p", "br", "hr", "b", "i", "u", "em", "strong", "q", "s", "sub", "sup", "small", "abbr", "cite", "code", "pre",
		"blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
		"h1", "h2", "h3", "h4", "h5", "h6", "a", "figure", "figcaption", "section", "div", "del", "ins", "mark", "time":
		return name
	case "hl2":
		return "h2"
	case "bq":
		return "blockquote"
	case "tt", "kbd", "samp":
		return "code"
	case "strike":
		return "s"
	case "acronym":
		return "abbr"
	}
	return ""
}

// emphasis is the element of HTML that NITF's only one stands for, by its class.
func emphasis(n *Node) string {
	switch n.Attr("class") {
	case "bold", "b":
		return "b"
	case "italic", "i":
		return "i"
	case "underline", "u":
		return "u"
	case "strong":
		return "strong"
	}
	return "em"
}

func writeAttrs(out *strings.Builder, tag string, n *Node) {
	write := func(name, value string) {
		out.WriteByte(' ')
		out.WriteString(name)
		out.WriteString(`="`)
		escapeAttr(out, value)
		out.WriteByte('"')
	}
	switch tag {
	case "a":
		if href := n.Attr("href"); SafeLink(href) {
			write("href", href)
		}
	case "td", "th":
		for _, name := range []string{"colspan", "rowspan"} {
			if v := n.Attr(name); v != "" && len(v) < 4 && strings.Trim(v, "0123456789") == "" {
				write(name, v)
			}
		}
	}
}

// SafeLink says whether an address may stand in a link that we show: absolute, and http, https or mailto.
func SafeLink(address string) bool {
	if plainAddress(address) {
		return true
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
)

func escape(out *strings.Builder, s string) { escapeWith(out, s, false) }

func escapeAttr(out *strings.Builder, s string) { escapeWith(out, s, true) }

// escapeWith escapes text for its place between tags, or between quotes.
func escapeWith(out *strings.Builder, s string, quoted bool) {
	from := 0
	for i := range len(s) {
		mark := ""
		switch c := s[i]; {
		case c > '>':
			continue
		case c == '&':
			mark = "&amp;"
		case c == '<':
			mark = "&lt;"
		case c == '>':
			mark = "&gt;"
		case c == '"' && quoted:
			mark = "&#34;"
		case c == '\'' && quoted:
			mark = "&#39;"
		default:
			continue
		}
		out.WriteString(s[from:i])
		out.WriteString(mark)
		from = i + 1
	}
	out.WriteString(s[from:])
}

// Escape is text as it may stand between tags, in XML and HTML alike.
func Escape(s string) string { return textEscapes.Replace(s) }

// EscapeAttr is text as it may stand in an attribute's quotes, in XML and HTML alike.
func EscapeAttr(s string) string { return attrEscapes.Replace(s) }

// HTMLOrText is what stands below the node as it was written, for content that is passed on unread: nodes as XML
// without namespaces, text alone as it is.
func (n *Node) HTMLOrText() string {
	var out strings.Builder
	for c := range n.Children() {
		writeXML(&out, c)
	}
	if n.First != nil && n.First.Next == nil && n.First.Name == "" {
		return n.First.Text
	}
	return out.String()
}

func writeXML(out *strings.Builder, n *Node) {
	if n.Name == "" {
		escape(out, n.Text)
		return
	}
	out.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		if a.Space != "xmlns" && a.Name != "xmlns" {
			out.WriteString(" " + a.Name + `="`)
			escapeAttr(out, a.Value)
			out.WriteByte('"')
		}
	}
	out.WriteByte('>')
	for c := n.First; c != nil; c = c.Next {
		writeXML(out, c)
	}
	out.WriteString("</" + n.Name + ">")
}

// plainAddress says whether an address is plainly http or https with a host, which most are, without taking it apart.
func plainAddress(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(address, "http://"); !ok {
			return false
		}
	}
	host := strings.IndexByte(rest, '/')
	if host < 0 {
		host = len(rest)
	}
	for i := range len(rest) {
		c := rest[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.'
		if !letter && (i < host || strings.IndexByte("/_?=&;,+~!@#", c) < 0) {
			return false
		}
	}
	return host > 0 && rest[0] != '.' && rest[0] != '-'
}
