package language

import "unicode"

// script is a writing system, as far as telling languages apart needs it.
type script uint8

const (
	none script = iota
	latin
	cyrillic
	arabic
	hebrew
	devanagari
	bengali
	gurmukhi
	gujarati
	tamil
	telugu
	kannada
	malayalam
	sinhala
	thai
	lao
	myanmar
	khmer
	georgian
	armenian
	greek
	ethiopic
	hangul
	tibetan
	han
	kana
	scripts
)

var scriptNames = [scripts]string{
	"", "Latin", "Cyrillic", "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu",
	"Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Myanmar", "Khmer", "Georgian", "Armenian", "Greek", "Ethiopic",
	"Hangul", "Tibetan", "Han", "Kana",
}

func scriptNamed(name string) (script, bool) {
	for s, n := range scriptNames {
		if n == name && s > 0 {
			return script(s), true
		}
	}
	return none, false
}

// block is a stretch of Unicode and the script of its letters and marks.
type block struct {
	first, last rune
	script      script
}

var blocks = []block{
	{0xC0, 0x24F, latin},
	{0x250, 0x2AF, latin},
	{0x370, 0x3FF, greek},
	{0x400, 0x52F, cyrillic},
	{0x531, 0x58F, armenian},
	{0x591, 0x5FF, hebrew},
	{0x610, 0x6FF, arabic},
	{0x750, 0x77F, arabic},
	{0x900, 0x963, devanagari},
	{0x971, 0x97F, devanagari},
	{0x980, 0x9FF, bengali},
	{0xA00, 0xA7F, gurmukhi},
	{0xA80, 0xAFF, gujarati},
	{0xB80, 0xBFF, tamil},
	{0xC00, 0xC7F, telugu},
	{0xC80, 0xCFF, kannada},
	{0xD00, 0xD7F, malayalam},
	{0xD80, 0xDFF, sinhala},
	{0xE00, 0xE7F, thai},
	{0xE80, 0xEFF, lao},
	{0xF00, 0xFFF, tibetan},
	{0x1000, 0x109F, myanmar},
	{0x10A0, 0x10FF, georgian},
	{0x1100, 0x11FF, hangul},
	{0x1200, 0x137F, ethiopic},
	{0x1780, 0x17FF, khmer},
	{0x1E00, 0x1EFF, latin},
	{0x1F00, 0x1FFF, greek},
	{0x3041, 0x30FF, kana},
	{0x3400, 0x4DBF, han},
	{0x4E00, 0x9FFF, han},
	{0xAC00, 0xD7A3, hangul},
	{0xFB1D, 0xFB4F, hebrew},
	{0xFB50, 0xFDFF, arabic},
	{0xFE70, 0xFEFC, arabic},
	{0x20000, 0x2FFFF, han},
}

// scriptOf is the script of a letter or of a mark that belongs to a word, and none for everything else.
func scriptOf(r rune) script {
	if r < 0x80 {
		if c := r | 0x20; c >= 'a' && c <= 'z' {
			return latin
		}
		return none
	}
	lo, hi := 0, len(blocks)
	for lo < hi {
		mid := (lo + hi) / 2
		switch b := blocks[mid]; {
		case r < b.first:
			hi = mid
		case r > b.last:
			lo = mid + 1
		case unicode.IsLetter(r) || unicode.IsMark(r):
			return b.script
		default:
			return none
		}
	}
	return none
}
