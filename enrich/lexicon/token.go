package lexicon

import "unicode/utf8"

// Flags say what a token looks like and where it stands.
type Flags uint16

// What a token looks like and where it stands.
const (
	Cap       Flags = 1 << iota // begins with an upper-case letter
	AllCaps                     // two letters or more, all upper-case
	Digit                       // holds a digit
	Word                        // letters or digits; otherwise a single mark of punctuation
	Single                      // one rune of Han, kana or hangul
	Arabic                      // Arabic script, of any language
	Spaced                      // white space, a line end or nothing stands before it
	LineStart                   // first of its line
	ParaStart                   // first of its paragraph
)

// Token is a word, a number, one ideograph or one mark of punctuation. Start and End are byte offsets into the text as
// it came, half open; they never cut a character. Hash is of the folded spelling: equal for forms that differ only in
// case, diacritics, width, joiners or the letter variants of a script.
type Token struct {
	Start, End int32
	Hash       uint64
	Flags      Flags
	Rune       rune // of a mark of punctuation, folded: ' for ’, " for “ ” „, - for every dash; else 0
}

// Is says whether the token has all the flags.
func (t *Token) Is(f Flags) bool { return t.Flags&f == f }

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

func hashStep(h uint64, r uint16) uint64 { return (h ^ uint64(r)) * hashPrime }

func hashEnd(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// HashOf is the hash of one word as the tokens of a text carry it; 0 when the word is not exactly one token.
func HashOf(word string) uint64 {
	toks := tokenize(folds(), word, nil)
	if len(toks) != 1 {
		return 0
	}
	return toks[0].Hash
}

// word gathers one token while its runes come in.
type word struct {
	start, letters, uppers int
	hash                   uint64
	flags                  Flags
}

func (w *word) end(at int) Token {
	if w.uppers >= 2 && w.uppers == w.letters {
		w.flags |= AllCaps
	}
	return Token{Start: int32(w.start), End: int32(at), Hash: hashEnd(w.hash), Flags: w.flags}
}

func (w *word) add(class uint8, r rune, to uint16) {
	switch class {
	case classUpper:
		if w.letters == 0 {
			w.flags |= Cap
		}
		w.letters++
		w.uppers++
	case classLower:
		w.letters++
		if r >= 0x600 && r <= 0x6FF || r >= 0x750 && r <= 0x77F || r >= 0xFB50 && r <= 0xFEFC {
			w.flags |= Arabic
		}
	case classDigit:
		w.flags |= Digit
	}
	w.hash = hashStep(w.hash, to)
}

// ascii takes the run of ASCII letters and digits at i into the word and gives the offset after it.
func (w *word) ascii(f *folding, text string, i int) int {
	h, letters, uppers := w.hash, w.letters, w.uppers
	for ; i < len(text) && text[i] < utf8.RuneSelf; i++ {
		switch f.class[text[i]] {
		case classLower:
			letters++
		case classUpper:
			if letters == 0 {
				w.flags |= Cap
			}
			letters++
			uppers++
		case classDigit:
			w.flags |= Digit
		default:
			w.hash, w.letters, w.uppers = h, letters, uppers
			return i
		}
		h = hashStep(h, f.to[text[i]])
	}
	w.hash, w.letters, w.uppers = h, letters, uppers
	return i
}

// tokenize appends the tokens of text to buf. Bytes that are no UTF-8 are a mark of punctuation each.
func tokenize(f *folding, text string, buf []Token) []Token {
	spaced := Spaced
	var w word
	in := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r == ' ' {
			if in {
				buf, in = append(buf, w.end(i)), false
			}
			spaced = Spaced
			i++
			continue
		}
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		class, to := uint8(classOther), uint16(0xFFFD)
		if r < 1<<16 {
			class, to = f.class[r], f.to[r]
		}
		switch class {
		case classLower, classUpper, classDigit:
			if !in {
				w, in = word{start: i, hash: hashSeed, flags: Word | spaced}, true
				spaced = 0
			}
			if r < utf8.RuneSelf {
				i = w.ascii(f, text, i)
				continue
			}
			w.add(class, r, to)
		case classSkip:
		default:
			if in {
				buf, in = append(buf, w.end(i)), false
			}
			if class == classSpace {
				spaced = Spaced
				break
			}
			buf = append(buf, single(class, i, size, r, to, spaced))
			spaced = 0
		}
		i += size
	}
	if in {
		buf = append(buf, w.end(len(text)))
	}
	return buf
}

func single(class uint8, at, size int, r rune, to uint16, spaced Flags) Token {
	t := Token{Start: int32(at), End: int32(at + size), Flags: spaced, Rune: rune(to)}
	if r >= 1<<16 {
		t.Rune = r
	}
	if class == classSingle {
		t.Flags |= Single | Word
		t.Rune = 0
	}
	t.Hash = hashEnd(hashStep(hashStep(hashSeed, to), uint16(r>>16)))
	return t
}
