package charset

import (
	"fmt"
	"html"
	"math/bits"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Clean drops what no reader can see and no document format may hold: NULs and control characters other than tab, line
// feed and carriage return, stray byte-order marks and non-characters. The repairs say how many went.
func Clean(text string) (clean string, repairs []string) {
	if utf8.ValidString(text) && !dirty(text) {
		return text, nil
	}
	return scrub(text)
}

// Scrub is [Clean] for text that is known to be valid UTF-8.
func Scrub(text string) (clean string, repairs []string) {
	if !dirty(text) {
		return text, nil
	}
	return scrub(text)
}

func scrub(text string) (clean string, repairs []string) {
	n := 0
	clean = strings.Map(func(r rune) rune {
		if visible(r) {
			return r
		}
		n++
		return -1
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if n == 1 {
		return clean, []string{"1 control character dropped"}
	}
	if n > 0 {
		return clean, []string{fmt.Sprintf("%d control characters dropped", n)}
	}
	return clean, nil
}

// dirty says whether valid UTF-8 may hold what Clean drops. It looks at bytes, and so costs next to nothing.
func dirty(text string) bool {
	for i := plainRun(text); i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 0x20 && c < 0x7f:
			i += plainRun(text[i:]) - 1
		case c == '\n' || c == '\t' || c == '\r':
		case c < 0x20 || c == 0x7f:
			return true
		case c == 0xc2 && text[i+1] < 0xa0, c == 0xef && text[i+1] >= 0xbb:
			return true
		case c >= 0x80:
			i += letterRun(text[i+1:])
		}
	}
	return false
}

// letterRun is how many bytes at the beginning of text are none that dirty has to look at by themselves: those of
// printable ASCII and of most other letters.
func letterRun(text string) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; n+8 <= len(text); n += 8 {
		t := text[n : n+8]
		_ = t[7]
		w := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		// Each term marks a byte below 0x20, or equal to one of three; the first that is marked is one.
		del, latin, last := w^ones*0x7f, w^ones*0xc2, w^ones*0xef
		if out := ((w-ones*0x20)&^w | (del-ones)&^del | (latin-ones)&^latin | (last-ones)&^last) & high; out != 0 {
			return n + bits.TrailingZeros64(out)/8
		}
	}
	return n
}

// plainRun is how many bytes at the beginning of text are printable ASCII.
func plainRun(text string) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; n+8 <= len(text); n += 8 {
		t := text[n : n+8]
		_ = t[7]
		w := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		// A byte is out of the range where it is 0x80 and more, borrows when 0x20 is taken away, or carries when 1 is added.
		// The first that is marked is one; those behind it may only have lent to it.
		if out := (w | (w - ones*0x20) | (w + ones)) & high; out != 0 {
			return n + bits.TrailingZeros64(out)/8
		}
	}
	for n < len(text) && text[n] >= 0x20 && text[n] < 0x7f {
		n++
	}
	return n
}

func visible(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0 && r != 0x85:
		return false
	case r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r <= utf8.MaxRune
}

var entity = regexp.MustCompile(`&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)

// Unescape resolves character references that were escaped once too often: text that, read from its document, still
// says "Caf&eacute;" or "AT&amp;T". ok tells whether anything changed. Text with a bare "&" is left alone there, and
// references to "<" and ">" are resolved like the others, so the result is text and never markup to be trusted.
func Unescape(text string) (plain string, ok bool) {
	if !refers(text) {
		return text, false
	}
	plain = entity.ReplaceAllStringFunc(text, html.UnescapeString)
	return plain, plain != text
}

// refers says whether a text may hold a character reference.
func refers(text string) bool {
	for {
		i := strings.IndexByte(text, '&')
		if i < 0 || i+3 >= len(text) {
			return false
		}
		text = text[i+1:]
		if text[0] == '#' || text[0]|0x20 >= 'a' && text[0]|0x20 <= 'z' {
			return true
		}
	}
}
