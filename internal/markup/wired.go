package markup

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// wired are the paragraphs of a p that holds a whole story wrapped at a fixed column, as Reuters and others send it:
// lines of which some are indented, to begin a paragraph, and some are not. It is nil for an ordinary p, also for one
// that only its writer's editor has indented.
func (n *Node) wired() []string {
	for c := n.First; c != nil; c = c.Next {
		if c.Name != "" {
			return nil
		}
	}
	return wiredText(n.Raw())
}

// wiredText is wired for the text of a p.
func wiredText(text string) []string {
	if strings.Count(text, "\n") < 2 {
		return nil
	}
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	indented, flush, blanks := 0, 0, 0
	for i, l := range lines {
		switch {
		case blank(l):
			blanks++
		case strings.HasPrefix(l, "  ") || strings.HasPrefix(l, "\t"):
			indented++
		case i > 0:
			flush++
		}
	}
	if flush == 0 || indented == 0 && blanks == 0 {
		return nil
	}
	var paragraphs []string
	for p := range strings.SplitSeq(wirecopy.Paragraphs(lines), "\n\n") {
		if p = strings.Trim(p, "\n"); !blank(p) {
			paragraphs = append(paragraphs, p)
		}
	}
	return paragraphs
}

// signOf is the sign that some agencies write as an empty element of their own.
func signOf(name string) string {
	switch name {
	case "endash", "ndash":
		return "–"
	case "emdash", "mdash":
		return "—"
	}
	return ""
}
