package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

type candidate struct {
	name string
	enc  encoding.Encoding
}

// candidates are what a guess chooses from; of equal scores the earlier wins.
func candidates() []candidate {
	return []candidate{
		{"windows-1252", charmap.Windows1252},
		{"windows-1251", charmap.Windows1251},
		{"koi8-r", charmap.KOI8R},
		{"koi8-u", charmap.KOI8U},
		{"windows-1256", charmap.Windows1256},
		{"windows-1253", charmap.Windows1253},
		{"windows-1255", charmap.Windows1255},
		{"windows-1250", charmap.Windows1250},
		{"windows-1254", charmap.Windows1254},
		{"iso-8859-2", charmap.ISO8859_2},
		{"iso-8859-5", charmap.ISO8859_5},
		{"iso-8859-6", charmap.ISO8859_6},
		{"iso-8859-7", charmap.ISO8859_7},
		{"ibm866", charmap.CodePage866},
		{"gb18030", simplifiedchinese.GB18030},
		{"big5", traditionalchinese.Big5},
		{"shift_jis", japanese.ShiftJIS},
		{"euc-jp", japanese.EUCJP},
		{"euc-kr", korean.EUCKR},
		{"x-mac-farsi", macFarsi},
		{"ibm850", charmap.CodePage850},
	}
}

// guess names the charset that makes the likeliest text of the bytes. It always answers; windows-1252 when nothing
// speaks for another.
func guess(b []byte) (encoding.Encoding, string) {
	sample := dense(telling(b))
	best, name := encoding.Encoding(charmap.Windows1252), "windows-1252"
	top := -1e9
	for _, c := range candidates() {
		if s := likelihood(decode(c.enc, sample)); s > top+0.02 {
			top, best, name = s, c.enc, c.name
		}
	}
	return best, name
}

// likelier doubts a label of Western Europe, which is what many systems write on anything: where another charset makes
// far better words of the bytes, it answers with those.
func likelier(b []byte, text, name string) (better, by string) {
	if name != "windows-1252" && name != "iso-8859-15" {
		return "", ""
	}
	if few(b) { // a sign or two speak for nothing
		return "", ""
	}
	enc, found := guess(b)
	if found == name {
		return "", ""
	}
	sample := telling(b)
	if likelihood(decode(enc, sample))-likelihood(text[:min(len(text), 32<<10)]) < 1.2 {
		return "", ""
	}
	return strings.ToValidUTF8(decode(enc, b), "\uFFFD"), found
}

// few says that hardly a byte is beyond ASCII.
func few(b []byte) bool {
	n := 0
	for _, c := range b {
		if n += int(c >> 7); n > 2 {
			return false
		}
	}
	return true
}

// telling is the first 16 KiB from the first line with a byte beyond ASCII, cut at a line's end where there is one.
func telling(b []byte) []byte {
	start := 0
	for i, c := range b {
		if c == '\n' {
			start = i + 1
		}
		if c >= 0x80 {
			break
		}
	}
	b = b[start:]
	if len(b) <= 16<<10 {
		return b
	}
	b = b[:16<<10]
	if i := strings.LastIndexByte(string(b), '\n'); i > 0 {
		return b[:i]
	}
	for len(b) > 0 && b[len(b)-1] >= 0x80 {
		b = b[:len(b)-1]
	}
	return b
}

// dense is a sample without what lies in the middle of long stretches of ASCII, where no charset makes a difference.
func dense(sample []byte) []byte {
	const margin = 8 // more than any charset takes for one character
	var kept []byte
	for at := 0; at < len(sample); {
		stretch := 0
		for at+stretch < len(sample) && sample[at+stretch] < utf8.RuneSelf {
			stretch++
		}
		if stretch > 2*margin {
			kept = append(kept, sample[at:at+margin]...)
			kept = append(kept, sample[at+stretch-margin:at+stretch]...)
		} else {
			kept = append(kept, sample[at:at+stretch]...)
		}
		for at += stretch; at < len(sample) && sample[at] >= utf8.RuneSelf; at++ {
			kept = append(kept, sample[at])
		}
	}
	return kept
}

