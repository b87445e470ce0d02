package related_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/enrich/related"
)

const nearDup = "../../../shared/corpora/near-dup/"

func lines(t *testing.T, name string, each func([]byte)) {
	t.Helper()
	data, err := os.ReadFile(nearDup + name)
	if err != nil {
		t.Skip("measurement data ../shared/corpora/near-dup is absent")
	}
	for line := range strings.Lines(string(data)) {
		each([]byte(line))
	}
}

// TestNearDuplicates measures pairs of published articles, copies of agency text among them: at a containment of 0.6
// of the five-word sequences of the shorter one.
func TestNearDuplicates(t *testing.T) {
	want := map[string]float64{}
	lines(t, "pairs.jsonl", func(line []byte) {
		var p struct {
			A, B        string
			Containment float64
		}
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		want[min(p.A, p.B)+" "+max(p.A, p.B)] = p.Containment
	})
	x := related.New(related.Options{})
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	right, wrong, n := 0, 0, 0
	lines(t, "articles.jsonl", func(line []byte) {
		var a struct{ ID, Domain, Text string }
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		n++
		s, ok := related.Of(a.Text)
		if !ok {
			return
		}
		at = at.Add(time.Second)
		c := related.Card{Story: a.ID, Provider: a.Domain, First: at, Latest: at, Sketch: s}
		for _, r := range x.Find(c) {
			key := min(a.ID, r.Story) + " " + max(a.ID, r.Story)
			if want[key] >= 0.6 {
				right++
				continue
			}
			wrong++
			t.Logf("%s %s %.2f; the key says %.3f", key, r.Relation, r.Score, want[key])
		}
		x.Add(c)
	})
	all := 0
	for _, c := range want {
		if c >= 0.6 {
			all++
		}
	}
	p, r := float64(right)/float64(max(right+wrong, 1)), float64(right)/float64(max(all, 1))
	f := 2 * p * r / (p + r)
	t.Logf("%d articles, %d pairs: precision %.3f, recall %.3f, F1 %.3f", n, all, p, r, f)
	if !(f >= 0.85) {
		t.Errorf("F1 %.3f; want at least 0.85", f)
	}
}
