package related

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/wiredesk/wiredesk"
)

// Options bound what an index remembers. Zero values are 72 hours and 40,000 stories,
// some 270 MB; beyond that the oldest are forgotten sooner.
type Options struct {
	Window time.Duration
	Most   int
}

// Index remembers the stories of the last days by their sketches. It is safe for concurrent use.
type Index struct {
	window time.Duration
	most   int

	mu   sync.RWMutex
	ages []*age // oldest first; forgotten as a whole
}

// parts is how many ages make up the window: an age is forgotten when the whole of it is older.
const parts = 6

// age is the stories that came in within one part of the window.
type age struct {
	from    time.Time
	cards   []Card
	gone    []bool           // cards of stories with a later revision, or killed
	byStory map[string]int32 // the live card
	heads   map[uint32]int32 // by key: the newest of its posts, counted from 1
	posts   []post
}

type post struct{ card, next int32 }

// New makes an empty index.
func New(o Options) *Index {
	return &Index{window: cmp.Or(o.Window, 72*time.Hour), most: cmp.Or(o.Most, 40_000)}
}

// Add remembers a revision of a story in place of the ones before.
func (x *Index) Add(c Card) {
	x.mu.Lock()
	defer x.mu.Unlock()
	c.First = x.drop(c.Story, c.First)
	x.current(c.Latest).add(c)
}

// knows says whether the live card of a story is of this very revision.
func (x *Index) knows(c Card) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	o, ok := x.live(c.Story)
	return ok && o.Latest.Equal(c.Latest) && o.Sketch.Exact == c.Sketch.Exact
}

func (x *Index) live(story string) (Card, bool) {
	for _, a := range x.ages {
		if i, ok := a.byStory[story]; ok {
			return a.cards[i], true
		}
	}
	return Card{}, false
}

// Remove forgets a story: it was killed, or must not be seen.
func (x *Index) Remove(story string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.drop(story, time.Time{})
}

// drop takes out the live card of a story and returns the earlier of its first time and the given one.
func (x *Index) drop(story string, first time.Time) time.Time {
	for _, a := range x.ages {
		if i, ok := a.byStory[story]; ok {
			if f := a.cards[i].First; first.IsZero() || f.Before(first) {
				first = f
			}
			a.gone[i] = true
			delete(a.byStory, story)
		}
	}
	return first
}

// current is the age for copy that came in at a time, after forgetting what is too old or too much.
func (x *Index) current(at time.Time) *age {
	part := x.window / parts
	newest := len(x.ages) - 1
	if newest < 0 || at.Sub(x.ages[newest].from) >= part || len(x.ages[newest].cards) >= max(x.most/parts, 1) {
		x.ages = append(x.ages, &age{from: at, byStory: map[string]int32{}, heads: map[uint32]int32{}})
		newest++
	}
	total := 0
	for i := newest; i >= 0; i-- {
		total += len(x.ages[i].cards)
		if i < newest && (at.Sub(x.ages[i].from) > x.window+part || total > x.most) {
			x.ages = slices.Delete(x.ages, 0, i+1)
			break
		}
	}
	return x.ages[len(x.ages)-1]
}

func (a *age) add(c Card) {
	n := int32(len(a.cards))
	a.cards, a.gone = append(a.cards, c), append(a.gone, false)
	a.byStory[c.Story] = n
	keys := c.Sketch.Keys
	if c.Slug != 0 {
		keys = append(slices.Clip(keys), c.series())
	}
	for _, k := range keys {
		a.posts = append(a.posts, post{n, a.heads[k]})
		a.heads[k] = int32(len(a.posts))
	}
}

// Bounds of a search: a sequence that everybody's copy has, such as a disclaimer, must not make it slow.
const (
	perKey    = 24
	mostFound = 96
	mostLinks = 12
)

// Find is the relations of a story to the others, the one that was first before the rest, at most twelve.
func (x *Index) Find(c Card) []wiredesk.Relation {
	x.mu.RLock()
	defer x.mu.RUnlock()
	type link struct {
		wiredesk.Relation
		first time.Time
	}
	var links []link
	takes := x.takes(&c)
	for _, o := range takes {
		relation, score := c.piece(o)
		links = append(links, link{o.relation(relation, score), o.First})
	}
	met := 0
	for i := len(x.ages) - 1; i >= 0; i-- {
		met += x.ages[i].meet(c.Sketch.Keys, mostFound-met, func(o *Card) {
			if o.Story == c.Story || c.Latest.Sub(o.Latest) > x.window || slices.Contains(takes, o) {
				return
			}
			if relation, score := Relate(&c, o); relation != "" {
				links = append(links, link{o.relation(relation, score), o.First})
			}
		})
	}
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.Story, b.Story)) })
	var out []wiredesk.Relation
	for _, l := range links[:min(len(links), mostLinks)] {
		out = append(out, l.Relation)
	}
	return out
}

// meet hands over at most so many live cards that share a key, each once, and says how many.
func (a *age) meet(keys []uint32, most int, each func(*Card)) int {
	seen := make([]int32, 0, mostFound)
	for _, k := range keys {
		for p, n := a.heads[k], 0; p != 0 && n < perKey && len(seen) < most; n++ {
			at := a.posts[p-1]
			p = at.next
			if a.gone[at.card] || slices.Contains(seen, at.card) {
				continue
			}
			seen = append(seen, at.card)
			each(&a.cards[at.card])
		}
	}
	return len(seen)
}

func hundredths(score float64) float64 { return float64(int(score*100+0.5)) / 100 }

// Len is how many stories the index remembers.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for _, a := range x.ages {
		n += len(a.byStory)
	}
	return n
}