// likelihood scores text by its letters and their neighbours, per character beyond ASCII.
func likelihood(text string) float64 {
	sum, n, before := 0.0, 0, ' '
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			before = rune(text[i])
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		after := ' '
		if i < len(text) {
			after, _ = utf8.DecodeRuneInString(text[i:])
		}
		sum += weigh(before, r, after)
		n++
		before = r
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func weigh(before, r, after rune) float64 {
	switch {
	case r == utf8.RuneError:
		return -20
	case r < 0xa0, unicode.Is(unicode.Co, r), r >= 0x2500 && r < 0x25a0:
		return -6
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return sign(before, r, after)
	case unicode.Is(unicode.Latin, r):
		return latin(before, r, after)
	}
	s := script(before, r, after)
	if other(before, r) || other(after, r) {
		s -= 3
	}
	return s
}

// sign weighs a sign: quotes and dashes are ordinary, a sign inside a word is not.
func sign(before, r, after rune) float64 {
	if strings.ContainsRune("“”„‘‚«»–—…№€£°·،؛؟。、，「」・\u00a0\u200c\u200f\u3000", r) {
		return 0.5
	}
	if r == '’' {
		return 0.6
	}
	if unicode.IsLetter(before) && unicode.IsLetter(after) {
		return -3
	}
	return -0.7
}

const (
	frequentWest    = "éèàçêáíóúñãõäöüßåøæâôîûœëïÉÄÖÜÅØ"
	frequentCentral = "ąęłńśźżćčěřšťůžőűășțđŁŚŻČŠŽŘ"
	frequentTurkish = "ışğİŞ"
)

func latin(before, r, after rune) float64 {
	s := -0.6
	switch {
	case strings.ContainsRune(frequentWest, r):
		s = 1
	case strings.ContainsRune(frequentCentral, r):
		s = 0.9
	case strings.ContainsRune(frequentTurkish, r):
		s = 0.9
	}
	if before >= 0xa0 && unicode.IsLetter(before) {
		s -= 1.2
	}
	if unicode.IsLower(before) && unicode.IsUpper(r) {
		s -= 2
	}
	return s
}

const (
	frequentHan    = "的一是不了在人有我他这中大来上国和到说们为会时地出就年生对能下过得个要发新华社报道日月市政府经济"
	frequentTrad   = "這們來國會時個對發過經濟說報導後與於為學區黨統華點"
	frequentHangul = "이다는을의에가고하지사기도로한대은를과정부일보어리"
	frequentGreek  = "αοιετσνηυρπκμλςόίάέή"
	frequentArabic = "اليموتنرابهدعسفقكحجطصخشذضغءأإةىئؤآيکگپچژ"
)

// script weighs a letter of a script other than Latin by how common it is in running text.
func script(before, r, after rune) float64 {
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic(before, r)
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		if r >= 0xff00 {
			return -1.2
		}
		return 1.6
	case unicode.Is(unicode.Hangul, r):
		if strings.ContainsRune(frequentHangul, r) {
			return 2.6
		}
		return 0.9
	case unicode.Is(unicode.Han, r):
		if strings.ContainsRune(frequentHan, r) || strings.ContainsRune(frequentTrad, r) {
			return 3
		}
		return 0.5
	case unicode.Is(unicode.Arabic, r):
		if strings.ContainsRune(frequentArabic, r) {
			return 1.2
		}
		return -0.5
	case unicode.In(r, unicode.Greek, unicode.Hebrew):
		if unicode.IsLower(before) && unicode.IsUpper(r) {
			return -2
		}
		if strings.ContainsRune(frequentGreek, r) {
			return 1.5
		}
		return 0.9
	}
	return -0.5
}

func cyrillic(before, r rune) float64 {
	switch {
	case unicode.IsLower(before) && unicode.IsUpper(r):
		return -2
	case strings.ContainsRune("оеаинтсрвлкмдпу", r):
		return 1.4
	case (r == 'ь' || r == 'ъ') && !unicode.IsLetter(before):
		return -2
	case strings.ContainsRune("фщэъцхшюжч", r):
		return 0.5
	case r >= 'а' && r <= 'я' || r == 'ё' || r == 'і' || r == 'ї':
		return 0.9
	case r >= 'А' && r <= 'Я':
		return 0.5
	}
	return -1.5
}

// other says whether a neighbour is a letter of another script.
func other(neighbour, r rune) bool {
	if !unicode.IsLetter(neighbour) {
		return false
	}
	east := []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul}
	if unicode.In(r, east...) {
		return neighbour < 0x80 && unicode.IsLetter(neighbour) || !unicode.In(neighbour, east...) && neighbour >= 0x80 && neighbour < 0x3000
	}
	for _, t := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Arabic, unicode.Greek, unicode.Hebrew} {
		if unicode.Is(t, r) {
			return !unicode.Is(t, neighbour)
		}
	}
	return false
}
