package lexicon

import (
	"strings"
	"unicode/utf8"
)

// layout finds lines and paragraphs and flags the tokens that begin one.
func (v *View) layout() {
	v.Lines = appendLines(v.Lines[:0], v.Text)
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
func appendLines(lines []Line, text string) []Line {
	number := int32(0)
	for at := 0; at < len(text); number++ {
		end, next := lineEnd(text, at)
		start, stop := trim(text, at, end)
		if start < stop {
			lines = append(lines, Line{Start: int32(start), End: int32(stop), Number: number})
		}
		at = next
	}
	return lines
}

func lineEnd(text string, at int) (end, next int) {
	i := at
	for {
		n := strings.IndexAny(text[i:min(len(text), i+4096)], "\n\r\f\u2028\u2029")
		if n >= 0 {
			i += n
			break
		}
		if i += 4096; i >= len(text) {
			return len(text), len(text)
		}
		for !utf8.RuneStart(text[i]) {
			i--
		}
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	next = i + size
	if text[i] == '\r' && next < len(text) && text[next] == '\n' {
		next++
	}
	return i, next
}

// trim leaves out white space at both ends, no-break spaces and marks of order included.
func trim(text string, start, end int) (int, int) {
	blank := func(r rune) bool {
		return r < 1<<16 && (folds().class[r] == classSpace || folds().class[r] == classSkip)
	}
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
func (v *View) group(from, to int) {
	width := v.wrapWidth(from, to)
	start := from
	for i := from + 1; i <= to; i++ {
		if i < to && width > 0 && v.wrapped(i, width) {
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

// wrapped says whether line i goes on with the paragraph of the line before it: it is not indented, and its first word
// would not have fitted there.
func (v *View) wrapped(i, width int) bool {
	line := v.Lines[i]
	if indent(v.Text, int(line.Start)) >= 2 {
		return false
	}
	first := v.Tokens[line.First]
	for j := line.First + 1; j < line.Last && !v.Tokens[j].Is(Spaced); j++ {
		first.End = v.Tokens[j].End
	}
	return v.runes(i-1)+1+utf8.RuneCountInString(v.Text[first.Start:first.End]) > width-2
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
