package places_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/wiredesk/wiredesk"
)

const seed = "../../../shared/seed/sco-summit"

func TestSeedPlaces(t *testing.T) {
	text, err := os.ReadFile(seed + ".txt")
	if err != nil {
		t.Skip("measurement data ../shared/seed is absent")
	}
	gold, err := os.ReadFile(seed + ".gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Places []struct {
			Name, Country string
			Required      bool
			Start, End    int
		}
		MustNot []struct {
			What string
			Span wiredesk.Span
		} `json:"must_not"`
	}
	if err := json.Unmarshal(gold, &want); err != nil {
		t.Fatal(err)
	}
	a := wiredesk.Article{Text: string(text)}
	find(t, newLexicon(t), &a)
	found := map[wiredesk.Span]string{}
	for _, p := range a.Places {
		found[p.Span] = p.Country
	}
	missed := 0
	for _, p := range want.Places {
		if found[wiredesk.Span{Start: p.Start, End: p.End}] != p.Country && p.Required {
			missed++
			t.Logf("missed %s/%s at %d", p.Name, p.Country, p.Start)
		}
		delete(found, wiredesk.Span{Start: p.Start, End: p.End})
	}
	for span := range found {
		t.Logf("beside the gold: %q at %d", span.In(a.Text), span.Start)
	}
	for _, m := range want.MustNot {
		for _, p := range a.Places {
			if m.What == "place" && p.Overlaps(m.Span) {
				t.Errorf("%q is taken for a place", p.In(a.Text))
			}
		}
	}
	if missed > 0 {
		t.Errorf("%d of %d places missed; want none", missed, len(want.Places))
	}
}
