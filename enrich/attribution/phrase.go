package attribution

import (
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const maxPhrase = 26 // tokens of a noun phrase; look-ahead and look-back stop there

// ends says whether a mark parts clauses.
func (r *reading) ends(i int32) bool {
	t := r.tok(i)
	switch t.Rune {
	case ',', ';', ':', '،', '؛', '.', '!', '?', '؟', '。', '、', '…', '"', '“', '”', '«', '»', '「', '」', '|':
		return t.Rune != '.' || !r.shortens(i)
	case '-':
		return t.Is(lexicon.Spaced) || int(i)+1 < len(r.v.Tokens) && r.tok(i+1).Is(lexicon.Spaced)
	}
	return false
}

// shortens says whether a full stop stands after an abbreviation or inside a name.
func (r *reading) shortens(i int32) bool {
	if i == 0 || int(i)+1 >= len(r.v.Tokens) {
		return false
	}
	before := r.tok(i - 1)
	return r.has(i-1, lexicon.Abbreviation) || before.End-before.Start <= 2 && before.Is(lexicon.Cap) || !r.tok(i+1).Is(lexicon.Spaced)
}

// lower says whether a token is a word without a capital.
func (r *reading) lower(i int32) bool {
	t := r.tok(i)
	return t.Is(lexicon.Word) && t.Flags&(lexicon.Cap|lexicon.Digit) == 0
}

// latin says whether a word is written in Latin letters.
func (r *reading) latin(i int32) bool { return r.v.Text[r.tok(i).Start] < 0xCE }

// english says whether a word stands in English grammar.
func (r *reading) english(i int32) bool { return r.v.Grammar() == "en" && r.latin(i) }

// cased says whether a word is of a script with capitals.
func (r *reading) cased(i int32) bool { return r.v.Text[r.tok(i).Start] < 0xD6 }

func (r *reading) capped(i int32) bool { return r.tok(i).Is(lexicon.Cap) }

// nouns are those in -ly that news copy knows.
var nouns = map[string]bool{"family": true, "ally": true, "rally": true, "supply": true, "reply": true, "assembly": true, "monopoly": true, "anomaly": true}

// adverb says whether a word may stand between subject and verb.
func (r *reading) adverb(i int32) bool {
	if !r.tok(i).Is(lexicon.Word) {
		return false
	}
	if r.has(i, lexicon.Adverb) && !r.capped(i) {
		return true
	}
	return r.lower(i) && strings.HasSuffix(r.surface(i), "ly") && !r.has(i, lexicon.Media|lexicon.Document|lexicon.Group|lexicon.Title) && !nouns[r.surface(i)]
}

// day says whether a word names a day of the week, and is no part of a name: the Las Vegas Sun.
func (r *reading) day(i int32) bool {
	if !r.has(i, lexicon.Weekday) || !r.capped(i) {
		return false
	}
	t := r.tok(i)
	return t.End-t.Start > 3 || i == 0 || !r.capped(i-1) || r.has(i-1, lexicon.Month)
}

// verb says whether a word is a finite verb that the lexicon knows: a helper or a verb of report.
func (r *reading) verb(i int32) bool {
	if r.has(i, lexicon.Auxiliary) {
		return true
	}
	if !r.lower(i) {
		return false
	}
	tags, last := r.cueAt(i)
	if r.tok(i).Is(lexicon.Single) && last == i+1 {
		return r.speechRune(i)
	}
	return tags&(lexicon.Report|lexicon.Weak) != 0 && tags&(lexicon.Document|lexicon.Group|lexicon.Title) == 0
}

// speechRune says whether a single ideograph, 说 or 称, is a verb here and no part of a longer word: a mark follows, or a
// quotation stands before it.
func (r *reading) speechRune(i int32) bool {
	if !r.has(i, lexicon.Report) || int(i)+1 >= len(r.v.Tokens) {
		return false
	}
	return r.ends(i+1) || r.quoted(i+1)
}

// insideVerb says whether an ideograph is the second of a verb: 引 of 援引.
func (r *reading) insideVerb(i int32) bool {
	if !r.tok(i).Is(lexicon.Single) || i == 0 {
		return false
	}
	tags, last := r.cueAt(i - 1)
	return tags&lexicon.Report != 0 && last == i+1
}

// relative says whether a word opens a relative clause.
func (r *reading) relative(i int32) bool {
	switch r.surface(i) {
	case "who", "which", "whose", "qui", "которая", "который", "которые", "الذي", "التي", "quien":
		return true
	}
	return false
}

// joint says whether a word is "and".
func (r *reading) joint(i int32) bool {
	switch r.surface(i) {
	case "y", "e":
		return r.v.Grammar() != "en"
	case "and", "or", "et", "und", "и", "و", "ve", "&", "和":
		return true
	}
	return false
}

// heads says whether a token may begin a noun phrase.
func (r *reading) heads(i int32) bool {
	return r.has(i, lexicon.Determiner|lexicon.Pronoun|lexicon.Group|lexicon.Title) || r.capped(i)
}
