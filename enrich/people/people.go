// Package people finds the people and the organisations that a text names: those of its tables in any script, and
// people whom nobody knows yet by their given names, their titles and what they say.
package people

import (
	"cmp"
	"context"
	"slices"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// Enrich fills Article.People and Article.Organisations with every mention, in the order of the text, under the full
// name and with an id where a table knows one. It reads Article.Byline, and Article.Attributions for the outlets that
// are credited. A surname alone counts where the text has
// named the person in full, or where the table holds it safe. It takes time linear in the length of the text.
func Enrich(_ context.Context, v *lexicon.View, a *wiredesk.Article) error {
	w, err := vocabulary()
	if err != nil {
		return err
	}
	r := &reading{v: v, words: w, used: make([]bool, len(v.Tokens)), surnames: map[uint64]*found{}}
	r.outlets(a.Attributions)
	r.organisations()
	r.known()
	if a.Byline != nil {
		r.byline(*a.Byline)
	}
	r.unknown()
	r.surnamesAlone()
	a.Organisations = named(r.orgs)
	a.People = named(r.persons)
	return nil
}

// found is one mention.
type found struct {
	first, last int32 // tokens, half open
	name        wiredesk.Named
}

// reading is one text's mentions so far.
type reading struct {
	v        *lexicon.View
	words    *words
	used     []bool // tokens that belong to a mention or to an outlet
	placed   []bool // tokens of the names of places
	orgs     []found
	persons  []found
	surnames map[uint64]*found
}

func (r *reading) span(first, last int32) wiredesk.Span {
	return wiredesk.Span{Start: int(r.v.Tokens[first].Start), End: int(r.v.Tokens[last-1].End)}
}

func (r *reading) free(first, last int32) bool {
	for i := first; i < last; i++ {
		if r.used[i] {
			return false
		}
	}
	return true
}

func (r *reading) use(first, last int32) {
	for i := first; i < last; i++ {
		r.used[i] = true
	}
}

// hits groups the hits of a kind that stand at one place.
func hits(v *lexicon.View, k lexicon.Kind, each func([]lexicon.Hit)) {
	all := v.Hits(k)
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].Start == all[i].Start && all[j].End == all[i].End {
			j++
		}
		each(all[i:j])
		i = j
	}
}

// named are the mentions in the order of the text, each name's span as the text has it.
func named(all []found) []wiredesk.Named {
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.name.Start, b.name.Start) })
	out := make([]wiredesk.Named, len(all))
	for i, f := range all {
		out[i] = f.name
	}
	return out
}
