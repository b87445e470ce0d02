package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// place reads the place: one that the lexicon knows, or up to five words in capitals, or a few capitalised ones.
func (p *parse) place() bool {
	if p.knownPlace() {
		if end := p.capsEnd(p.at); end > p.at && p.caps {
			p.take(end, p.country)
		}
		return true
	}
	if end := p.capsEnd(p.at); end > p.at {
		p.caps = true
		p.take(end, "")
		return true
	}
	end := p.at
	for end < p.last && end < p.at+4 && p.v.Tokens[end].Is(lexicon.Cap) && p.v.Tag(end)&(lexicon.Determiner|lexicon.Pronoun|lexicon.Weekday|lexicon.Month) == 0 {
		end++
	}
	if end == p.at {
		return false
	}
	p.take(end, "")
	return true
}

// knownPlace reads a place of the lexicon.
func (p *parse) knownPlace() bool {
	e, h, ok := p.placeAt()
	if !ok {
		return false
	}
	first := &p.v.Tokens[p.at]
	p.known = true
	p.caps = p.allCaps(p.at, h.Last)
	p.city, p.country = e.Name, e.Country
	if p.city == "" {
		p.city = title(p.v.Text[h.Start:h.End])
	}
	if !first.Is(lexicon.Cap) && first.Flags&(lexicon.Arabic|lexicon.Single) == 0 && p.v.Text[first.Start] < 0xD6 {
		return false
	}
	p.at = h.Last
	return true
}

// placeAt is the place at the current token; of several with one name, a city rather than a country where an agency of
// the city's country is named close by.
func (p *parse) placeAt() (*lexicon.Entry, lexicon.Hit, bool) {
	if p.at >= p.last {
		return nil, lexicon.Hit{}, false
	}
	hits := p.v.HitsIn(lexicon.Place, p.at, p.at+1)
	if len(hits) == 0 || hits[0].Start != p.v.Tokens[p.at].Start {
		return nil, lexicon.Hit{}, false
	}
	best := hits[0]
	for _, o := range p.v.HitsIn(lexicon.Outlet, p.at, min(p.last, p.at+12)) {
		for _, h := range hits {
			if h.Last == best.Last && p.v.Entry(h).Country == p.v.Entry(o).Country && p.v.Entry(best).Country != p.v.Entry(o).Country {
				best = h
			}
		}
	}
	best = p.cityNamed(best, hits)
	return p.v.Entry(best), best, true
}

// cityNamed is the city that shares a country's name, where one word says both: Luxembourg.
func (p *parse) cityNamed(best lexicon.Hit, hits []lexicon.Hit) lexicon.Hit {
	e := p.v.Entry(best)
	if e.ID != "place/"+strings.ToLower(e.Country) {
		return best
	}
	for _, h := range hits {
		if c := p.v.Entry(h); h.Last == best.Last && c.Country == e.Country && c.ID != e.ID {
			return h
		}
	}
	return best
}

// take makes the tokens from the current one to end the city.
func (p *parse) take(end int32, country string) {
	start := p.v.Tokens[p.first].Start
	p.city, p.country = title(p.v.Text[start:p.v.Tokens[end-1].End]), country
	p.at = end
}

// capsEnd is the token after a run of words in capitals: "ST. LOUIS", "PORT-AU-PRINCE", "RIO DE JANEIRO".
func (p *parse) capsEnd(i int32) int32 {
	from, words := i, 0
	for i < p.last && words < 6 {
		t := &p.v.Tokens[i]
		switch {
		case p.capital(i) && (i == from || p.v.Tag(i)&lexicon.Month == 0 || !p.monthAt(i)):
			words++
		case i > from && p.inside(i):
		case i == from || t.Rune != '/':
			return p.backUp(from, i, words)
		}
		i++
	}
	return p.backUp(from, i, words)
}

// capital says whether a token is a word in capitals; a single capital letter may be one.
func (p *parse) capital(i int32) bool {
	t := &p.v.Tokens[i]
	return t.Is(lexicon.AllCaps) || t.Is(lexicon.Word|lexicon.Cap) && utf8.RuneCountInString(p.v.Surface(i)) == 1
}

