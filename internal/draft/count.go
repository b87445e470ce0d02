package draft

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Words counts words as people do: what stands between spaces.
func Words(text string) int {
	_, words := count(text)
	return words
}

// count counts characters, and words as [Words] does. Where it can it looks at eight bytes at a time.
func count(text string) (characters, words int) {
	apart := true
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			if letters, ok := letters(text[i : i+8]); ok {
				before := letters << 8
				if !apart {
					before |= 0x80
				}
				characters, words = characters+8, words+bits.OnesCount64(letters&^before)
				apart = letters>>63 == 0
				i += 8
				continue
			}
		}
		c, size := text[i], 1
		space := c == ' ' || c >= '\t' && c <= '\r'
		switch {
		case c < utf8.RuneSelf:
		case c > 0xc2 && c < 0xe0 && i+1 < len(text) && text[i+1]&0xc0 == 0x80: // two bytes, and no space
			size = 2
		default:
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			space = (c == 0xc2 || c >= 0xe1 && c <= 0xe3) && unicode.IsSpace(r) // no others begin so
		}
		if apart && !space {
			words++
		}
		apart = space
		characters++
		i += size
	}
	return characters, words
}

// letters marks those of eight bytes that are no spaces with the highest bit of the byte, the first byte lowest. It is
// not for text with other characters than printable ASCII.
func letters(t string) (marks uint64, ok bool) {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	_ = t[7]
	w := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
	if (w|(w-ones*' '))&high != 0 {
		return 0, false
	}
	return ((w ^ ones*' ') + ones*0x7f) & high, true
}
