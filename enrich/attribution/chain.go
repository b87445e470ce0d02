package attribution

import "sort"

// chain gives every link that stands within the content of another the innermost of those as its parent.
func (r *reading) chain() {
	type stretch struct {
		phrase
		link int
	}
	var all []stretch
	for n, l := range r.links {
		if l.role == "venue" {
			continue
		}
		for _, p := range l.content {
			all = append(all, stretch{p, n})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].first != all[j].first {
			return all[i].first < all[j].first
		}
		return all[i].last > all[j].last
	})
	order := make([]int, len(r.links))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return r.links[order[i]].cue.first < r.links[order[j]].cue.first })
	var open []stretch
	next := 0
	for _, n := range order {
		l := &r.links[n]
		at := l.cue.first
		for next < len(all) && all[next].first <= at {
			open = append(open, all[next])
			next++
		}
		kept := open[:0]
		for _, s := range open {
			if s.last > at {
				kept = append(kept, s)
			}
		}
		open = kept
		if l.parent >= 0 || l.cue.empty() || l.scope == "headline" {
			continue
		}
		for i := len(open) - 1; i >= 0; i-- {
			if s := open[i]; s.link != n && s.last >= l.cue.last && r.links[s.link].scope != "headline" {
				l.parent = s.link
				break
			}
		}
	}
}
