// Package wirecopy knows what plain wire text has in common, whatever frame it came in: wrapped lines that make
// paragraphs, tables that must keep their columns, and how a story's text is put together.
package wirecopy

import (
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Paragraphs joins lines that a wire wrapped at a fixed column, so that each paragraph is one line, with a blank line
// between paragraphs. Lines that were broken on purpose stay apart: tables, list items, and lines that had room for
// the next one's first word. No character but white space is added or lost.
func Paragraphs(lines []string) string {
	var out strings.Builder
	width := wrapWidth(lines)
	open := false // the last line of out may go on
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		indent := indented(line) && !Tabular(line) && !listed(line)
		switch {
		case strings.TrimSpace(line) == "":
			open = false
			continue
		case open && wrapped(lines[i-1], line, width):
			out.WriteByte(' ')
			line = strings.TrimSpace(line)
		case out.Len() > 0 && (!open || indent):
			out.WriteString("\n\n")
		case out.Len() > 0:
			out.WriteByte('\n')
		}
		if indent {
			line = strings.TrimSpace(line)
		}
		out.WriteString(line)
		open = true
	}
	return out.String()
}

// wrapWidth is the column the sender wrapped at: the longest ordinary line, within what wires use.
func wrapWidth(lines []string) int {
	width := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(strings.TrimRight(l, " \t\r")); n > width && n <= 80 && !Tabular(l) {
			width = n
		}
	}
	return width
}

// wrapped says whether a line goes on in the next: a wrapping machine breaks only where the next word has no room.
func wrapped(before, line string, width int) bool {
	before = strings.TrimRight(before, " \t\r")
	if Tabular(before) || Tabular(line) || listed(line) || indented(line) && !listed(before) {
		return false
	}
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	return utf8.RuneCountInString(before)+1+utf8.RuneCountInString(word) > width
}

func indented(line string) bool {
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "\u3000")
}

func listed(line string) bool {
	line = strings.TrimLeft(line, " \t")
	for _, mark := range []string{"* ", "- ", "+ ", "• ", "# ", "## "} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}

// Tabular says whether a line looks like a row of a table: cells between bars, or columns set apart by runs of
// blanks.
func Tabular(line string) bool {
	line = strings.TrimRight(line, " \t\r")
	body := strings.TrimLeft(line, " \t")
	if strings.HasPrefix(body, "|") && strings.HasSuffix(body, "|") && len(body) > 1 {
		return true
	}
	return strings.Count(body, "   ") >= 2 || strings.Contains(body, "     ") || strings.Count(body, "\t") >= 1
}

// Compose makes a story's Text of a headline and a body: headline, blank line, body; or the one that is there.
func Compose(headline, body string) string {
	switch {
	case headline == "":
		return body
	case body == "":
		return headline
	}
	return headline + "\n\n" + body
}

// Body is a plain text body with its counts. An empty text has none.
func Body(text string) []wiredesk.Content {
	if text == "" {
		return nil
	}
	return []wiredesk.Content{{
		ContentType: "text/plain", Value: text,
		CharCount: utf8.RuneCountInString(text), WordCount: len(strings.Fields(text)),
	}}
}

// Headline is the item's main headline. An empty text has none.
func Headline(text string) []wiredesk.Content {
	if text == "" {
		return nil
	}
	return []wiredesk.Content{{Role: "main", ContentType: "text/plain", Value: text}}
}

// FirstSentences cuts a text for use as a headline: the first paragraph, and of that at most limit characters, ending
// at a word.
func FirstSentences(text string, limit int) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	cut := string([]rune(text)[:limit])
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return cut + " …"
}