// inside says whether a mark may stand inside a place written in capitals.
func (p *parse) inside(i int32) bool {
	if i+1 >= p.last || !p.capital(i+1) {
		return false
	}
	t, next := &p.v.Tokens[i], &p.v.Tokens[i+1]
	switch t.Rune {
	case '.':
		return p.v.Tokens[i-1].End-p.v.Tokens[i-1].Start <= 2 || !next.Is(lexicon.Spaced)
	case '\'', '-', '/', '&':
		return !t.Is(lexicon.Spaced) && !next.Is(lexicon.Spaced) || t.Rune == '/'
	}
	return false
}

// backUp leaves marks and a lone letter at the end to what follows.
func (p *parse) backUp(from, i int32, words int) int32 {
	for i > from && !p.v.Tokens[i-1].Is(lexicon.Word) {
		i--
	}
	if words == 1 && i == from+1 && utf8.RuneCountInString(p.v.Surface(from)) < 2 {
		return from
	}
	return i
}

func (p *parse) allCaps(from, to int32) bool {
	for i := from; i < to; i++ {
		if t := &p.v.Tokens[i]; t.Is(lexicon.Word) && !t.Is(lexicon.AllCaps) {
			return false
		}
	}
	return true
}

// readRegion reads what follows the place after a comma: a country, a state, a second city.
func (p *parse) readRegion() bool {
	if e, h, ok := p.placeAt(); ok {
		p.region = true
		if e.Country != "" {
			p.country = e.Country
		}
		p.at = h.Last
		p.skip('.')
		return true
	}
	if p.at >= p.last || p.v.Tag(p.at)&(lexicon.Month|lexicon.Weekday) != 0 {
		return false
	}
	for _, h := range p.v.HitsIn(lexicon.Cue, p.at, p.at+1) {
		if e := p.v.Entry(h); e.Tags&lexicon.Region != 0 && h.Last <= p.last {
			p.region, p.at = true, h.Last
			if in := lexicon.RegionOf(e); in != "" {
				p.country = in
			}
			p.skip('.')
			return true
		}
	}
	from := p.at
	for p.at < p.last && p.at < from+3 && p.v.Tokens[p.at].Is(lexicon.Cap) {
		p.at++
		if p.v.Tokens[p.at-1].End-p.v.Tokens[p.at-1].Start <= 4 && p.rune() == '.' {
			p.at++
		}
	}
	return p.at > from
}

// bracketedRegion reads a region in brackets: "ÉVORA (Portugal)".
func (p *parse) bracketedRegion() bool {
	from := p.at
	if !p.skip('(') {
		return false
	}
	_, h, ok := p.placeAt()
	if !ok || len(p.v.HitsIn(lexicon.Outlet, p.at, h.Last)) > 0 || h.Last >= p.last || p.v.Tokens[h.Last].Rune != ')' || !p.readRegion() {
		p.at = from
		return false
	}
	p.at++
	return true
}

// andPlace reads a second place: "GENEVA and BONN", "Berlin/Kiev".
func (p *parse) andPlace() bool {
	from := p.at
	if p.date.day > 0 || len(p.credits) > 0 {
		return false
	}
	hyphen := p.rune() == '-' && !p.v.Tokens[p.at].Is(lexicon.Spaced)
	if !p.skip('/') && !(hyphen && p.skip('-')) && !(p.at < p.last && p.v.Tag(p.at)&lexicon.Conjunction != 0) {
		return false
	}
	if p.at == from {
		p.at++
	}
	if _, h, ok := p.placeAt(); ok {
		p.at = h.Last
		return true
	}
	p.at = from
	return false
}

// title spells a place in capitals as a name: "RIO DE JANEIRO" is Rio de Janeiro.
func title(s string) string {
	if strings.ToUpper(s) != s {
		return s
	}
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r) && r != '\'' && r != '’'
	}
	for _, small := range []string{" De ", " Do ", " Da ", " Del ", " La ", " Of ", "-Au-", "-Sur-"} {
		if out := b.String(); strings.Contains(out, small) {
			b.Reset()
			b.WriteString(strings.ReplaceAll(out, small, strings.ToLower(small)))
		}
	}
	return b.String()
}
