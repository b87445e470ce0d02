package route

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/expr-lang/expr/vm"

	"github.com/wiredesk/wiredesk"
)

// Table is all routes of a line, with an index by the cheapest term that each demands: an article meets those routes
// only that could want it. It is safe for concurrent use.
type Table struct {
	names  []string
	routes []*Route
	zones  zones
	by     map[term][]int32 // routes that want an article with this term
	always []int32          // routes of which nothing can be told beforehand
	sizes  map[string][]int // of the grams in by, by field
}

// Failure is a route that could not be evaluated for an article.
type Failure struct {
	Desk string
	Err  error
}

// New compiles the desks. The error names the desk and wraps its *Fault.
func New(desks []Desk) (*Table, error) {
	t := &Table{zones: zones{}, by: map[term][]int32{}, sizes: map[string][]int{}}
	for _, d := range desks {
		r, err := Compile(d.When)
		if err != nil {
			return nil, fmt.Errorf("route: desk %q: %w", d.Name, err)
		}
		t.names, t.routes = append(t.names, d.Name), append(t.routes, r)
		for name, loc := range r.zones {
			t.zones[name] = loc
		}
	}
	t.index()
	return t, nil
}

// index puts each route under the one term, or set of terms, that the fewest routes share.
func (t *Table) index() {
	count, choices := map[term]int{}, make([][][]term, len(t.routes))
	for i, r := range t.routes {
		for _, part := range r.parts {
			for _, set := range required(part) {
				choices[i] = append(choices[i], set)
				for _, one := range set {
					count[one]++
				}
			}
		}
	}
	for i, sets := range choices {
		best := cheapest(sets, count)
		if best == nil {
			t.always = append(t.always, int32(i))
		}
		for _, one := range best {
			t.by[one] = append(t.by[one], int32(i))
			if n := utf8.RuneCountInString(one.value); slices.Contains(prose(), one.field) && !slices.Contains(t.sizes[one.field], n) {
				t.sizes[one.field] = append(t.sizes[one.field], n)
			}
		}
	}
}

func cheapest(sets [][]term, count map[term]int) []term {
	var best []term
	least := -1
	for _, set := range sets {
		sum := 0
		for _, one := range set {
			sum += count[one]
		}
		if least < 0 || sum < least {
			best, least = set, sum
		}
	}
	return best
}

// candidates are the routes that could want the article, in the order of the configuration.
func (t *Table) candidates(f *facts) []int32 {
	all := slices.Clone(t.always)
	f.each(func(one term) { all = append(all, t.by[one]...) })
	for field, sizes := range t.sizes {
		met := map[term]bool{}
		f.grams(field, sizes, func(one term) {
			if routes := t.by[one]; routes != nil && !met[one] {
				met[one] = true
				all = append(all, routes...)
			}
		})
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Len is how many routes there are.
func (t *Table) Len() int { return len(t.routes) }

// Desks are the desks that get the article, in the order of the configuration. A route that fails wants nothing, and
// harms no other.
func (t *Table) Desks(a *wiredesk.Article) ([]string, []Failure) {
	f := factsOf(a, t.zones)
	var desks []string
	var failed []Failure
	m := &vm.VM{MemoryBudget: MemoryBudget}
	for _, i := range t.candidates(f) {
		yes, err := t.routes[i].run(m, f)
		if err != nil {
			failed = append(failed, Failure{t.names[i], err})
		}
		if yes {
			desks = append(desks, t.names[i])
		}
	}
	return desks, failed
}
