package score_test

import (
	"path/filepath"
	"testing"

	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/internal/score"
)

func TestOwnStories(t *testing.T) {
	stories, err := score.Stories(filepath.Join("testdata", "stories"))
	if err != nil {
		t.Fatal(err)
	}
	read := reader(t)
	table := score.Own(stories, read)
	print(t, table)
	print(t, score.Rules(stories, read))
	for what, want := range map[string]float64{
		"all outlets of the story": 0.97, "all dateline": 0.97, "all cited_outlet": 0.97, "all speaker": 0.97, "all origin": 0.97,
	} {
		atLeast(t, "F1 of "+what, table.Total(what).F1(), want)
	}
}

// TestEveryRuleIsWeighed holds the engine to explaining itself: every rule that fires stands in the table of factors.
func TestEveryRuleIsWeighed(t *testing.T) {
	factors, err := attribution.Factors()
	if err != nil {
		t.Fatal(err)
	}
	read := reader(t)
	for _, dir := range []string{"stories", "seen", "held"} {
		stories, err := score.Stories(filepath.Join("testdata", dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range score.Judge(dir, stories, read) {
			for _, rule := range j.Rules {
				if _, ok := factors[rule]; !ok {
					t.Errorf("%s: rule %q fired and has no factor", j.Document, rule)
				}
			}
		}
	}
}
