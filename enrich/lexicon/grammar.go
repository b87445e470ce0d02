package lexicon

// The languages with cues that share a script, and so share spellings: the words of a text vote for one of each. Cues
// of the others are dropped; those in a script of their own always count.
var (
	latinCues  = []string{"en", "fr", "es", "de", "tr"}
	arabicCues = []string{"ar", "fa"}
)

const functionWord = Determiner | Preposition | Conjunction | Pronoun | Auxiliary | Clause

// tagWords decides which language's cues count, tags the tokens and drops the cue hits of the others.
func (v *View) tagWords() {
	votes := map[string]int{}
	for _, node := range v.words {
		v.eachCue(node, func(e *Entry) {
			if e.Tags&functionWord != 0 {
				votes[e.Lang]++
			}
		})
	}
	v.latin, v.arabic = winner(votes, latinCues), winner(votes, arabicCues)
	v.tags = append(v.tags[:0], make([]Tag, len(v.Tokens))...)
	for i, node := range v.words {
		v.eachCue(node, func(e *Entry) {
			if v.counts(e) && (v.Tokens[i].Is(Cap) || !e.needsCap()) {
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

func (v *View) eachCue(node int32, see func(*Entry)) {
	if node == 0 {
		return
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

// winner is the language with the most votes, the first of those that have as many.
func winner(votes map[string]int, langs []string) string {
	best := langs[0]
	for _, l := range langs[1:] {
		if votes[l] > votes[best] {
			best = l
		}
	}
	return best
}
