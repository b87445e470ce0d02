package lexicon

import (
	"strings"
	"unicode/utf8"
)

// layout finds lines and paragraphs and flags the tokens that begin one.
func (v *View) layout() {
	v.Lines = appendLines(v.Lines[:0], v.lex.fold, v.Text)
	v.assignTokens()
	v.Blocks = v.Blocks[:0]
	for from := 0; from < len(v.Lines); {
		to := from + 1
		for to < len(v.Lines) && v.Lines[to].Number == v.Lines[to-1].Number+1 {
			to++
		}
		v.group(from, to)
		from = to
	}
	for _, b := range v.Blocks {
		v.Tokens[b.First].Flags |= ParaStart
	}
}

// appendLines cuts at \n, \r, form feeds and the Unicode line and paragraph separators.
func appendLines(lines []Line, f *folding, text string) []Line {
	end := lineEnd
	if strings.IndexByte(text, '\r') < 0 && strings.IndexByte(text, '\f') < 0 && !strings.Contains(text, "\u2028") && !strings.Contains(text, "\u2029") {
		end = plainLineEnd
	}
	number := int32(0)
	for at := 0; at < len(text); number++ {
		last, next := end(text, at)
		start, stop := trim(f, text, at, last)
		if start < stop {
			lines = append(lines, Line{Start: int32(start), End: int32(stop), Number: number})
		}
		at = next
	}
	return lines
}

// plainLineEnd is lineEnd for a text whose lines end in \n only.
func plainLineEnd(text string, at int) (end, next int) {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n, at + n + 1
	}
	return len(text), len(text)
}

func lineEnd(text string, at int) (end, next int) {
	for i := at; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n', c == '\f':
			return i, i + 1
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				return i, i + 2
			}
			return i, i + 1
		case c == 0xE2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return i, i + 3
		}
	}
	return len(text), len(text)
}

// trim leaves out white space at both ends, no-break spaces and marks of order included.
func trim(f *folding, text string, start, end int) (int, int) {
	blank := func(r rune) bool { return r < 1<<16 && (f.class[r] == classSpace || f.class[r] == classSkip) }
	left := strings.TrimLeftFunc(text[start:end], blank)
	start = end - len(left)
	return start, start + len(strings.TrimRightFunc(left, blank))
}

// assignTokens gives each line its tokens. Lines that hold none are dropped.
func (v *View) assignTokens() {
	n, at := 0, int32(0)
	for _, line := range v.Lines {
		line.First = at
		for int(at) < len(v.Tokens) && v.Tokens[at].Start < line.End {
			at++
		}
		line.Last = at
		if line.First == line.Last {
			continue
		}
		v.Tokens[line.First].Flags |= LineStart
		v.Lines[n] = line
		n++
	}
	v.Lines = v.Lines[:n]
}

// group turns lines that follow each other without a blank one into paragraphs: one each, unless they were wrapped.
// Where some lines are indented, those begin the paragraphs.
func (v *View) group(from, to int) {
	width := v.wrapWidth(from, to)
	indented := width > 0 && v.indented(from, to)
	start := from
	for i := from + 1; i <= to; i++ {
		if i < to && width > 0 && v.wrapped(i, width, indented) {
			continue
		}
		first, last := v.Lines[start], v.Lines[i-1]
		v.Blocks = append(v.Blocks, Block{
			Start: first.Start, End: last.End, First: first.First, Last: last.Last,
			LineFirst: int32(start), LineLast: int32(i),
		})
		start = i
	}
}

// wrapWidth is the width at which lines were broken, in characters; 0 where lines are paragraphs of their own.
func (v *View) wrapWidth(from, to int) int {
	const narrow, wide = 30, 110
	width := 0
	for i := from; i < to; i++ {
		if v.Lines[i].End-v.Lines[i].Start > wide*4 {
			return 0
		}
		width = max(width, v.runes(i))
	}
	if to-from < 2 || width < narrow || width > wide {
		return 0
	}
	return width
}

// indented says whether some lines of a group, but not all, begin with blanks.
func (v *View) indented(from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if indent(v.Text, int(v.Lines[i].Start)) >= 2 {
			n++
		}
	}
	return n > 0 && n < to-from
}

// wrapped says whether line i goes on with the paragraph of the line before it: it is not indented, and its first word
// would not have fitted there, or the line before breaks off in a sentence.
func (v *View) wrapped(i, width int, indented bool) bool {
	line := v.Lines[i]
	if indent(v.Text, int(line.Start)) >= 2 {
		return false
	}
	before := v.runes(i - 1)
	last := v.Tokens[v.Lines[i-1].Last-1]
	if indented && last.Rune != '.' && before*3 > width {
		return true
	}
	first := v.Tokens[line.First]
	for j := line.First + 1; j < line.Last && !v.Tokens[j].Is(Spaced); j++ {
		first.End = v.Tokens[j].End
	}
	if before+1+utf8.RuneCountInString(v.Text[first.Start:first.End]) > width-2 {
		return true
	}
	return before*10 > width*7 && last.Flags&Word != 0
}

func (v *View) runes(i int) int {
	return utf8.RuneCountInString(v.Text[v.Lines[i].Start:v.Lines[i].End])
}

// indent counts the blanks before a line.
func indent(text string, at int) int {
	n := 0
	for at > 0 && (text[at-1] == ' ' || text[at-1] == '\t') {
		if text[at-1] == '\t' {
			n++
		}
		n, at = n+1, at-1
	}
	return n
}
