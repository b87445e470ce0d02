package related

import (
	"cmp"
	"slices"
	"time"

	"github.com/wiredesk/wiredesk"
)

// takesWithin is how far apart the takes of one story come in: a slug that goes out every day comes back later.
const takesWithin = 12 * time.Hour

// takes are the other pieces of the story that a card is a marked piece of, as far as the index knows them: copy of the
// same provider under the same slug. A series begins with copy that has no mark, and has each mark once; what stands
// beyond such copy is another day's. The lock is the caller's.
func (x *Index) takes(c *Card) []*Card {
	if c.Take == (Mark{}) || c.Slug == 0 {
		return nil
	}
	first := c.First
	if o, ok := x.live(c.Story); ok && o.First.Before(first) {
		first = o.First
	}
	var earlier, later []*Card
	for _, a := range x.ages {
		a.meet([]uint32{c.series()}, mostFound, func(o *Card) {
			ahead := first.Sub(o.First)
			switch {
			case o.Story == c.Story || o.Provider != c.Provider || o.Slug != c.Slug || ahead.Abs() > min(takesWithin, x.window):
			case ahead >= 0:
				earlier = append(earlier, o)
			default:
				later = append(later, o)
			}
		})
	}
	byTime := func(a, b *Card) int { return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Story, b.Story)) }
	slices.SortFunc(earlier, func(a, b *Card) int { return byTime(b, a) })
	slices.SortFunc(later, byTime)
	if i := slices.IndexFunc(later, func(o *Card) bool { return o.Take == Mark{} || o.Take == c.Take }); i >= 0 {
		later = later[:i]
	}
	if i := slices.IndexFunc(earlier, func(o *Card) bool { return o.Take == Mark{} || o.Take == c.Take }); i >= 0 {
		if earlier[i].Take == (Mark{}) {
			i++ // with it the series begins
		}
		earlier = earlier[:i]
	}
	return append(earlier, later...)
}

// piece is the relation of a marked piece to another of its story: a lead that says again what stood there is an update of
// it, anything else one more take, whatever text they share.
func (c *Card) piece(o *Card) (relation string, score float64) {
	if c.Take.Kind == 'l' && (o.Take == Mark{} || o.Take.Kind == 'l') {
		if relation, score = Relate(c, o); relation == Update {
			return relation, score
		}
	}
	return Take, 1
}

// series is the key under which the pieces of one story meet.
func (c *Card) series() uint32 { return uint32(mix(c.Slug^mix(tag(c.Provider)))>>32) | 1 }

// relation is a card's as an article shows it.
func (c *Card) relation(kind string, score float64) wiredesk.Relation {
	return wiredesk.Relation{Story: c.Story, URI: c.URI, Relation: kind, Score: hundredths(score)}
}
