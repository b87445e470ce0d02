package main

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
	"github.com/wiredesk/wiredesk/internal/redline"
)

// around is how many characters of unchanged text stand before and after a change.
const around = 60

// redlined is how a text changed, as [-gone-] and {+new+}, with a little of what stands around it.
func redlined(all []redline.Piece) string {
	var b strings.Builder
	for i, p := range all {
		text := []rune(p.Text)
		before, after := 0, 0
		if i > 0 {
			after = around
		}
		if i < len(all)-1 {
			before = around
		}
		switch {
		case p.Op == redline.Gone:
			b.WriteString("[-" + printable(p.Text) + "-]")
		case p.Op == redline.New:
			b.WriteString("{+" + printable(p.Text) + "+}")
		case len(text) <= before+after:
			b.WriteString(printable(p.Text))
		default:
			b.WriteString(printable(string(text[:after])) + " … " + printable(string(text[len(text)-before:])))
		}
	}
	return b.String()
}

// printable keeps the lines of a text, and nothing that acts on a terminal.
func printable(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = shell.Printable(line)
	}
	return strings.Join(lines, "\n")
}

// newestOf says what the line has of a story that another one rewrites.
func newestOf(a fate.Ancestor) string {
	if a.Revision == 0 {
		return "  not here"
	}
	return fmt.Sprintf("  r%d  %s", a.Revision, a.Event)
}
