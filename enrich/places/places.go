// Package places finds the places that a text names: countries, their people and adjectives, cities, regions and seas.
// A name that is also a word, a person or another place needs evidence around it, and stays without a country where
// there is none.
package places

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Enrich fills Article.Places with every mention of a place, in the order of the text. A place within the longer name
// of an outlet, an organisation or a person is not one. It reads Article.People, and Article.Dateline: a place that
// opens a dateline is beyond doubt. It takes time linear in the number of hits.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	r := reading{v: v, dateline: a.Dateline, people: a.People}
	r.gather()
	a.Places = make([]wiredesk.Place, 0, len(r.mentions))
	for i := range r.mentions {
		m := &r.mentions[i]
		e := r.resolve(m)
		if e == nil {
			continue
		}
		a.Places = append(a.Places, wiredesk.Place{
			Name: e.Name, Country: r.countryOf(m, e), Span: wiredesk.Span{Start: int(m.hit.Start), End: int(m.hit.End)},
		})
	}
	return nil
}

// mention is one place in the text with everything it may be, the best known first.
type mention struct {
	hit   lexicon.Hit
	first int // in reading.entries
	count int
}

// reading is one text's mentions and the countries they speak for.
type reading struct {
	v        *lexicon.View
	dateline *wiredesk.Line
	people   []wiredesk.Named // in the order of the text
	mentions []mention
	entries  []*lexicon.Entry
	national tally // mentions of a country or its people
	local    tally // mentions of places in it
}

// tally counts by country code.
type tally [26*26 + 1]int32

func (t *tally) add(code string)    { t[slot(code)]++ }
func (t *tally) of(code string) int { return int(t[slot(code)]) }

// slot is where a country is counted; what belongs to none is counted together.
func slot(code string) int {
	if len(code) != 2 {
		return 26 * 26
	}
	return int(code[0]-'A')*26 + int(code[1]-'A')
}

func (r *reading) gather() {
	hits := r.v.Hits(lexicon.Place)
	r.mentions = make([]mention, 0, len(hits))
	r.entries = make([]*lexicon.Entry, 0, len(hits))
	for i := 0; i < len(hits); {
		j := i + 1
		for j < len(hits) && hits[j].Start == hits[i].Start && hits[j].End == hits[i].End {
			j++
		}
		if !r.v.Covered(hits[i], lexicon.Outlet, lexicon.Organisation, lexicon.Person) && !r.partOfName(hits[i]) && !r.inPerson(hits[i]) {
			r.mention(hits[i:j])
		}
		i = j
	}
}

func (r *reading) mention(hits []lexicon.Hit) {
	m := mention{hit: hits[0], first: len(r.entries), count: len(hits)}
	for _, h := range hits {
		r.entries = append(r.entries, r.v.Entry(h))
	}
	r.mentions = append(r.mentions, m)
	e := r.entries[m.first]
	if m.count > 1 || e.Class == lexicon.Common {
		return
	}
	switch kind(e.Owner) {
	case country, demonym:
		r.national.add(e.Country)
	case none:
	default:
		r.local.add(e.Country)
	}
}

// resolve is what a mention names, or nil where it names no place.
func (r *reading) resolve(m *mention) *lexicon.Entry {
	all := r.entries[m.first : m.first+m.count]
	best := all[0]
	for _, e := range all[1:] {
		if r.support(e) > r.support(best) {
			best = e
		}
	}
	switch {
	case kind(best.Owner) == none:
		return nil
	case best.Class == lexicon.Safe || r.inDateline(m.hit):
		return best
	case r.v.Tag(m.hit.First-1)&lexicon.Preposition != 0 || r.inPlace(m.hit):
		return best
	case r.namesPerson(m.hit):
		return nil
	case best.Class == lexicon.Common && (r.support(best) == 0 || r.opens(m.hit)):
		return nil
	}
	return best
}

// support is how much else in the text speaks for the country of an entry. For a namesake that is a part of a country,
// as the state of Georgia is, mentions of the country alone are not enough.
func (r *reading) support(e *lexicon.Entry) int {
	n := r.local.of(e.Country)
	if kind(e.Owner) != region || e.Weight < 2 {
		n += r.national.of(e.Country)
	}
	return n
}

// countryOf is the country of a mention: none where the name is shared with a place elsewhere, one of them is in
// doubt, and nothing in the text decides.
func (r *reading) countryOf(m *mention, e *lexicon.Entry) string {
	for _, other := range r.entries[m.first : m.first+m.count] {
		if other.Country != e.Country && other.Class == lexicon.Common && r.support(e) == 0 {
			return ""
		}
	}
	return e.Country
}
