// Package attribution finds who a text credits: which outlet or agency, which speaker, by which words, for which part of
// the text, and through which chain. It reads the shared view of the text and what structure and dateline found before
// it. A credit it cannot resolve has an empty id; a publisher is never inferred.
package attribution

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Enrich fills Attributions and Quotes. It wants Kicker, Headline, Sections, Dateline and Byline of the article filled,
// takes time linear in the length of the text, and fails only when ctx ends.
func Enrich(ctx context.Context, v *lexicon.View, a *wiredesk.Article) error {
	r := newReading(v, a)
	defer r.release()
	r.findQuotes()
	r.originCredits()
	r.headlines()
	for s := range v.Sentences {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.sentence(s)
	}
	r.continuations()
	r.looseCredits()
	return r.report()
}

// phrase is a stretch of tokens, half open.
type phrase struct{ first, last int32 }

func (p phrase) empty() bool { return p.last <= p.first }

// link is one attribution while it is made.
type link struct {
	role    string
	who     phrase
	id      string
	name    string
	cue     phrase
	cueType string
	content []phrase
	via     string
	by      string // how the source was resolved
	scope   string
	rules   []string
	parent  int // index of the outer link, or -1
	section int
	where   int32 // token that orders the links
}

// reading is one pass over one text.
type reading struct {
	v        *lexicon.View
	a        *wiredesk.Article
	quotes   []quote
	inQuote  []int32 // by token: index of the quote it stands in + 1
	outletAt []int32 // by token: index of the outlet whose name it belongs to + 1
	links    []link
	memory   memory
	section  int
	found    []event         // of the sentence that is read
	cut      int32           // tokens before this one are dateline, headline or kicker
	licensed map[string]bool // acronyms that the text expands
	shouting bool            // the text is in capitals
	spare    []phrase        // room for the content of links
}

func newReading(v *lexicon.View, a *wiredesk.Article) *reading {
	n := len(v.Tokens)
	old, _ := v.Scratch.(*reading)
	if old == nil {
		old = new(reading)
	}
	v.Scratch = nil
	r := &reading{
		v: v, a: a, section: -1, inQuote: zeros(old.inQuote, n), outletAt: zeros(old.outletAt, n), links: old.links[:0],
		quotes: old.quotes[:0], found: old.found[:0], spare: old.spare[:0], memory: memory{said: old.memory.said[:0]},
	}
	for i, h := range v.Hits(lexicon.Outlet) {
		for t := h.First; t < h.Last; t++ {
			if r.outletAt[t] == 0 {
				r.outletAt[t] = int32(i + 1)
			}
		}
	}
	r.expansions()
	r.shouting = r.shouts()
	return r
}

// release leaves the long slices to the reading of the next text.
func (r *reading) release() {
	v := r.v
	clear(r.links)
	clear(r.memory.said[:cap(r.memory.said)])
	r.v, r.a, r.licensed = nil, nil, nil
	v.Scratch = r
}

// zeros is a slice of n zeros, in the memory of an old one where that is long enough.
func zeros(old []int32, n int) []int32 {
	if cap(old) < n {
		return make([]int32, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// cueAt is the tags of the longest cue that begins at token i, and the token after it.
func (r *reading) cueAt(i int32) (lexicon.Tag, int32) { return r.v.Cue(i) }

func (r *reading) tok(i int32) *lexicon.Token { return &r.v.Tokens[i] }

func (r *reading) mark(i int32) rune {
	if i < 0 || int(i) >= len(r.v.Tokens) {
		return 0
	}
	return r.v.Tokens[i].Rune
}

func (r *reading) has(i int32, t lexicon.Tag) bool { return r.v.Tag(i)&t != 0 }

func (r *reading) surface(i int32) string { return r.v.Surface(i) }

// words is the text of a phrase.
func (r *reading) words(p phrase) string {
	if p.empty() {
		return ""
	}
	return r.v.Text[r.tok(p.first).Start:r.tok(p.last-1).End]
}

func (r *reading) span(p phrase) wiredesk.Span {
	if p.empty() {
		return wiredesk.Span{}
	}
	return wiredesk.Span{Start: int(r.tok(p.first).Start), End: int(r.tok(p.last - 1).End)}
}

// tokensOf is the phrase that a span of bytes covers.
func (r *reading) tokensOf(s wiredesk.Span) phrase {
	return phrase{r.v.TokenAt(s.Start), r.v.TokenAt(s.End-1) + 1}
}
