package markup

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
)

// Writer writes one XML document, well-formed whatever text it is given: characters that XML forbids are dropped,
// everything else is escaped. A Writer is for one goroutine.
type Writer struct {
	out  strings.Builder
	open []string
}

// Open begins an element. attrs are names and values by turns; one with an empty value is left out.
func (w *Writer) Open(name string, attrs ...string) {
	w.start(name, attrs)
	w.out.WriteString(">\n")
	w.open = append(w.open, name)
}

// Close ends the element opened last.
func (w *Writer) Close() {
	last := len(w.open) - 1
	w.out.WriteString("</" + w.open[last] + ">\n")
	w.open = w.open[:last]
}

// Leaf writes an element with text. Without text and without attributes nothing is written.
func (w *Writer) Leaf(name, text string, attrs ...string) {
	if text == "" && strings.Join(values(attrs), "") == "" {
		return
	}
	w.start(name, attrs)
	if text == "" {
		w.out.WriteString("/>\n")
		return
	}
	w.out.WriteString(">" + Escape(clean(text)) + "</" + name + ">\n")
}

// Empty writes an element without content.
func (w *Writer) Empty(name string, attrs ...string) {
	w.start(name, attrs)
	w.out.WriteString("/>\n")
}

// Markup writes what is XML already.
func (w *Writer) Markup(xml string) { w.out.WriteString(xml + "\n") }

// Document is all that was written, under an XML declaration.
func (w *Writer) Document() []byte {
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + w.out.String())
}

func (w *Writer) start(name string, attrs []string) {
	w.out.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.out.WriteString(" " + attrs[i] + `="` + EscapeAttr(clean(attrs[i+1])) + `"`)
		}
	}
}

func values(attrs []string) []string {
	var out []string
	for i := 1; i < len(attrs); i += 2 {
		out = append(out, attrs[i])
	}
	return out
}

func clean(s string) string {
	s, _ = charset.Clean(s)
	return s
}

// Fragment reads HTML that is to be written as XML: one that is well-formed as it stands keeps its very elements, any
// other is read as a browser would. The caps are those of [ParseHTML].
func Fragment(html string) (*Node, error) {
	closed := strings.NewReplacer("<br>", "<br/>", "<hr>", "<hr/>").Replace(html)
	if root, _, err := Parse("<body>"+closed+"</body>", Options{Entities: true}); err == nil {
		return root, nil
	}
	root, err := ParseHTML(html)
	if err != nil {
		return nil, err
	}
	return root.Child("body"), nil
}

// XHTML is [Node.HTML] as XML.
func (n *Node) XHTML() string { return asXML.Replace(n.HTML()) }

var asXML = strings.NewReplacer("<br>", "<br/>", "<hr>", "<hr/>")
