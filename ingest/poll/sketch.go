package poll

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode"
)

// sketch is a small likeness of a text: for each of its bins the least hash of the runs of three words that fall into it.
// Two texts that share words in a row share bins; texts that only share a language do not.
type sketch [32]uint16

const noBin = 0xFFFF

func sketchOf(text string) sketch {
	var s sketch
	for i := range s {
		s[i] = noBin
	}
	words := wordsOf(text)
	for i := range max(0, len(words)-2) {
		h := mix(mix(mix(0, words[i]), words[i+1]), words[i+2])
		if bin := h >> 59; uint16(h) < s[bin] {
			s[bin] = uint16(h)
		}
	}
	return s
}

// empty says whether there is too little text to be compared.
func (s sketch) empty() bool {
	filled := 0
	for _, v := range s {
		if v != noBin {
			filled++
		}
	}
	return filled < 3
}

// shared is how many bins two sketches have in common, of how many that both have.
func (s sketch) shared(o sketch) (common, both int) {
	for i := range s {
		if s[i] == noBin || o[i] == noBin {
			continue
		}
		both++
		if s[i] == o[i] {
			common++
		}
	}
	return common, both
}

// MarshalText writes the bins in base64.
func (s sketch) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 2*len(s))
	for _, v := range s {
		raw = binary.BigEndian.AppendUint16(raw, v)
	}
	return base64.RawStdEncoding.AppendEncode(nil, raw), nil
}

// UnmarshalText reads what MarshalText wrote; of anything else, as much as there is.
func (s *sketch) UnmarshalText(text []byte) error {
	raw, err := base64.RawStdEncoding.AppendDecode(nil, text)
	for i := range s {
		s[i] = noBin
		if len(raw) >= 2*i+2 {
			s[i] = binary.BigEndian.Uint16(raw[2*i:])
		}
	}
	return err
}

// heading is the words of a headline, as short hashes in base64.
func heading(text string) string {
	var raw []byte
	seen := map[uint16]bool{}
	for _, w := range wordsOf(text) {
		h := uint16(mix(0, w))
		if !seen[h] && len(seen) < 24 {
			seen[h] = true
			raw = binary.BigEndian.AppendUint16(raw, h)
		}
	}
	return base64.RawStdEncoding.EncodeToString(raw)
}

// alike says whether most words of the shorter headline stand in the other, and at least two do.
func alike(a, b string) bool {
	one, two := unpacked(a), unpacked(b)
	if len(one) > len(two) {
		one, two = two, one
	}
	common := 0
	for h := range one {
		if two[h] {
			common++
		}
	}
	return common >= 2 && 10*common >= 6*len(one)
}

func unpacked(heading string) map[uint16]bool {
	raw, err := base64.RawStdEncoding.DecodeString(heading)
	words := map[uint16]bool{}
	for i := 0; err == nil && i+1 < len(raw); i += 2 {
		words[binary.BigEndian.Uint16(raw[i:])] = true
	}
	return words
}

// maxWords bounds what of a text is looked at.
const maxWords = 2000

// wordsOf are the words of a text in lower case. Scripts that set no space between words give a word for each sign.
func wordsOf(text string) []string {
	var all []string
	for field := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) }) {
		field = strings.ToLower(field)
		if !strings.ContainsFunc(field, spaceless) {
			all = append(all, field)
		} else {
			all = append(all, strings.Split(field, "")...)
		}
		if len(all) >= maxWords {
			return all[:maxWords]
		}
	}
	return all
}

func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// mix is FNV-1a, finished so that the high bits are as good as the low ones. It is the same on every machine.
func mix(h uint64, word string) uint64 {
	h ^= 14695981039346656037
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}
