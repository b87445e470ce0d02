package fate_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/fate"
)

// TestADeadLetterOfAnOutputIsNoFate keeps the sum: the story went out, to everybody else.
func TestADeadLetterOfAnOutputIsNoFate(t *testing.T) {
	s := fate.Story{Fates: []fate.Step{
		{What: "received"}, {What: "revision", Event: wiredesk.EventNew, Fate: "published"}, {What: "dead", Fate: "dead", Subject: "out-desk"},
	}}
	s.Count()
	if s.In != 1 || s.Out["published"] != 1 || len(s.Out) != 1 || s.Pending != 0 {
		t.Errorf("%d in, out %v, %d pending; want the one published", s.In, s.Out, s.Pending)
	}
}
