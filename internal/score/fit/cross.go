package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/wiredesk/wiredesk/internal/score"
)

const (
	folds  = 10
	sure   = 0.9
	wanted = 0.945 // of the sure ones are to be right; from here on each hundredth costs a third of them
)

// cross fits on nine tenths of the documents and asks the tenth, ten times over. It sets the shift by what comes out,
// so that among the claims of own stories that pass for sure as many are right as wanted, and prints what is reached.
func (m *model) cross(out io.Writer, all []score.Judged) {
	asked := make([]float64, len(all))
	for fold := range folds {
		var rest []score.Judged
		for _, j := range all {
			if foldOf(j.Document) != fold {
				rest = append(rest, j)
			}
		}
		part := model{names: m.names}
		part.fit(rest)
		for i := range all {
			if foldOf(all[i].Document) == fold {
				asked[i] = logit(part.probability(&all[i]))
			}
		}
	}
	m.shift = shiftFor(all, asked)
	fmt.Fprintf(out, "cross-validation by document, %d folds, log odds lowered by %.2f:\n", folds, m.shift)
	report(out, all, func(j *score.Judged) float64 {
		return 1 / (1 + math.Exp(m.shift-asked[index(all, j)]))
	})
}

func index(all []score.Judged, j *score.Judged) int {
	for i := range all {
		if &all[i] == j {
			return i
		}
	}
	return -1
}

func foldOf(document string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(document))
	return int(h.Sum32() % folds)
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// shiftFor is the smallest lowering of all log odds with which enough of the own claims that are still sure are right.
func shiftFor(all []score.Judged, odds []float64) float64 {
	type claim struct {
		odds  float64
		right bool
	}
	var own []claim
	for i, j := range all {
		if j.Set == "own" {
			own = append(own, claim{odds[i], j.Right})
		}
	}
	slices.SortFunc(own, func(a, b claim) int { return cmp.Compare(b.odds, a.odds) })
	right, edge := 0, math.Inf(1)
	for i, c := range own {
		if c.right {
			right++
		}
		if float64(right) >= wanted*float64(i+1) {
			edge = c.odds
		}
	}
	return max(0, edge-logit(sure))
}

// report prints, by set and language, how many claims are sure and how many of those are right, and how well the
// probabilities fit.
func report(out io.Writer, all []score.Judged, p func(*score.Judged) float64) {
	type row struct{ claims, right, sure, sureRight int }
	rows := map[string]*row{}
	for i := range all {
		j := &all[i]
		q := p(j)
		for _, name := range []string{j.Set, j.Set + " " + j.Language} {
			r := rows[name]
			if r == nil {
				r = new(row)
				rows[name] = r
			}
			r.claims++
			if j.Right {
				r.right++
			}
			if q >= sure {
				r.sure++
				if j.Right {
					r.sureRight++
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		r := rows[name]
		fmt.Fprintf(out, "%-12s %4d claims, %.3f right; %4d sure (%.2f), %.3f of those right\n", name, r.claims, share(r.right, r.claims), r.sure, share(r.sure, r.claims), share(r.sureRight, r.sure))
	}
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}
