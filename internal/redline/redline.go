// Package redline says how one text became another, word by word, for people to read.
package redline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Op is what became of a stretch of text.
type Op string

// What becomes of text.
const (
	Same Op = "same"
	Gone Op = "gone"
	New  Op = "new"
)

// Piece is a stretch of text and what became of it.
type Piece struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Words compares two texts. The pieces that are not new are the text before, byte for byte; those that are not gone are
// the text after. Pieces next to each other differ in kind, and what is gone stands before what is new in its place. A
// word is never cut. Where the texts have little in common, the words between their first and their last difference
// are shown as replaced: that bounds time and memory for any two texts.
func Words(before, after string) []Piece {
	a, b := split(before), split(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var p pieces
	p.add(Same, a[:head])
	p.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	p.add(Same, a[len(a)-tail:])
	return p.joined()
}

// Changed says whether the pieces hold any change.
func Changed(all []Piece) bool {
	for _, p := range all {
		if p.Op != Same {
			return true
		}
	}
	return false
}

// split cuts a text into words, and what stands between them character by character; blanks stay together.
func split(text string) []string {
	var out []string
	for len(text) > 0 {
		n := 0
		kind := kindOf(text)
		for n < len(text) && kindOf(text[n:]) == kind {
			_, size := utf8.DecodeRuneInString(text[n:])
			n += size
			if kind == mark {
				break
			}
		}
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

const (
	word = iota
	blank
	mark
)

func kindOf(text string) int {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '\'', r == '’', r == '\u200c', r == '\u200d':
		return word
	case unicode.IsSpace(r):
		return blank
	}
	return mark
}

// pieces are stretches on their way to become readable.
type pieces []Piece

func (p *pieces) add(op Op, words []string) {
	if text := strings.Join(words, ""); text != "" {
		*p = append(*p, Piece{op, text})
	}
}

// joined puts all changes of one place together, also those that only a blank keeps apart.
func (p pieces) joined() []Piece {
	var out []Piece
	var gone, fresh strings.Builder
	flush := func() {
		if gone.Len() > 0 {
			out = append(out, Piece{Gone, gone.String()})
		}
		if fresh.Len() > 0 {
			out = append(out, Piece{New, fresh.String()})
		}
		gone.Reset()
		fresh.Reset()
	}
	for i, x := range p {
		switch {
		case x.Op == Gone:
			gone.WriteString(x.Text)
		case x.Op == New:
			fresh.WriteString(x.Text)
		case gone.Len()+fresh.Len() > 0 && i < len(p)-1 && p[i+1].Op != Same && strings.TrimSpace(x.Text) == "" && !strings.Contains(x.Text, "\n"):
			gone.WriteString(x.Text)
			fresh.WriteString(x.Text)
		default:
			flush()
			if n := len(out); n > 0 && out[n-1].Op == Same {
				out[n-1].Text += x.Text
			} else {
				out = append(out, x)
			}
		}
	}
	flush()
	return out
}
