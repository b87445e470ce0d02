package topics

import (
	"cmp"
	"math"
	"slices"

	"github.com/wiredesk/wiredesk"
)

// result is the chosen topics and those above them, best first, a topic before its parent.
func (p *polling) result() []wiredesk.Topic {
	var out []wiredesk.Topic
	done := map[int]bool{}
	for _, leaf := range p.leaves() {
		for i := leaf; i >= 0; i = p.table.topics[i].parent {
			if !done[i] {
				done[i] = true
				out = append(out, p.topic(i))
			}
		}
	}
	return out
}

func (p *polling) topic(i int) wiredesk.Topic {
	t := p.table.topics[i]
	points := max(p.total[i], p.points[i])
	return wiredesk.Topic{Code: t.Code, Name: t.Name, Score: score(points), Evidence: p.spans[i]}
}

// score turns points into 0 to 1, in hundredths.
func score(points float64) float64 {
	return math.Round(100*points/(points+halfSure)) / 100
}

// leaves are the topics that have enough points of their own, best first. One that stands above another of them comes
// with that one and takes no place.
func (p *polling) leaves() []int {
	able := p.able()
	above := map[int]bool{}
	for _, i := range able {
		for at := p.table.topics[i].parent; at >= 0; at = p.table.topics[at].parent {
			above[at] = true
		}
	}
	var chosen []int
	for _, i := range able {
		if len(chosen) == mostLeaves {
			break
		}
		if !above[i] && !p.overshadowed(i, chosen) {
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// able are the topics with enough points for the length of the text and beside the best topic, best first.
func (p *polling) able() []int {
	best := 0.0
	for _, i := range p.seen {
		best = max(best, p.points[i])
	}
	need := max(enough*(1+float64(len(p.v.Tokens))/perToken), ofTop*best)
	var able []int
	for _, i := range p.seen {
		if p.points[i] >= need {
			able = append(able, i)
		}
	}
	slices.SortFunc(able, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.points[b], p.points[a]), cmp.Compare(a, b))
	})
	return able
}

// overshadowed says whether a better topic with the same parent leaves this one far behind.
func (p *polling) overshadowed(i int, chosen []int) bool {
	for _, c := range chosen {
		if p.table.topics[c].parent == p.table.topics[i].parent && p.points[i] < ofSibling*p.points[c] {
			return true
		}
	}
	return false
}
