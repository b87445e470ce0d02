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

// maybeWired says whether the p whose content begins the text may hold wire copy with elements in it: whether it has an
// indented or an empty line, and one that is neither.
func maybeWired(text string) bool {
	if end := strings.Index(text, "</p"); end >= 0 {
		text = text[:end]
	}
	if strings.IndexByte(text, '\r') >= 0 || writtenSpace(text) {
		return true
	}
	lines, flush, odd := 0, false, false
	for i := 0; i >= 0; lines++ {
		if i = strings.IndexByte(text, '\n'); i < 0 && lines == 0 {
			break
		}
		ordinary := plainStart(text)
		flush, odd = flush || ordinary && lines > 0, odd || !ordinary
		text = text[i+1:]
	}
	return lines > 2 && flush && odd
}

// writtenSpace says whether white space is written by its number.
func writtenSpace(text string) bool {
	for {
		i := strings.Index(text, "&#")
		if i < 0 {
			return false
		}
		text = text[i+2:]
		number, _, _ := strings.Cut(text[:min(len(text), 12)], ";")
		switch strings.TrimLeft(strings.ToLower(number), "x0") {
		case "9", "10", "13", "32", "a", "d", "20":
			return true
		}
	}
}

// plainStart says whether a line begins with a word, tags and a single space aside.
func plainStart(line string) bool {
	for spaces := 0; line != ""; line = line[1:] {
		switch line[0] {
		case '<':
			end := strings.IndexByte(line, '>')
			if end < 0 {
				return false
			}
			line = line[end:]
		case ' ':
			if spaces++; spaces > 1 {
				return false
			}
		case '\t', '\n', '\r':
			return false
		default:
			return true
		}
	}
	return false
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
