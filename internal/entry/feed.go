package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

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
