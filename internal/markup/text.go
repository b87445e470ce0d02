package markup

import (
	"strings"
	"unicode"
)

// PlainText is what a reader of the node would see, in order, nothing left out: blocks apart by an empty line, br as a line
// break, list items with a dash or number, table rows as lines with tabs between the cells, pre as it stands. Script,
// style and the head of a page are not text. Elements it does not know are read through.
func (n *Node) PlainText() string {
	var w lineWriter
	w.node(n, false)
	return w.done()
}

// lineWriter writes running text: it folds white space, and holds breaks back until there is text to part.
type lineWriter struct {
	out   strings.Builder
	gap   int  // line breaks owed before the next text
	space bool // a space is owed
	cell  bool // a tab is owed
}

func (w *lineWriter) node(n *Node, pre bool) {
	if n == nil {
		return
	}
	if n.Name == "" {
		w.text(n.Text, pre)
		return
	}
	name := strings.ToLower(n.Name)
	if sign := signOf(name); sign != "" {
		w.text(sign, pre)
	}
	if name == "p" {
		if paragraphs := n.wired(); paragraphs != nil {
			w.paragraphs(paragraphs)
			return
		}
	}
	switch kind(name) {
	case hidden:
		return
	case breaks:
		w.line(1)
		if w.gap == 1 && n.Next != nil && strings.EqualFold(n.Next.Name, name) {
			w.gap = 2
		}
		return
	case block:
		w.line(2)
	case row:
		w.line(1)
	case cell:
		w.cell = w.gap == 0 && w.out.Len() > 0
	}
	if name == "li" {
		w.text(bullet(n), false)
	}
	for c := n.First; c != nil; c = c.Next {
		w.node(c, pre || name == "pre")
	}
	switch kind(name) {
	case block:
		w.line(2)
	case row:
		w.line(1)
	}
}

// paragraphs writes wire copy whose own line breaks are kept.
func (w *lineWriter) paragraphs(list []string) {
	for _, p := range list {
		w.line(2)
		w.text(p, true)
		w.line(2)
	}
}

func bullet(n *Node) string {
	if n.Parent == nil || !strings.EqualFold(n.Parent.Name, "ol") {
		return "- "
	}
	i := 1
	for c := n.Parent.First; c != nil && c != n; c = c.Next {
		if strings.EqualFold(c.Name, "li") {
			i++
		}
	}
	return itoa(i) + ". "
}

func itoa(i int) string {
	if i < 10 {
		return string(rune('0' + i))
	}
	return itoa(i/10) + string(rune('0'+i%10))
}

func (w *lineWriter) line(n int) {
	w.space, w.cell = false, false
	if w.out.Len() > 0 {
		w.gap = max(w.gap, n)
	}
}

func (w *lineWriter) text(s string, pre bool) {
	if pre {
		w.owe()
		w.out.WriteString(strings.TrimRight(s, "\n"))
		if strings.HasSuffix(s, "\n") {
			w.gap = max(w.gap, 1)
		}
		return
	}
	for s != "" {
		if run := words(s); run > 0 {
			w.owe()
			w.out.WriteString(s[:run])
			s = s[run:]
		}
		rest := strings.TrimLeft(s, " \n\t\r\f")
		if len(rest) < len(s) {
			w.space = w.gap == 0 && !w.cell
		}
		s = rest
	}
}

// words is how much of s can be written as it stands: words that are a single space apart.
func words(s string) int {
	for i := range len(s) {
		if c := s[i]; c > ' ' || !folds(c) || c == ' ' && i > 0 && i+1 < len(s) && !folds(s[i+1]) {
			continue
		}
		return i
	}
	return len(s)
}

// OneLine is a text on one line, as its words with a single space between them.
func OneLine(text string) string {
	if words(text) < len(text) || strings.IndexFunc(text, wide) >= 0 {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// wide says whether a character is white space of which words takes no notice.
func wide(r rune) bool { return r == '\v' || r >= 0x80 && unicode.IsSpace(r) }

func folds(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// owe writes the breaks that were held back.
func (w *lineWriter) owe() {
	switch {
	case w.out.Len() == 0:
	case w.gap > 0:
		w.out.WriteString("\n\n"[:min(w.gap, 2)])
	case w.cell:
		w.out.WriteByte('\t')
	case w.space:
		w.out.WriteByte(' ')
	}
	w.gap, w.space, w.cell = 0, false, false
}

func (w *lineWriter) done() string { return w.out.String() }

// SameText says whether two texts show the same characters, white space aside. It is the check that cleaning markup
// changed no word.
func SameText(a, b string) bool {
	for {
		a = strings.TrimLeftFunc(a, unicode.IsSpace)
		b = strings.TrimLeftFunc(b, unicode.IsSpace)
		if a == "" || b == "" {
			return a == b
		}
		i, j := strings.IndexFunc(a, unicode.IsSpace), strings.IndexFunc(b, unicode.IsSpace)
		if i < 0 {
			i = len(a)
		}
		if j < 0 {
			j = len(b)
		}
		k := min(i, j)
		if a[:k] != b[:k] {
			return false
		}
		a, b = a[k:], b[k:]
	}
}
