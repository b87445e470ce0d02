package enrich_test

import (
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func version(v, text string, change ...func(*wiredesk.Story)) *wiredesk.Story {
	s := &wiredesk.Story{
		Provider: "sana", Text: text,
		Item: wiredesk.Item{URI: "urn:sana:1", Version: v},
	}
	for _, c := range change {
		c(s)
	}
	return s
}

func status(word string) func(*wiredesk.Story) {
	return func(s *wiredesk.Story) { s.Item.PubStatus = word }
}

func embargo(until time.Time) func(*wiredesk.Story) {
	return func(s *wiredesk.Story) { s.Item.EmbargoedUntil = until }
}

func created(at time.Time) func(*wiredesk.Story) {
	return func(s *wiredesk.Story) { s.Item.VersionCreated = at }
}

func correction(s *wiredesk.Story) { s.Correction = true }

func advisory(s *wiredesk.Story) { s.NotForPublication = "advisory" }

// after is the state that the given version leaves.
func after(event string, s *wiredesk.Story, change ...func(*enrich.State)) *enrich.State {
	st := &enrich.State{
		Sequence: 70, Revision: 3, Event: event, Fate: enrich.FatePublished, Version: s.Item.Version,
		VersionCreated: s.Item.VersionCreated, Fingerprint: s.Fingerprint(), Arrival: 7, Published: 3,
	}
	for _, c := range change {
		c(st)
	}
	return st
}

func unseen(st *enrich.State) { st.Published = 0 }

func TestDecide(t *testing.T) {
	unknown := func(s *wiredesk.Story) { s.EmbargoUnknown = true }
	reinstated := func(st *enrich.State) { st.Reinstated = true }
	tests := []struct {
		name   string
		state  *enrich.State
		in     *wiredesk.Story
		event  string
		fate   string
		change bool
	}{
		{"the first version is new", nil, version("1", "a"), "new", "published", false},
		{"a late line begins with version 4", nil, version("4", "a"), "new", "published", false},
		{"the first version may be called a correction", nil, version("2", "a", correction), "new", "published", false},
		{"a newer version", after("new", version("1", "a")), version("2", "b"), "update", "published", false},
		{"10 is newer than 9", after("update", version("9", "a")), version("10", "b"), "update", "published", false},
		{"a version longer than any machine's integers", after("update", version("99999999999999999999999", "a")), version("99999999999999999999998", "b"), "", "stale", false},
		{"leading zeros are none", after("update", version("007", "a")), version("8", "b"), "update", "published", false},
		{"another spelling of one version", after("new", version("7", "a")), version("07", "b"), "update", "published", true},
		{"a version that is no number", after("new", version("0", "a")), version("abc", "b"), "update", "published", false},
		{"0 is a version", after("new", version("0", "a")), version("1", "b"), "update", "published", false},
		{"a correction", after("new", version("1", "a")), version("2", "b", correction), "correction", "published", false},
		{"the same again", after("new", version("1", "a")), version("1", "a"), "", "duplicate", false},
		{"other content under one version", after("new", version("1", "a")), version("1", "b"), "update", "published", true},
		{"an older version", after("update", version("2", "b")), version("1", "a"), "", "stale", false},
		{"without numbers the time decides", after("new", version("", "a", created(noon))), version("", "b", created(noon.Add(-time.Hour))), "", "stale", false},
		{"without either the later arrival counts", after("new", version("", "a")), version("", "b"), "update", "published", false},
		{"a kill", after("update", version("2", "b")), version("3", "", status("canceled")), "kill", "published", false},
		{"a kill of the version we have", after("update", version("2", "b")), version("2", "", status("canceled")), "kill", "published", false},
		{"a kill of an older version kills all", after("update", version("2", "b")), version("1", "", status("canceled")), "kill", "published", false},
		{"a second kill", after("kill", version("2", "", status("canceled"))), version("2", "", status("canceled")), "", "duplicate", false},
		{"a second kill of a newer version raises the bar", after("kill", version("2", "", status("canceled"))), version("3", "", status("canceled")), "kill", "duplicate", false},
		{"a kill of what nobody has", after("embargo", version("1", "a"), unseen), version("2", "", status("canceled")), "kill", "filtered", false},
		{"a kill before the original", nil, version("1", "", status("canceled")), "kill", "published", false},
		{"the original after its kill", after("kill", version("2", "", status("canceled"))), version("1", "a"), "", "stale", false},
		{"the killed version again", after("kill", version("2", "", status("canceled"))), version("2", "a"), "", "stale", false},
		{"a reinstatement", after("kill", version("2", "", status("canceled"))), version("3", "a"), "update", "published", false},
		{"the old kill after a reinstatement", after("update", version("3", "a"), reinstated), version("2", "", status("canceled")), "", "stale", false},
		{"withheld", after("new", version("1", "a")), version("2", "b", status("withheld")), "withhold", "held", false},
		{"withheld from the start", nil, version("1", "a", status("withheld")), "withhold", "held", false},
		{"the withheld version cannot lift itself", after("withhold", version("2", "b", status("withheld"))), version("2", "b"), "", "stale", false},
		{"a newer version lifts", after("withhold", version("2", "b", status("withheld"))), version("3", "b"), "release", "published", false},
		{"an embargo ahead", nil, version("1", "a", embargo(noon.Add(time.Hour))), "embargo", "held", false},
		{"an embargo that is over", nil, version("1", "a", embargo(noon.Add(-time.Second))), "new", "published", false},
		{"an embargo without an end", nil, version("1", "a", unknown), "withhold", "held", false},
		{"an embargo moved under one version", after("embargo", version("1", "a", embargo(noon.Add(time.Hour))), unseen), version("1", "a", embargo(noon.Add(2*time.Hour))), "embargo", "held", true},
		{"a late first version does not leak", after("embargo", version("2", "b", embargo(noon.Add(time.Hour))), unseen), version("1", "a"), "", "stale", false},
		{"an embargo lifted early", after("embargo", version("1", "a", embargo(noon.Add(time.Hour))), unseen), version("2", "a"), "release", "published", false},
		{"an advisory", nil, version("1", "a", advisory), "new", "filtered", false},
		{"an embargoed advisory is held", nil, version("1", "a", advisory, embargo(noon.Add(time.Hour))), "embargo", "held", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := enrich.Decide(tt.state, tt.in, 8, noon)
			if got.Event != tt.event || got.Fate != tt.fate || got.Changed != tt.change {
				t.Errorf("Decide = event %q fate %q changed %v (%s); want %q %q %v",
					got.Event, got.Fate, got.Changed, got.Reason, tt.event, tt.fate, tt.change)
			}
			if got.Reason == "" {
				t.Error("a decision without a reason")
			}
		})
	}
}

func TestDecideOnRedelivery(t *testing.T) {
	v1 := version("1", "a")
	got := enrich.Decide(after("new", v1, func(st *enrich.State) { st.Reason = "first version seen" }), v1, 7, noon)
	if !got.Done || got.Fate != enrich.FatePublished {
		t.Errorf("the arrival that made the revision = %+v; want done, published", got)
	}
	got = enrich.Decide(after("new", version("", "b")), version("", "a"), 6, noon)
	if got.Fate != enrich.FateStale {
		t.Errorf("an unversioned arrival from before = %+v; want stale", got)
	}
}
