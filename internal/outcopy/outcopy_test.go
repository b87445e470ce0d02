package outcopy_test

import (
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/outcopy"
)

func TestNothingHeldOrKilledLeavesAsUsable(t *testing.T) {
	until := time.Date(2026, 3, 5, 0, 1, 0, 0, time.UTC)
	for _, c := range []struct {
		name, event, want string
		until             time.Time
	}{
		{"new", wiredesk.EventNew, wiredesk.Usable, time.Time{}},
		{"kill", wiredesk.EventKill, wiredesk.Canceled, time.Time{}},
		{"withhold", wiredesk.EventWithhold, wiredesk.Withheld, time.Time{}},
		{"embargo with an end", wiredesk.EventEmbargo, wiredesk.Usable, until},
		{"embargo without one", wiredesk.EventEmbargo, wiredesk.Withheld, time.Time{}},
	} {
		s := outcopy.Story(wiredesk.Article{Event: c.event, Item: wiredesk.Item{EmbargoedUntil: c.until}})
		if s.Item.Status() != c.want {
			t.Errorf("%s: %s; want %s", c.name, s.Item.Status(), c.want)
		}
	}
}

func TestSpansBecomeWords(t *testing.T) {
	a := wiredesk.Article{Text: "URGENT\nVARNHOLM - The ferry", Kicker: &wiredesk.Span{Start: 0, End: 6}, Dateline: &wiredesk.Line{Span: wiredesk.Span{Start: 7, End: 15}}}
	if s := outcopy.Story(a); s.Kicker != "URGENT" || s.Dateline != "VARNHOLM" {
		t.Errorf("kicker %q, dateline %q", s.Kicker, s.Dateline)
	}
}
