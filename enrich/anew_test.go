package enrich_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/edict"
)

// TestAnew holds what reading a document again may do: nothing that was killed comes back, nothing that is held goes out.
func TestAnew(t *testing.T) {
	v2 := version("2", "b")
	copied := func(st *enrich.State) { st.Copy = 3 }
	tests := []struct {
		name  string
		state *enrich.State
		in    *wiredesk.Story
		event string
		fate  string
		says  string
	}{
		{"a story that stands so", after("update", v2, copied), v2, "update", "published", "read anew by today's rules"},
		{"a correction is not corrected twice", after("correction", v2, copied), version("2", "b", func(s *wiredesk.Story) { s.Correction = true }), "update", "published", ""},
		{"a story that nothing is kept of", nil, v2, "", "stale", "nothing of the story is kept"},
		{"a killed story", after("kill", v2, copied), v2, "", "stale", "does not bring it back"},
		{"a story that the operator killed", after("kill", v2, copied, byOperator(edict.Kill, "")), v2, "", "stale", "does not bring it back"},
		{"an embargoed story", after("embargo", v2, copied, until(noon.Add(time.Hour))), v2, "", "stale", "does not let it go"},
		{"an embargoed story whose hour is past", after("embargo", v2, copied, until(noon.Add(-time.Hour))), v2, "", "stale", "does not let it go"},
		{"a withheld story", after("withhold", v2, copied), v2, "", "stale", "does not let it go"},
		{"a story that the operator holds", after("withhold", v2, copied, byOperator(edict.Hold, "update")), v2, "", "stale", "does not let it go"},
		{"a story that newer copy has come for", after("update", v2, func(st *enrich.State) { st.Copy = 5 }), version("1", "a"), "", "stale", "other copy has made revision"},
		{"an embargo that was overlooked", after("update", v2, copied), version("2", "b", embargo(noon.Add(time.Hour))), "embargo", "held", "embargoed until"},
		{"a status that was overlooked", after("update", v2, copied), version("2", "b", status("withheld")), "withhold", "held", "withheld by the sender"},
		{"a kill that was overlooked", after("update", v2, copied), version("2", "", status("canceled")), "kill", "published", "canceled"},
		{"an instruction without copy", after("update", v2, copied), version("2", "", func(s *wiredesk.Story) { s.Partial = true }), "", "stale", "an instruction"},
		{"a test line that was overlooked", after("update", v2, copied), version("2", "b", func(s *wiredesk.Story) { s.NotForPublication = "test line" }), "update", "filtered", "test line"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := enrich.Anew(tt.state, tt.in, 8, 3, noon)
			if got.Event != tt.event || got.Fate != tt.fate || !strings.Contains(got.Reason, tt.says) {
				t.Errorf("Anew = event %q fate %q (%s); want %q %q %q", got.Event, got.Fate, got.Reason, tt.event, tt.fate, tt.says)
			}
		})
	}
	if got := enrich.Anew(after("update", v2, copied), v2, 7, 3, noon); !got.Done {
		t.Errorf("the replay that made the revision, again: %+v; want done", got)
	}
}
