package lexicon

import "strings"

// The languages with cues that share a script, and so share spellings: the words of a text vote for one of each. Cues
// of the others are dropped; those in a script of their own always count.
var (
	latinCues  = []string{"en", "fr", "es", "de", "tr"}
	arabicCues = []string{"ar", "fa"}
)

// letters that speak for a language where a text is too short for its words to.
var letters = []struct{ lang, some string }{{"tr", "ğşıİ"}, {"es", "ñ¿¡óí"}, {"fr", "çœèêàù"}, {"de", "ßä„"}}

const functionWord = Determiner | Preposition | Conjunction | Pronoun | Auxiliary | Clause | Negation

// ballot counts the votes for the languages that share a script.
type ballot struct {
	latin  [5]int
	arabic [2]int
}

func (b *ballot) vote(lang string) {
	switch lang {
	case "en":
		b.latin[0]++
	case "fr":
		b.latin[1]++
	case "es":
		b.latin[2]++
	case "de":
		b.latin[3]++
	case "tr":
		b.latin[4]++
	case "ar":
		b.arabic[0]++
	case "fa":
		b.arabic[1]++
	}
}

// tagWords decides which language's cues count, tags the tokens and drops the cue hits of the others.
func (v *View) tagWords() {
	var b ballot
	for _, node := range v.words {
		v.eachCue(node, func(e *Entry) {
			if e.Tags&functionWord != 0 {
				b.vote(e.Lang)
			}
		})
	}
	v.lettersVote(&b)
	v.latin, v.arabic = latinCues[most(b.latin[:])], arabicCues[most(b.arabic[:])]
	v.tags = append(v.tags[:0], make([]Tag, len(v.Tokens))...)
	for i, node := range v.words {
		v.eachCue(node, func(e *Entry) {
			if v.counts(e) && (v.Tokens[i].Is(Cap) || !e.needsCap()) && (node > 0 || e.Tags&verbal == 0) {
				v.tags[i] |= e.Tags
			}
		})
	}
	kept := v.hits[Cue][:0]
	for _, h := range v.hits[Cue] {
		if v.counts(v.Entry(h)) {
			kept = append(kept, h)
		}
	}
	v.hits[Cue] = kept
}

// lettersVote lets the letters of a short text vote.
func (v *View) lettersVote(b *ballot) {
	const short = 400
	if len(v.Text) > short {
		return
	}
	for _, l := range letters {
		for _, r := range l.some {
			for range strings.Count(v.Text, string(r)) {
				b.vote(l.lang)
			}
		}
	}
}

// eachCue sees the cues of a word; its node is negative where an article was stripped from it.
func (v *View) eachCue(node int32, see func(*Entry)) {
	if node == 0 {
		return
	}
	if node < 0 {
		node = -node
	}
	for at := v.lex.trie.terms[node]; at >= 0; at = v.lex.trie.links[at].next {
		if e := &v.lex.entries[v.lex.trie.links[at].entry]; e.Kind == Cue {
			see(e)
		}
	}
}

// counts says whether a cue is of a language that won its script. Names of months and days always count: a dateline may be
// in another language than the text.
func (v *View) counts(e *Entry) bool {
	if e.Tags&(Month|Weekday) != 0 {
		return true
	}
	switch e.Lang {
	case "en", "fr", "es", "de", "tr":
		return e.Lang == v.latin
	case "ar", "fa":
		return e.Lang == v.arabic
	}
	return true
}

// most is the index of the highest count, the first of those as high.
func most(votes []int) int {
	best := 0
	for i, n := range votes {
		if n > votes[best] {
			best = i
		}
	}
	return best
}
