// Package score measures what the enrichers find against stories that people annotated: precision, recall and F1 with
// the number of things counted and a 95 % interval, resampled by document.
package score

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"text/tabwriter"

	"github.com/wiredesk/wiredesk"
)

// Reader enriches a text: what is measured.
type Reader func(text string) wiredesk.Article

// Count is how many of the claimed things are right, and how many there were to find. Hit counts claims that are right,
// Found what of the gold was found; they differ where several claims meet one thing.
type Count struct{ Hit, Claimed, Found, Gold int }

func (c Count) plus(o Count) Count {
	return Count{c.Hit + o.Hit, c.Claimed + o.Claimed, c.Found + o.Found, c.Gold + o.Gold}
}

// Precision is the share of claims that are right; 1 where nothing was claimed.
func (c Count) Precision() float64 { return ratio(c.Hit, c.Claimed) }

// Recall is the share of the gold that was found; 1 where there was none.
func (c Count) Recall() float64 { return ratio(c.Found, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	p, r := c.Precision(), c.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// Table holds counts by what was measured, a count for each document.
type Table struct{ rows map[string]map[string]Count }

// Add adds to the count of a document under a name.
func (t *Table) Add(name, document string, c Count) {
	if c == (Count{}) {
		return
	}
	if t.rows == nil {
		t.rows = map[string]map[string]Count{}
	}
	if t.rows[name] == nil {
		t.rows[name] = map[string]Count{}
	}
	t.rows[name][document] = t.rows[name][document].plus(c)
}

// Total is the count under a name over all documents.
func (t *Table) Total(name string) Count {
	var sum Count
	for _, c := range t.rows[name] {
		sum = sum.plus(c)
	}
	return sum
}

const resamples = 400

// Interval is the 95 % interval of F1 under a name, by resampling documents. The same table gives the same interval.
func (t *Table) Interval(name string) (low, high float64) {
	byDocument := t.rows[name]
	docs := slices.Sorted(maps.Keys(byDocument))
	if len(docs) == 0 {
		return 0, 0
	}
	random := rand.New(rand.NewPCG(1, uint64(len(docs))))
	all := make([]float64, resamples)
	for i := range all {
		var sum Count
		for range docs {
			sum = sum.plus(byDocument[docs[random.IntN(len(docs))]])
		}
		all[i] = sum.F1()
	}
	slices.Sort(all)
	return all[resamples*25/1000], all[resamples*975/1000-1]
}

// Write prints the table, a row for each name.
func (t *Table) Write(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tP\tR\tF1\t95 %\tgold\tclaimed\tdocuments")
	for _, name := range slices.Sorted(maps.Keys(t.rows)) {
		c := t.Total(name)
		low, high := t.Interval(name)
		fmt.Fprintf(tw, "%s\t%.3f\t%.3f\t%.3f\t%.3f–%.3f\t%d\t%d\t%d\n",
			name, c.Precision(), c.Recall(), c.F1(), low, high, c.Gold, c.Claimed, len(t.rows[name]))
	}
	return tw.Flush()
}

// sets counts two sets of values against each other.
func sets(claimed, gold []string) Count {
	claimed, gold = unique(claimed), unique(gold)
	hit := 0
	for _, c := range claimed {
		if slices.Contains(gold, c) {
			hit++
		}
	}
	return Count{hit, len(claimed), hit, len(gold)}
}

func unique(s []string) []string {
	s = slices.DeleteFunc(slices.Clone(s), func(v string) bool { return v == "" })
	slices.Sort(s)
	return slices.Compact(s)
}
