package entry

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Root is the local name of a document's root element and the text of its attributes, as far as its head shows them; empty
// where anything but white space, comments and declarations stands before it.
// NULs are passed over, so that UTF-16 and UTF-32 look like what they hold.
func Root(head []byte) (name, attrs string) {
	rest := bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), " \t\r\n\ufeff\xfe\xff")
	for {
		if rest = bytes.TrimLeft(rest, " \t\r\n"); len(rest) < 2 || rest[0] != '<' {
			return "", ""
		}
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = behind(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = behind(rest, "?>")
		case rest[1] == '!':
			rest = declaration(rest)
		default:
			tag, _, _ := strings.Cut(string(rest[1:]), ">")
			name, attrs, _ = strings.Cut(strings.TrimRight(tag, "/"), " ")
			if i := strings.IndexAny(name, "\t\r\n"); i >= 0 {
				name, attrs = name[:i], name[i:]+attrs
			}
			return name[strings.LastIndexByte(name, ':')+1:], attrs
		}
		if rest == nil {
			return "", ""
		}
	}
}

func behind(s []byte, mark string) []byte {
	_, after, ok := bytes.Cut(s, []byte(mark))
	if !ok {
		return nil
	}
	return after
}

// declaration steps over a DOCTYPE with its internal subset.
func declaration(s []byte) []byte {
	if open := bytes.IndexByte(s, '['); open >= 0 && open < bytes.IndexByte(s, '>') {
		return behind(behind(s, "]"), ">")
	}
	return behind(s, ">")
}

// Broken says in words what is wrong with an entry that the document does not close: one that breaks off, or that runs
// into the next. It is empty for an entry that is whole.
func Broken(text string, n *markup.Node) string {
	source := text[n.From:n.To]
	if !strings.HasSuffix(source, ">") {
		return "the <" + n.Name + "> that begins here breaks off: was the feed sent whole?"
	}
	tail := strings.TrimRight(source[strings.LastIndexByte(source, '<')+1:], "> \t\r\n")
	name, ended := strings.CutPrefix(tail, "/")
	if !strings.HasSuffix(tail, "/") && (!ended || !strings.EqualFold(name[strings.LastIndexByte(name, ':')+1:], n.Name)) {
		return "the <" + n.Name + "> that begins here is not closed: was the feed sent whole?"
	}
	if n.Child(n.Name) != nil {
		return "the <" + n.Name + "> that begins here is not closed before the next one begins"
	}
	return ""
}

// Places makes faults of a document whose entries come in order, without counting its lines again for each.
type Places struct {
	Text string

	at, line, column int
}

// Fault is a fault at a byte offset, which must not lie before that of the last.
func (p *Places) Fault(offset int, reason string) *wiredesk.Fault {
	between := p.Text[p.at:max(p.at, min(offset, len(p.Text)))]
	if i := strings.LastIndexByte(between, '\n'); i >= 0 {
		p.line += strings.Count(between, "\n")
		p.column = 0
		p.at, between = p.at+i+1, between[i+1:]
	}
	p.column += len([]rune(between))
	p.at += len(between)
	return wiredesk.Faultf(p.line+1, p.column+1, "%s", reason)
}

// PeriodEnd is the end of a period in Dublin Core's form, "start=…; end=…".
func PeriodEnd(period string) string {
	for part := range strings.SplitSeq(period, ";") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(part), "end="); ok {
			return v
		}
	}
	return ""
}

// Declares says whether a tag's attributes declare the namespace that is known by a prefix.
func Declares(attrs, prefix string) bool {
	for _, part := range strings.FieldsFunc(attrs, func(r rune) bool { return r == '"' || r == '\'' }) {
		if p, ok := known[strings.TrimRight(strings.ToLower(part), "/#")]; ok && p == prefix {
			return true
		}
	}
	return false
}

// Inside is what stands within an element that holds markup of the document itself: as safe HTML and as text.
func Inside(n *markup.Node) (html, plain string) { return markup.Render(nodes(n)...) }

func nodes(n *markup.Node) []*markup.Node {
	var all []*markup.Node
	for c := range n.Children() {
		all = append(all, c)
	}
	return all
}
