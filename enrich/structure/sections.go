package structure

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const headWords = 16

// sections cuts the body at its heads.
func (r *reading) sections(a *wiredesk.Article) {
	if r.from >= r.body {
		return
	}
	at := wiredesk.Part{Span: span(r.block(r.from).Start, 0)}
	for i := r.from + 1; i < r.body; i++ {
		if !r.sectionHead(i) {
			continue
		}
		at.End = int(r.block(i - 1).End)
		a.Sections = append(a.Sections, at)
		b := r.block(i)
		at = wiredesk.Part{Title: r.v.Text[b.Start:b.End], Span: span(b.Start, 0)}
	}
	at.End = int(r.block(r.body - 1).End)
	a.Sections = append(a.Sections, at)
}

// sectionHead says whether block i is a head: one short line without a final stop, between paragraphs of prose.
func (r *reading) sectionHead(i int) bool {
	b := r.block(i)
	if b.LineLast-b.LineFirst != 1 || i+1 >= r.body || r.listed(b) || r.stopped(b) && !r.asks(b) || r.openEnded(b) {
		return false
	}
	words := r.words(b)
	if words == 0 || words > headWords {
		return false
	}
	first := &r.v.Tokens[b.First]
	if !first.Is(lexicon.Word) && first.Rune != '\'' && first.Rune != '"' && first.Rune != '«' {
		return false
	}
	if _, by := r.byline(b, true); by || r.signOff(b) {
		return false
	}
	if first.Is(lexicon.Word) && !r.capital(first) {
		return false
	}
	return r.prose(r.block(i+1)) && r.prose(r.block(i-1)) && r.stopped(r.block(i-1))
}

// asks says whether a head ends in a question or exclamation mark.
func (r *reading) asks(b lexicon.Block) bool {
	switch r.v.Tokens[b.Last-1].Rune {
	case '!', '?', '؟':
		return r.words(b) <= headWords/2
	}
	return false
}

// capital says whether a token may begin a head: a capital, a digit, or a script without capitals.
func (r *reading) capital(t *lexicon.Token) bool {
	if t.Is(lexicon.Cap) || t.Is(lexicon.Digit) || t.Is(lexicon.Single) || t.Is(lexicon.Arabic) {
		return true
	}
	return r.v.Text[t.Start] >= 0xD6 // from Hebrew on
}
