// Package language tells in which language a story and each of its sections is written: by the scripts it uses, the
// function words it has and the letters that only some languages have.
package language

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Unknown is the answer for text that is too short, or too unlike any language of the table: a wrong tag is worse
// than none.
const Unknown = "und"

// Guess is a detected language.
type Guess struct {
	Tag string // BCP 47; Unknown where nothing is sure enough
	// Margin is how far the best language is ahead of the second, per word: 0 is a tie, above 0.1 is sure.
	Margin  float64
	Letters int // how many letters were looked at
}

// How many letters are read, of a whole text and of one section among others: more do not change the answer, and cost
// grows with text.
const (
	sample        = 1200
	sectionSample = 500
)

const (
	minLetters   = 12 // of a script with several languages
	minAlone     = 5  // of a script with one
	minHan       = 4
	minVotes     = 0.5
	minMargin    = 0.008 // votes per word: closer is a tie
	letterYes    = 0.5
	letterNo     = 0.3
	ownMissing   = 1   // what a language loses whose expected letter is missing
	enoughForOwn = 40  // letters
	oneLetter    = 0.4 // a word of one letter may be an initial
	kanaOfHan    = 12  // one kana in so many ideographs makes it Japanese
	hanIsWorth   = 3   // an ideograph says as much as so many letters
	longestWord  = 40
	tallyScripts = int(bengali) + 1
)

// Detect tells the language of a text. It reads a bounded part of it, is safe for concurrent use, and fails only
// when the table inside the program is broken.
func Detect(text string) (Guess, error) { return detect(text, sample) }

func detect(text string, letters int) (Guess, error) {
	all, err := load()
	if err != nil {
		return Guess{Tag: Unknown}, err
	}
	c := count{all: all}
	c.read(text, letters)
	return c.guess(), nil
}

// count is the votes of one text.
type count struct {
	all     *families
	letters [scripts]int
	words   [scripts]int
	votes   [tallyScripts][64]float32
	denied  [tallyScripts]float32 // what every language of the script loses that was not spared
	own     [tallyScripts]uint64  // languages of which a letter was seen that they alone have
	buf     [longestWord * utf8.UTFMax]byte
}

func (c *count) read(text string, most int) {
	n, wordScript, total := 0, none, 0
	for _, r := range text {
		s := scriptOf(r)
		if s == none || s != wordScript && n > 0 {
			c.word(wordScript, n)
			n = 0
			if s == none && total >= most {
				return
			}
		}
		wordScript = s
		if s == none {
			continue
		}
		c.letters[s]++
		total++
		r = lower(r)
		if int(s) < tallyScripts && r >= utf8.RuneSelf {
			c.letter(s, r)
		}
		if n+utf8.UTFMax <= len(c.buf) {
			n += utf8.EncodeRune(c.buf[n:], r)
		}
	}
	c.word(wordScript, n)
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r |= 0x20
		}
		return r
	}
	return unicode.ToLower(r)
}

func (c *count) word(s script, n int) {
	if n == 0 {
		return
	}
	c.words[s]++
	if int(s) >= tallyScripts {
		return
	}
	if mask, ok := c.all[s].words[string(c.buf[:n])]; ok {
		worth := share(mask)
		if n == 1 {
			worth *= oneLetter
		}
		c.vote(s, mask, worth)
	}
}

func (c *count) letter(s script, r rune) {
	mask, ok := c.all[s].letters[r]
	if !ok || bits.OnesCount64(mask) == len(c.all[s].tags) {
		return
	}
	if mask&(mask-1) == 0 {
		c.own[s] |= mask
	}
	c.denied[s] += letterNo
	c.vote(s, mask, letterYes*share(mask)+letterNo)
}

func (c *count) vote(s script, mask uint64, worth float32) {
	for ; mask != 0; mask &= mask - 1 {
		c.votes[s][bits.TrailingZeros64(mask)] += worth
	}
}

func (c *count) guess() Guess {
	main := none
	weight := func(s script) int {
		if s == han || s == kana || s == hangul {
			return c.letters[s] * hanIsWorth
		}
		return c.letters[s]
	}
	for s := latin; s < scripts; s++ {
		if weight(s) > weight(main) {
			main = s
		}
	}
	if main == han && c.letters[kana]*kanaOfHan > c.letters[han] {
		main = kana
	}
	f := &c.all[main]
	g := Guess{Tag: Unknown, Letters: c.letters[main]}
	switch {
	case main == none || len(f.tags) == 0:
		return g
	case len(f.tags) == 1:
		if g.Letters >= minAlone || weight(main) >= minHan*hanIsWorth {
			g.Tag, g.Margin = f.tags[0], 1
		}
		return g
	case g.Letters < minLetters:
		return g
	}
	return c.elect(main, g)
}

func (c *count) elect(s script, g Guess) Guess {
	if g.Letters >= enoughForOwn {
		c.vote(s, c.all[s].expected&^c.own[s], -ownMissing)
	}
	best, second := -1, -1
	for i := range c.all[s].tags {
		switch v := c.votes[s][i]; {
		case best < 0 || v > c.votes[s][best]:
			best, second = i, best
		case second < 0 || v > c.votes[s][second]:
			second = i
		}
	}
	ahead := float64(c.votes[s][best]-c.votes[s][second]) / float64(max(c.words[s], 1))
	if c.votes[s][best]-c.denied[s] < minVotes || ahead < minMargin {
		return g
	}
	g.Tag, g.Margin = c.all[s].tags[best], ahead
	return g
}
