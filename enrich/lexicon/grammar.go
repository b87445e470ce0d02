package lexicon

import "strings"

// tongue is a language with cues that shares its script, and so its spellings, with others: the words of a text vote for
// one of each script, and the cues of the others are dropped. Cues in a script of their own always count, and so do the
// names of months and days: a dateline may be in another language than the text.
type tongue uint8

const (
	always tongue = iota
	english
	french
	spanish
	german
	turkish
	arabic
	persian
	tongues
)

var tongueNames = [tongues]string{english: "en", french: "fr", spanish: "es", german: "de", turkish: "tr", arabic: "ar", persian: "fa"}

func tongueOf(lang string) tongue {
	for t, name := range tongueNames {
		if name == lang && t > 0 {
			return tongue(t)
		}
	}
	return always
}

// letters that speak for a language where a text is too short for its words to.
var letters = []struct {
	tongue tongue
	some   string
}{{turkish, "ğşıİ"}, {spanish, "ñ¿¡óí"}, {french, "çœèêàù"}, {german, "ßä„"}, {persian, "پچژگیک"}, {arabic, "ةيكىإأ"}}

const functionWord = Determiner | Preposition | Conjunction | Pronoun | Auxiliary | Clause | Negation

// hasCue marks the trie nodes where a cue ends; the other bits of their mask are the tongues that it is a function word of.
const hasCue = 1 << always

// wordMasks are the masks of all trie nodes.
func (l *Lexicon) wordMasks() []uint8 {
	masks := make([]uint8, len(l.trie.terms))
	for node, at := range l.trie.terms {
		for ; at >= 0; at = l.trie.links[at].next {
			b := &l.briefs[l.trie.links[at].entry]
			if b.kind != Cue {
				continue
			}
			masks[node] |= hasCue
			if b.tags&functionWord != 0 && b.tongue != always {
				masks[node] |= 1 << b.tongue
			}
		}
	}
	return masks
}

// tagWords decides which language's cues count, tags the tokens and drops the cue hits of the others.
func (v *View) tagWords() {
	votes := v.vote()
	latin, arab := most(votes, english, turkish), most(votes, arabic, persian)
	v.latin, v.arabic = tongueNames[latin], tongueNames[arab]
	counts := [tongues]bool{always: true}
	counts[latin], counts[arab] = true, true
	v.tags = append(v.tags[:0], make([]Tag, len(v.Tokens))...)
	v.cueTags = append(v.cueTags[:0], v.tags...)
	v.cueEnds = append(v.cueEnds[:0], make([]int32, len(v.Tokens))...)
	for i, node := range v.words {
		v.cueEnds[i] = int32(i + 1)
		if v.lex.words[abs(node)]&hasCue != 0 && node != 0 {
			v.tags[i] = v.tagsOf(i, node, &counts)
			v.cueTags[i] = v.tags[i]
		}
	}
	kept := v.hits[Cue][:0]
	for _, h := range v.hits[Cue] {
		if b := &v.lex.briefs[h.Entry]; counts[b.tongue] {
			kept = append(kept, h)
			v.longest(h, b.tags)
		}
	}
	v.hits[Cue] = kept
}

// longest notes the tags of the longest cue that begins at a token.
func (v *View) longest(h Hit, tags Tag) {
	switch end := v.cueEnds[h.First]; {
	case h.Last > end:
		v.cueTags[h.First], v.cueEnds[h.First] = tags, h.Last
	case h.Last == end:
		v.cueTags[h.First] |= tags
	}
}

// vote counts the function words of each language.
func (v *View) vote() (votes [tongues]int) {
	for _, node := range v.words {
		mask := v.lex.words[abs(node)] &^ hasCue
		for t := english; mask != 0 && t < tongues; t++ {
			if mask&(1<<t) != 0 {
				votes[t]++
				mask &^= 1 << t
			}
		}
	}
	const short = 400
	if len(v.Text) > short {
		return votes
	}
	for _, l := range letters {
		for _, r := range l.some {
			votes[l.tongue] += strings.Count(v.Text, string(r))
		}
	}
	return votes
}

// tagsOf joins the tags of the cues of a word; its node is negative where an article was stripped from it.
func (v *View) tagsOf(i int, node int32, counts *[tongues]bool) (tags Tag) {
	for at := v.lex.trie.terms[abs(node)]; at >= 0; at = v.lex.trie.links[at].next {
		b := &v.lex.briefs[v.lex.trie.links[at].entry]
		if b.kind == Cue && counts[b.tongue] && (!b.cap || v.Tokens[i].Is(Cap)) && (node > 0 || b.tags&verbal == 0) {
			tags |= b.tags
		}
	}
	return tags
}

func abs(n int32) int32 { return max(n, -n) }

// most is the tongue from first to last with the most votes, the first of those that have as many.
func most(votes [tongues]int, first, last tongue) tongue {
	best := first
	for t := first; t <= last; t++ {
		if votes[t] > votes[best] {
			best = t
		}
	}
	return best
}
