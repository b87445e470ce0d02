package markup

import (
	"strings"
	"unicode"
)

// parting writes the paragraphs of wire copy that has elements in its lines. An element that runs over the end of a
// paragraph ends there; what follows of it stays as text.
type parting struct {
	out        *strings.Builder
	paragraphs []string // those that are not begun yet
	tag        string   // of the paragraph that is open
	left       int      // characters of it to come, white space not counted
	begun      bool
	open       []string // the elements that are open
	closed     int      // how often a paragraph's end has closed them
}

// writeParted writes what stands in a p as the paragraphs that its text makes.
func writeParted(out *strings.Builder, n *Node, paragraphs []string) {
	p := parting{out: out, paragraphs: paragraphs}
	p.children(n)
	p.end()
}

func (p *parting) children(n *Node) {
	for c := n.First; c != nil; c = c.Next {
		if c.Name == "" {
			p.text(c.Text)
		} else {
			p.element(c)
		}
	}
}

func (p *parting) element(n *Node) {
	tag := htmlName(strings.ToLower(n.Name))
	if tag == "em" {
		tag = emphasis(n)
	}
	if tag == "" || blank(n.Raw()) {
		p.children(n)
		return
	}
	if p.left == 0 {
		p.begin()
	}
	p.out.WriteString("<" + tag)
	writeAttrs(p.out, tag, n)
	p.out.WriteByte('>')
	p.open = append(p.open, tag)
	closed := p.closed
	p.children(n)
	if p.closed == closed {
		p.open = p.open[:len(p.open)-1]
		p.out.WriteString("</" + tag + ">")
	}
}

func (p *parting) text(text string) {
	from := 0
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if p.left == 0 || !p.begun {
				escape(p.out, text[from:i])
				from = i + len(string(r))
			}
		default:
			if p.left == 0 {
				escape(p.out, text[from:i])
				from = i
				p.begin()
			}
			p.left--
			p.begun = true
		}
	}
	escape(p.out, text[from:])
}

// begin ends the open paragraph, and begins the next.
func (p *parting) begin() {
	first := p.tag == ""
	p.end()
	if !first {
		p.out.WriteByte('\n')
	}
	p.tag, p.left, p.begun = "p", 1<<62, false
	if len(p.paragraphs) > 0 {
		p.left = letters(p.paragraphs[0])
		if strings.Contains(p.paragraphs[0], "\n") {
			p.tag = "pre"
		}
		p.paragraphs = p.paragraphs[1:]
	}
	p.out.WriteString("<" + p.tag + ">")
}

func (p *parting) end() {
	if p.tag == "" {
		return
	}
	for len(p.open) > 0 {
		p.out.WriteString("</" + p.open[len(p.open)-1] + ">")
		p.open = p.open[:len(p.open)-1]
	}
	p.closed++
	p.out.WriteString("</" + p.tag + ">")
}

// letters counts the characters of a text that are no white space.
func letters(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
