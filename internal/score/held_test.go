package score_test

import (
	"path/filepath"
	"testing"

	"github.com/wiredesk/wiredesk/internal/score"
)

// TestHeldStories reads stories that were written after the rules and looked at once.
func TestHeldStories(t *testing.T) {
	stories, err := score.Stories(filepath.Join("testdata", "held"))
	if err != nil {
		t.Fatal(err)
	}
	table := score.Own(stories, reader(t))
	print(t, table)
	for what, want := range map[string]float64{"all outlets of the story": 0.9, "all dateline": 0.9, "all speaker": 0.85} {
		atLeast(t, "F1 of "+what, table.Total(what).F1(), want)
	}
}
