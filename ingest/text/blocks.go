package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a run of lines without a blank line between them, and where it starts in the text.
type block struct {
	text  string
	start int
}

// cut makes blocks of a text. Where no blank line parts them, every line is a block, unless the lines were wrapped.
// Lines that stand right above the story without a blank line become blocks of their own.
func cut(doc string) []block {
	blocks := paragraphs(doc)
	if len(blocks) == 1 && !wrapped(blocks[0].text) {
		return lines(blocks[0])
	}
	for i := 0; i < len(blocks) && i < 4; i++ {
		if at := opening(blocks[i].text); at > 0 {
			b := blocks[i]
			parts := []block{{strings.TrimRight(b.text[:at], "\r\n"), b.start}, {b.text[at:], b.start + at}}
			blocks = append(blocks[:i:i], append(parts, blocks[i+1:]...)...)
		}
	}
	return blocks
}

func paragraphs(doc string) []block {
	var blocks []block
	open := false
	for at := 0; at < len(doc); {
		stop := len(doc)
		if i := strings.IndexByte(doc[at:], '\n'); i >= 0 {
			stop = at + i + 1
		}
		switch filled := strings.TrimFunc(doc[at:stop], blank) != ""; {
		case filled && open:
			last := &blocks[len(blocks)-1]
			last.text = doc[last.start:stop]
		case filled:
			blocks = append(blocks, block{doc[at:stop], at})
			open = true
		default:
			open = false
		}
		at = stop
	}
	return blocks
}

func lines(b block) []block {
	var all []block
	for at := 0; at < len(b.text); {
		stop := len(b.text)
		if i := strings.IndexByte(b.text[at:], '\n'); i >= 0 {
			stop = at + i + 1
		}
		all = append(all, block{b.text[at:stop], b.start + at})
		at = stop
	}
	return all
}

// opening is where, in a block of several lines, a line begins that cannot belong to the line above it: behind a
// kicker, a byline, a slug; or at the dateline. It is 0 where the block is of one piece.
func opening(text string) int {
	i := strings.IndexByte(text, '\n')
	if i < 0 || i+1 >= len(text) {
		return 0
	}
	first, rest := strings.TrimSpace(text[:i]), text[i+1:]
	if alerts[plain(first)] || byline(first) != "" || labels.MatchString(first) || slugForm.MatchString(first) || set(first) {
		return i + 1
	}
	for at := i + 1; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if d := dateline(line); d.found && !d.weak {
			return at
		}
		at += len(line) + 1
		rest = after
	}
	return 0
}

// set says that a line is set apart by brackets or stars, as notices are.
func set(line string) bool {
	return line != "" && strings.ContainsRune("*([", rune(line[0])) && strings.ContainsRune("*)]", rune(line[len(line)-1])) ||
		strings.ToUpper(line) == line && strings.ToLower(line) != line
}

// wrapped says that lines were broken at a column: the next goes on in lower case, or all but the last are about as
// long as one another.
func wrapped(text string) bool {
	all := strings.Split(strings.TrimSpace(text), "\n")
	if len(all) < 2 {
		return false
	}
	lower := 0
	for _, line := range all[1:] {
		line = strings.TrimSpace(line)
		if r, _ := utf8.DecodeRuneInString(line); unicode.IsLower(r) {
			lower++
		}
		if utf8.RuneCountInString(line) > 90 {
			return false
		}
	}
	return lower*3 >= len(all)-1
}
