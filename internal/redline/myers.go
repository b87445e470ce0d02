package redline

import "slices"

// most is how many differences are told apart, insertions and deletions together.
const most = 2000

// middle compares words by the greedy algorithm of Myers (An O(ND) Difference Algorithm and Its Variations, 1986).
func (p *pieces) middle(a, b []string) {
	steps, ok := path(a, b)
	if !ok {
		p.add(Gone, a)
		p.add(New, b)
		return
	}
	i, j := 0, 0
	for _, s := range steps {
		p.add(Same, a[i:s.a])
		j += s.a - i
		i = s.a
		if s.insert {
			p.add(New, b[j:j+1])
			j++
		} else {
			p.add(Gone, a[i:i+1])
			i++
		}
	}
	p.add(Same, a[i:])
}

// step inserts one word of the text after before a word of the text before, or deletes that word.
type step struct {
	a      int
	insert bool
}

// path is the shortest way from one text to the other; not ok where it is longer than most.
func path(a, b []string) ([]step, bool) {
	limit := min(len(a)+len(b), most)
	furthest := make([]int, 2*limit+2) // by diagonal, shifted by limit
	var trail [][]int
	for d := 0; d <= limit; d++ {
		trail = append(trail, slices.Clone(furthest[limit-d:limit+d+1]))
		for k := -d; k <= d; k += 2 {
			x := 0
			switch {
			case d == 0:
			case k == -d || k != d && furthest[limit+k-1] < furthest[limit+k+1]:
				x = furthest[limit+k+1]
			default:
				x = furthest[limit+k-1] + 1
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			furthest[limit+k] = x
			if x >= len(a) && x-k >= len(b) {
				return back(trail, d, k), true
			}
		}
	}
	return nil, false
}

// back walks the trail from the end. What stands in trail[d] is the state before round d, of the diagonals -d to d.
func back(trail [][]int, d, k int) []step {
	steps := make([]step, d)
	for ; d > 0; d-- {
		before := func(k int) int { return trail[d][d+k] }
		insert := k == -d || k != d && before(k-1) < before(k+1)
		if insert {
			k++
			steps[d-1] = step{before(k), true}
		} else {
			k--
			steps[d-1] = step{before(k), false}
		}
	}
	return steps
}
