package markup

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// wired are the paragraphs of a p that holds a whole story wrapped at a fixed column, as Reuters and others send it:
// lines of which some are indented, to begin a paragraph, and some are not. It is nil for an ordinary p, also for one
// that only its writer's editor has indented. Of elements it may hold those that stand within a line.
func (n *Node) wired() []string {
	if !n.within() {
		return nil
	}
	return wiredText(n.Raw())
}

// within says whether all elements below the node stand within a line.
func (n *Node) within() bool {
	for c := n.First; c != nil; c = c.Next {
		if c.Name == "" {
			continue
		}
		if name := strings.ToLower(c.Name); kind(name) != inline || signOf(name) != "" || !c.within() {
			return false
		}
	}
	return true
}

// maybeWired says whether the p whose content begins the text may hold wire copy with elements in it: whether it has
// lines, and one of them an indent or nothing.
func maybeWired(text string) bool {
	if end := strings.Index(text, "</p"); end >= 0 {
		text = text[:end]
	}
	if strings.Contains(text, "&#") {
		return true
	}
	lines, odd := 0, false
	for {
		i := strings.IndexByte(text, '\n')
		if i < 0 || i+1 == len(text) {
			break
		}
		text = text[i+1:]
		lines++
		odd = odd || text[0] <= ' ' || text[0] == '<'
	}
	return lines > 0 && odd || strings.IndexByte(text, '\r') >= 0
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
