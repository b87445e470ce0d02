// Package dateline reads the line that says where and when a story was written and whose copy it is: "BEIRUT, June 14
// (Reuters) -", "МОСКВА, 14 июня. /ТАСС/.", "دمشق-سانا", "新华社北京9月8日电".
package dateline

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Enrich fills Dateline from the first paragraphs after the headline, which structure has found. Where the text has no
// dateline it leaves the field empty; it never guesses a year. It never fails.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	from := 0
	if len(a.Sections) > 0 {
		from = a.Sections[0].Start
	}
	tried := 0
	for i := range v.Blocks {
		b := v.Blocks[i]
		if int(b.Start) < from {
			continue
		}
		if line, ok := At(v, b.First, b.Last); ok {
			a.Dateline = &line
			return nil
		}
		if tried++; tried == 3 || b.Last-b.First > 25 {
			return nil
		}
	}
	return nil
}

// At reads the dateline that begins at token first of a paragraph that ends before token last.
func At(v *lexicon.View, first, last int32) (wiredesk.Line, bool) {
	p := parse{v: v, at: first, first: first, last: min(last, first+60)}
	if p.agencyFirst() || p.placeFirst() || p.dateFirst() {
		return p.line(), true
	}
	return wiredesk.Line{}, false
}

// parse is one attempt at a dateline, token by token.
type parse struct {
	v           *lexicon.View
	at          int32
	first, last int32

	city, country string
	date          date
	credits       []string

	known    bool // the place is in the lexicon
	caps     bool // the place is written in capitals
	region   bool // a known region or country follows it
	brackets bool // something stands in brackets or slashes, as a credit does
}

func (p *parse) reset() { *p = parse{v: p.v, at: p.first, first: p.first, last: p.last} }

func (p *parse) line() wiredesk.Line {
	return wiredesk.Line{
		Span: wiredesk.Span{Start: int(p.v.Tokens[p.first].Start), End: int(p.v.Tokens[p.at-1].End)},
		City: p.city, Country: p.country, Date: p.date.String(), Credits: p.credits,
	}
}

// rune is the mark at the current token, 0 at the end or at a word.
func (p *parse) rune() rune {
	if p.at >= p.last {
		return 0
	}
	return p.v.Tokens[p.at].Rune
}

func (p *parse) skip(marks ...rune) bool {
	for _, m := range marks {
		if p.rune() == m {
			p.at++
			return true
		}
	}
	return false
}

// placeFirst reads PLACE ("," REGION)* ("," DATE)? CREDIT? SEPARATOR, and the credit after the separator that Russian
// and Arabic copy likes.
func (p *parse) placeFirst() bool {
	p.reset()
	if !p.place() {
		return false
	}
	for p.rest() {
	}
	if !p.separator() {
		return false
	}
	p.trailingCredit()
	p.secondHalf()
	return p.score() >= 3
}

// dateFirst reads the line of copy without a place: "Aug 27 (Reuters) -".
func (p *parse) dateFirst() bool {
	p.reset()
	if !p.readDate() || p.date.day == 0 {
		return false
	}
	p.skip(',')
	return p.bracketed() && len(p.credits) > 0 && p.separator()
}

// rest reads one part of what may follow the place: a region, a date, a credit.
func (p *parse) rest() bool {
	from := p.at
	comma := p.skip(',', '،') && p.date.day == 0 && len(p.credits) == 0
	p.skip('.')
	if p.slashCredit() || p.readDate() || p.bracketedRegion() || p.bracketed() || p.outlet() || comma && p.readRegion() || !comma && p.andPlace() {
		return true
	}
	p.at = from
	return false
}

// score weighs what speaks for a dateline. Three are enough.
func (p *parse) score() int {
	n := 0
	for _, e := range []struct {
		is     bool
		weight int
	}{
		{p.known, 2},
		{p.caps, 1},
		{p.region, 2},
		{p.date.day > 0, 2},
		{len(p.credits) > 0, 2},
		{p.brackets, 1},
		{p.spacedDash(), 1},
	} {
		if e.is {
			n += e.weight
		}
	}
	if p.v.Tokens[p.at-1].Rune == ':' && !p.caps && len(p.credits) == 0 && p.date.day == 0 {
		return 0
	}
	return n
}

// secondHalf reads what some houses put after a first dash: "Kabul - 12 June 2019 (TOLOnews) -".
func (p *parse) secondHalf() {
	before := *p
	if p.date.day > 0 || len(p.credits) > 0 || !p.readDate() || p.date.day == 0 {
		*p = before
		return
	}
	p.bracketed()
	if !p.separator() {
		*p = before
	}
}

func (p *parse) spacedDash() bool {
	t := &p.v.Tokens[p.at-1]
	return t.Rune == '-' && (t.Is(lexicon.Spaced) || p.v.Tokens[p.at-2].Rune == '-' || p.v.Tokens[p.at-2].Rune == '.')
}

// separator reads the mark between dateline and text. A lone hyphen inside a word is none.
func (p *parse) separator() bool {
	from := p.at
	if !p.skip('.') && p.skip(',') && p.rune() != '-' {
		return false
	}
	switch {
	case p.rune() == '-', p.rune() == '_':
		for p.skip('-', '_') {
		}
		t := &p.v.Tokens[p.at-1]
		next := p.at < p.last && p.v.Tokens[p.at].Is(lexicon.Spaced)
		return t.Is(lexicon.Spaced) || next || p.at-from > 1 || p.outletAhead()
	case p.skip(':'):
		return true
	}
	ended := p.at > from
	return ended && p.brackets && len(p.credits) > 0 || !ended && p.at < p.last && p.brackets && len(p.credits) > 0 && p.v.Tokens[p.at].Is(lexicon.Cap)
}

func (p *parse) outletAhead() bool {
	return p.at < p.last && len(p.v.HitsIn(lexicon.Outlet, p.at, p.at+1)) > 0
}

// trailingCredit reads the agency after the separator: "МОСКВА, 14 июня - РИА Новости.", "دمشق-سانا".
func (p *parse) trailingCredit() {
	from, had := p.at, len(p.credits)
	if had > 0 || !p.outlet() {
		return
	}
	if p.at == p.last || p.skip('.', ':', '-') || p.v.Tokens[p.at].Is(lexicon.LineStart) {
		for p.skip('-') {
		}
		return
	}
	if p.v.Tokens[p.at-1].Is(lexicon.Arabic) && !p.v.Tokens[from].Is(lexicon.Spaced) {
		return
	}
	p.at, p.credits = from, p.credits[:had]
}
