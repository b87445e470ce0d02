package dateline

import (
	"slices"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// outlet reads an agency that stands without brackets.
func (p *parse) outlet() bool {
	if p.at >= p.last {
		return false
	}
	h, ok := p.outletAt(p.at)
	if !ok || p.v.Entry(h).Class == lexicon.Common && !p.v.Tokens[p.at].Is(lexicon.AllCaps) && !p.v.Tokens[p.at].Is(lexicon.Arabic) {
		return false
	}
	p.credit(p.v.Entry(h).ID)
	p.at = h.Last
	if p.rune() == '.' && p.at+1 < p.last && !p.v.Tokens[p.at+1].Is(lexicon.Spaced) && p.v.Tokens[p.at+1].Is(lexicon.Word) {
		p.at += 2 // the rest of a domain: INTERFAX.RU
	}
	return true
}

func (p *parse) outletAt(i int32) (lexicon.Hit, bool) {
	hits := p.v.HitsIn(lexicon.Outlet, i, i+1)
	if len(hits) == 0 || hits[0].Last > p.last {
		return lexicon.Hit{}, false
	}
	return hits[0], true
}

func (p *parse) credit(id string) {
	if !slices.Contains(p.credits, id) {
		p.credits = append(p.credits, id)
	}
}

// bracketed reads "(Reuters)", "(AP/AFP)", "(ST)", "(dpa)": outlets between brackets, or an acronym that stands where
// they do; it then credits nobody.
func (p *parse) bracketed() bool {
	from := p.at
	p.skip(',')
	if !p.skip('(', '[', '{', '«', '【') {
		p.at = from
		return false
	}
	inside := p.at
	for p.at < p.last && p.at < inside+12 {
		switch t := &p.v.Tokens[p.at]; {
		case t.Rune == ')', t.Rune == ']', t.Rune == '}', t.Rune == '»', t.Rune == '】':
			if p.at == inside || !p.creditIn(inside, p.at) {
				p.at = from
				return false
			}
			p.brackets = true
			p.at++
			return true
		}
		p.at++
	}
	p.at = from
	return false
}

// creditIn reads what stands between brackets.
func (p *parse) creditIn(first, last int32) bool {
	found := false
	for _, h := range p.v.HitsIn(lexicon.Outlet, first, last) {
		if h.Last <= last {
			p.credit(p.v.Entry(h).ID)
			found = true
		}
	}
	return found || last == first+1 && p.v.Tokens[first].Is(lexicon.AllCaps)
}

// slashCredit reads "/TASS/".
func (p *parse) slashCredit() bool {
	from, had := p.at, len(p.credits)
	if p.skip('/') && p.outlet() && p.skip('/') {
		p.brackets = true
		return true
	}
	p.at, p.credits = from, p.credits[:had]
	return false
}

// agencyFirst reads the lines that begin with the agency: 新华社北京9月8日电（记者…）, "رويترز - بيروت:", "(Reuters) -".
func (p *parse) agencyFirst() bool {
	p.reset()
	for p.skip('(', '【', '/') {
		p.brackets = true
	}
	if p.at < p.last && p.v.Surface(p.at) == "据" {
		p.at++
	}
	if !p.outlet() {
		return false
	}
	if p.wired() {
		return true
	}
	closed := p.skip(')', '】', '/')
	dash := p.skip('-')
	if p.knownPlace() {
		p.readDate()
		return p.separator() && (dash || closed || p.v.Tokens[p.at-1].Rune != ':')
	}
	if p.brackets && closed {
		return dash || p.separator()
	}
	return false
}

// unknownHan takes up to five ideographs before a date as a place that the lexicon does not know.
func (p *parse) unknownHan() {
	from := p.at
	for end := from + 1; end < min(p.last, from+6) && p.v.Tokens[end-1].Is(lexicon.Single); end++ {
		p.at = end
		dated := p.ideographs()
		p.at = from
		if !dated {
			continue
		}
		p.date = date{}
		p.city = p.v.Text[p.v.Tokens[from].Start:p.v.Tokens[end-1].End]
		p.at = end
		return
	}
}

// wired reads the rest of a Chinese line: place, date, 电 or 讯, and the reporter in brackets.
func (p *parse) wired() bool {
	from := p.at
	p.skip('/')
	for p.knownPlace() {
	}
	if !p.known {
		p.unknownHan()
	}
	p.readDate()
	if p.at >= p.last || p.v.Surface(p.at) != "电" && p.v.Surface(p.at) != "電" && p.v.Surface(p.at) != "讯" && p.v.Surface(p.at) != "訊" {
		p.at = from
		return false
	}
	p.at++
	if p.rune() == '(' {
		for i := p.at; i < p.last; i++ {
			if p.v.Tokens[i].Rune == ')' {
				p.at = i + 1
				break
			}
		}
	}
	p.skip(')', '】')
	return true
}
