package lexicon

import (
	"strings"
	"unicode/utf8"
)

// match finds the longest form of each kind at each token, leftmost first.
func (v *View) match() {
	for k := range v.hits {
		v.hits[k] = v.hits[k][:0]
	}
	v.words = append(v.words[:0], make([]int32, len(v.Tokens))...)
	var until [kinds]int32 // a hit of the kind reaches to this token
	t := v.lex.trie
	for i := range v.Tokens {
		tok := &v.Tokens[i]
		found := t.begins(tok.Hash) && v.walk(i, tok.Hash, tok.Start, &until)
		if !found && tok.Is(Arabic) {
			v.matchStripped(i, &until)
		}
	}
}

// walk follows the trie from token i, whose first hash and start may be those of a stripped form. It says whether any
// form ended there.
func (v *View) walk(i int, hash uint64, start int32, until *[kinds]int32) bool {
	t := v.lex.trie
	var ends [maxForm]struct{ node, last int32 }
	n := 0
	node := int32(0)
	for j := i; ; {
		node = t.step(node, hash)
		if node < 0 {
			break
		}
		if j == i {
			v.words[i] = node
			if v.articled(i, start) {
				v.words[i] = -node
			}
		}
		if t.terms[node] >= 0 && n < maxForm {
			ends[n].node, ends[n].last = node, int32(j+1)
			n++
		}
		j++
		if j == len(v.Tokens) || v.Tokens[j].Is(ParaStart) {
			break
		}
		hash = v.Tokens[j].Hash
	}
	taken := *until
	found := false
	for ; n > 0; n-- {
		found = v.emit(i, start, ends[n-1].node, ends[n-1].last, &taken, until) || found
	}
	return found
}

// emit records the entries of a node, unless a hit of their kind already covers the token.
func (v *View) emit(i int, start, node, last int32, taken, until *[kinds]int32) bool {
	var done [kinds]bool
	found := false
	for at := v.lex.trie.terms[node]; at >= 0; at = v.lex.trie.links[at].next {
		n := v.lex.trie.links[at].entry
		b := &v.lex.briefs[n]
		end := v.Tokens[last-1].End
		if taken[b.kind] > int32(i) || !v.caseFits(b, n, i, start, end) || b.tags&verbal != 0 && v.articled(i, start) {
			continue
		}
		v.hits[b.kind] = append(v.hits[b.kind], Hit{Entry: n, Start: start, End: end, First: int32(i), Last: last})
		done[b.kind], found = true, true
	}
	if !found {
		return false
	}
	for k, d := range done {
		if d {
			taken[k], until[k] = last, max(until[k], last)
		}
	}
	return true
}

// verbal are the parts that no word with an article plays.
const verbal = Report | Weak | Participle

// articled says whether an article was stripped from an Arabic word, so that it is no verb.
func (v *View) articled(i int, start int32) bool {
	at := v.Tokens[i].Start
	return start >= at+4 && (strings.HasSuffix(v.Text[at:start], "ال") || strings.HasSuffix(v.Text[at:start], "لل"))
}

func (v *View) caseFits(b *brief, n int32, i int, start, end int32) bool {
	if b.as == AsStored {
		return v.Text[start:end] == v.lex.entries[n].Form
	}
	return !b.cap || v.Tokens[i].Is(Cap)
}

// matchStripped retries an Arabic word without the letters that are written as one with it: a conjunction و ف, then a
// preposition ب ل ك, then the article ال, whose alif is lost after ل.
func (v *View) matchStripped(i int, until *[kinds]int32) {
	tok := &v.Tokens[i]
	word := v.Text[tok.Start:tok.End]
	for _, strip := range stripped(word) {
		if strip.at == 0 {
			break
		}
		h := hashRest(v.lex.fold, strip.article, word[strip.at:])
		if v.lex.trie.begins(h) && v.walk(i, h, tok.Start+int32(strip.at), until) {
			return
		}
	}
}

// prefix is one way to read the beginning of an Arabic word: what remains starts at byte at, with the article put back
// where it was swallowed.
type prefix struct {
	at      int
	article bool
}

// stripped are the readings of a word, most letters kept first. Unused places are zero.
func stripped(word string) (out [8]prefix) {
	n := 0
	add := func(at int, article bool) {
		if n < len(out) && len(word)-at >= 2*utf8.RuneLen('ا') {
			out[n] = prefix{at, article}
			n++
		}
	}
	at := 0
	article := func() {
		if hasRunes(word[at:], 'ا', 'ل') {
			add(at+4, false)
		}
	}
	article()
	if hasRune(word, 'و') || hasRune(word, 'ف') {
		at = 2
		add(at, false)
		article()
	}
	switch {
	case hasRunes(word[at:], 'ل', 'ل'):
		add(at+4, true)
		add(at+2, false)
		add(at+4, false)
	case hasRune(word[at:], 'ل'), hasRune(word[at:], 'ب'), hasRune(word[at:], 'ك'):
		at += 2
		add(at, false)
		article()
	}
	return out
}

func hasRune(s string, r rune) bool {
	got, _ := utf8.DecodeRuneInString(s)
	return got == r
}

func hasRunes(s string, a, b rune) bool {
	got, n := utf8.DecodeRuneInString(s)
	return got == a && hasRune(s[n:], b)
}

// hashRest hashes what remains of a word, with the article put back in front where asked.
func hashRest(f *folding, article bool, rest string) uint64 {
	h := uint64(hashSeed)
	if article {
		h = hashStep(hashStep(h, 'ا'), 'ل')
	}
	for _, r := range rest {
		if r < 1<<16 && f.class[r] != classSkip {
			h = hashStep(h, f.to[r])
		}
	}
	return hashEnd(h)
}
