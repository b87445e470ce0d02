package lexicon

import (
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Character classes of the basic plane.
const (
	classOther  = iota // punctuation and symbols: a token each
	classSpace         // between tokens
	classLower         // a letter that is not upper-case
	classUpper         // an upper-case letter
	classDigit         // a decimal digit of any script
	classSingle        // Han, kana, hangul: a token a rune
	classSkip          // part of a word, but not of its spelling: diacritics, tatweel, joiners, direction marks
)

// folding maps every rune of the basic plane to its class and to the rune that is hashed in its place.
type folding struct {
	class [1 << 16]uint8
	to    [1 << 16]uint16
}

var folds = sync.OnceValue(buildFolding)

func buildFolding() *folding {
	f := new(folding)
	for r := range rune(1 << 16) {
		f.class[r] = classOf(r)
		f.to[r] = uint16(foldRune(r))
	}
	return f
}

func classOf(r rune) uint8 {
	switch {
	case skipped(r):
		return classSkip
	case unicode.IsSpace(r), r == 0xFEFF, r == 0x3000:
		return classSpace
	case unicode.Is(unicode.Nd, r):
		return classDigit
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), unicode.Is(unicode.Hangul, r):
		return classSingle
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return classUpper
	case unicode.IsLetter(r), unicode.IsMark(r):
		return classLower
	}
	return classOther
}

// skipped tells marks that change nothing about which word it is. Vowel signs of Indic scripts do, and stay.
func skipped(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36F, r >= 0x591 && r <= 0x5C7 && unicode.IsMark(r):
		return true
	case r >= 0x610 && r <= 0x61A, r >= 0x64B && r <= 0x65F, r == 0x670, r == 0x640:
		return true
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069:
		return true
	}
	return false
}

var oddFolds = map[rune]rune{
	'ı': 'i', 'İ': 'i', 'ø': 'o', 'Ø': 'o', 'đ': 'd', 'Đ': 'd', 'ł': 'l', 'Ł': 'l', 'ё': 'е', 'Ё': 'е', 'й': 'й', 'Й': 'й',
	'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ک': 'ك', 'ة': 'ه', 'ۀ': 'ه', 'ە': 'ه', 'ٱ': 'ا',
	'’': '\'', 'ʼ': '\'', '‘': '\'', '`': '\'', '´': '\'', '“': '"', '”': '"', '„': '"', '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-',
}

// foldRune lower-cases, strips diacritics of alphabetic scripts and narrows wide forms, one rune to one rune.
func foldRune(r rune) rune {
	if to, ok := oddFolds[r]; ok {
		return to
	}
	to := r
	if strippable(r) {
		d := []rune(norm.NFKD.String(string(r)))
		if len(d) > 0 && onlyMarks(d[1:]) {
			to = d[0]
		}
	}
	to = unicode.ToLower(to)
	if odd, ok := oddFolds[to]; ok {
		to = odd
	}
	if d := digit(to); d >= 0 {
		to = '0' + d
	}
	if to < 0 || to > 0xFFFF {
		return r
	}
	return to
}

func strippable(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic) || r >= 0xFF00 && r <= 0xFF60
}

func onlyMarks(rs []rune) bool {
	for _, r := range rs {
		if !unicode.IsMark(r) {
			return false
		}
	}
	return true
}

// digit is the value of a decimal digit of any script; such digits stand in runs of ten.
func digit(r rune) rune {
	if !unicode.Is(unicode.Nd, r) {
		return -1
	}
	for d := range rune(10) {
		if !unicode.Is(unicode.Nd, r-d-1) {
			return d
		}
	}
	return r % 10
}
