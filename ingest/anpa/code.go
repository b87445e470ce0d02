package anpa

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
)

// line is a line of the text and what its marks say.
type line struct {
	text  string
	mark  bool // "^" opens it: a line of the heading, or a head in the body
	tab   bool // a tab opens it: a paragraph begins
	blank bool
	row   bool // of a table
}

// lines reads the marks of the text: "^" opens a line, "<" and "=" close one, a tab opens a paragraph.
func lines(text string, tabular bool) []line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var out []line
	for l := range strings.SplitSeq(text, "\n") {
		for part := range strings.SplitSeq(l, "< ^") { // two lines of the heading sent as one
			out = append(out, marked(part, tabular))
		}
	}
	return out
}

func marked(l string, tabular bool) line {
	row := strings.ContainsAny(l, "\x08\x1e") || tabular && strings.Contains(l, ";")
	l = strings.TrimPrefix(l, "\x08")
	out := line{mark: strings.HasPrefix(l, "^"), tab: strings.HasPrefix(l, "\t"), row: row}
	l = strings.TrimPrefix(l, "^")
	l = strings.TrimRight(l, " \t\f")
	l = strings.TrimSuffix(strings.TrimSuffix(l, "<"), "=")
	out.text = typeset(l, row)
	out.blank = strings.TrimSpace(out.text) == ""
	if !row {
		out.text = strings.TrimSpace(out.text)
	}
	return out
}

var (
	gap  = regexp.MustCompile(`[\x1e\x1f ]*[\x1e\x1f][\x1e\x1f ]*`)
	half = regexp.MustCompile(`(\d|^|;|\t)\{`)
)

// typeset turns the typesetting codes of the line into characters: doubled backticks and apostrophes are quotation
// marks, a lone underline is a dash, and in tables "{" is a half and the separators are tabs.
func typeset(s string, row bool) string {
	if row {
		s = half.ReplaceAllString(strings.ReplaceAll(s, "\x08", ""), "${1}½")
		s = gap.ReplaceAllString(s, "\t")
	}
	s = strings.NewReplacer("\x10", "", "``", "“", "''", "”", " _ ", " — ", "`", "‘").Replace(s)
	s, _ = charset.Clean(s)
	return s
}

// clean is a footer without its marks and fill.
func clean(s string) string {
	s, _ = charset.Clean(s)
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), "<="))
}
