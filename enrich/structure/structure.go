// Package structure finds the parts of a story that are layout rather than prose: kicker, headline, section heads,
// byline. What it finds are spans of the text as it came.
package structure

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Enrich fills Kicker, Headline, Sections and Byline. A text without heads has one section without a title, its body;
// sections end before the sign-off and the byline of the last lines. It never fails.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	r := reading{v: v, body: len(v.Blocks)}
	r.top(a)
	r.bottom(a)
	r.sections(a)
	return nil
}

// reading is one pass over the paragraphs of a text.
type reading struct {
	v    *lexicon.View
	from int // first block of the body
	body int // block after the last of the body
}

func (r *reading) block(i int) lexicon.Block { return r.v.Blocks[i] }

func span(start, end int32) wiredesk.Span { return wiredesk.Span{Start: int(start), End: int(end)} }

// top reads what stands before the body: kicker, headline, byline.
func (r *reading) top(a *wiredesk.Article) {
	if r.from < r.body {
		r.kicker(a)
	}
	if r.from+1 < r.body && r.headline(r.block(r.from)) {
		r.head(a)
	}
	for r.from+1 < r.body {
		b := r.block(r.from)
		name, ok := r.byline(b, true)
		switch {
		case ok && a.Byline == nil:
			a.Byline = &name
		case !r.deck(b):
			return
		}
		r.from++
	}
}

// head takes the next block as the headline; a kicker may stand at its beginning, parted by a colon or a bar.
func (r *reading) head(a *wiredesk.Article) {
	b := r.block(r.from)
	r.from++
	start := b.Start
	if n := r.kickerAt(b); n > 0 && a.Kicker == nil && n+1 < b.Last && r.parts(n) {
		k := span(b.Start, r.v.Tokens[n-1].End)
		a.Kicker = &k
		start = r.v.Tokens[n+1].Start
	}
	h := span(start, b.End)
	a.Headline = &h
}

func (r *reading) parts(i int32) bool {
	switch r.v.Tokens[i].Rune {
	case ':', '|', '-', '!':
		return true
	}
	return false
}

// kicker takes a first block that is nothing but words of urgency or of a rubric.
func (r *reading) kicker(a *wiredesk.Article) {
	b := r.block(0)
	n := r.kickerAt(b)
	if n == 0 || len(r.v.Blocks) < 2 {
		return
	}
	for i := n; i < b.Last; i++ {
		if r.v.Tokens[i].Is(lexicon.Word) && !r.v.Tokens[i].Is(lexicon.Digit) {
			return
		}
	}
	k := span(b.Start, r.v.Tokens[n-1].End)
	a.Kicker = &k
	r.from = 1
}

// kickerAt is the token after the kicker that begins the block, or 0.
func (r *reading) kickerAt(b lexicon.Block) int32 {
	for _, h := range r.v.HitsIn(lexicon.Cue, b.First, b.First+1) {
		if r.v.Entry(h).Tags&lexicon.Kicker != 0 {
			return h.Last
		}
	}
	return 0
}

// deck says whether a block before the body is a second headline or a line of dates and desks.
func (r *reading) deck(b lexicon.Block) bool {
	return r.words(b) <= 30 && r.v.Tokens[b.Last-1].Rune != '.' && !r.stopped(b) && r.from+1 < r.body && !r.openEnded(b) && r.prose(r.block(r.from+1))
}

// openEnded says whether the block ends as a paragraph that goes on: with a comma, a colon, a dash.
func (r *reading) openEnded(b lexicon.Block) bool {
	switch r.v.Tokens[b.Last-1].Rune {
	case ',', ':', ';', '-', '،':
		return true
	}
	return false
}
