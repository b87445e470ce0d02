package attribution

import (
	"sort"

	"github.com/wiredesk/wiredesk"
)

// stretch is one piece of content and the link it belongs to.
type stretch struct {
	phrase
	link int
}

// chain gives every link that stands within the content of another the innermost of those as its parent.
func (r *reading) chain() {
	all := r.stretches()
	order := make([]int, len(r.links))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return r.links[order[i]].cue.first < r.links[order[j]].cue.first })
	var open []stretch
	next := 0
	for _, n := range order {
		l := &r.links[n]
		for next < len(all) && all[next].first <= l.cue.first {
			open = append(open, all[next])
			next++
		}
		open = stillOpen(open, l.cue.first)
		if l.parent < 0 && !l.cue.empty() && l.scope != "headline" {
			l.parent = r.innermost(open, n)
		}
	}
}

// stretches are all pieces of content, outer ones before those within them. Venues hold nothing.
func (r *reading) stretches() []stretch {
	all := make([]stretch, 0, len(r.links))
	for n := range r.links {
		if r.links[n].role == wiredesk.RoleVenue {
			continue
		}
		for _, p := range r.links[n].content {
			all = append(all, stretch{p, n})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].first != all[j].first {
			return all[i].first < all[j].first
		}
		return all[i].last > all[j].last
	})
	return all
}

// stillOpen drops the stretches that ended before a token.
func stillOpen(open []stretch, at int32) []stretch {
	kept := open[:0]
	for _, s := range open {
		if s.last > at {
			kept = append(kept, s)
		}
	}
	return kept
}

// innermost is the link whose content holds the cue of link n most closely, or -1.
func (r *reading) innermost(open []stretch, n int) int {
	for i := len(open) - 1; i >= 0; i-- {
		s := open[i]
		if s.link != n && s.last >= r.links[n].cue.last && r.links[s.link].scope != "headline" {
			return s.link
		}
	}
	return -1
}
