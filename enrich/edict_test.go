package enrich_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func byOperator(act edict.Act, beneath string) func(*enrich.State) {
	return func(st *enrich.State) { st.Operator, st.Beneath = act, beneath }
}

func until(at time.Time) func(*enrich.State) { return func(st *enrich.State) { st.Until = at } }

func TestRule(t *testing.T) {
	v2 := version("2", "b")
	tests := []struct {
		name  string
		state *enrich.State
		act   edict.Act
		event string
		fate  string
		word  edict.Act
	}{
		{"a kill of what the line has never seen", nil, edict.Kill, "kill", "published", edict.Kill},
		{"a hold of what the line has never seen", nil, edict.Hold, "", "stale", ""},
		{"a kill", after("update", v2), edict.Kill, "kill", "published", edict.Kill},
		{"a kill of what nobody has", after("embargo", v2, unseen), edict.Kill, "kill", "filtered", edict.Kill},
		{"a kill makes the sender's kill final", after("kill", v2), edict.Kill, "kill", "published", edict.Kill},
		{"a second kill", after("kill", v2, byOperator(edict.Kill, "")), edict.Kill, "", "duplicate", ""},
		{"a hold", after("update", v2), edict.Hold, "withhold", "held", edict.Hold},
		{"a second hold", after("withhold", v2, byOperator(edict.Hold, "update")), edict.Hold, "", "duplicate", ""},
		{"a kill under a hold", after("withhold", v2, byOperator(edict.Hold, "update")), edict.Kill, "kill", "published", edict.Kill},
		{"a hold of a killed story", after("kill", v2), edict.Hold, "", "stale", ""},
		{"a lift", after("withhold", v2, byOperator(edict.Hold, "update")), edict.Lift, "release", "published", ""},
		{"a lift of the sender's hold", after("withhold", v2), edict.Lift, "", "stale", ""},
		{"a lift where the sender withholds too", after("withhold", v2, byOperator(edict.Hold, "withhold")), edict.Lift, "withhold", "held", ""},
		{"a lift under an embargo", after("withhold", v2, byOperator(edict.Hold, "embargo"), until(noon.Add(time.Hour))), edict.Lift, "embargo", "held", ""},
		{"a lift after the embargo", after("withhold", v2, byOperator(edict.Hold, "embargo"), until(noon.Add(-time.Hour))), edict.Lift, "release", "published", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := enrich.Rule(tt.state, edict.Edict{Act: tt.act, Reason: "because"}, 8, noon)
			if got.Event != tt.event || got.Fate != tt.fate || got.Operator != tt.word || got.Reason == "" {
				t.Errorf("Rule = event %q fate %q word %q (%s); want %q %q %q", got.Event, got.Fate, got.Operator, got.Reason, tt.event, tt.fate, tt.word)
			}
		})
	}
	if got := enrich.Rule(after("update", v2), edict.Edict{Act: edict.Kill}, 7, noon); !got.Done {
		t.Errorf("the edict that made the revision, again: %+v; want done", got)
	}
}

// What the sender says after the operator's word.
func TestDecideUnderAnEdict(t *testing.T) {
	tests := []struct {
		name    string
		state   *enrich.State
		in      *wiredesk.Story
		event   string
		fate    string
		beneath string
	}{
		{"a newer version of a story the operator killed", after("kill", version("2", "b"), byOperator(edict.Kill, "")), version("9", "c"), "", "stale", ""},
		{"the sender's kill of it", after("kill", version("2", "b"), byOperator(edict.Kill, "")), version("9", "", status("canceled")), "", "duplicate", ""},
		{"a newer version under the operator's hold", after("withhold", version("2", "b"), byOperator(edict.Hold, "update")), version("3", "c"), "withhold", "held", "release"},
		{"an embargo under the operator's hold", after("withhold", version("2", "b"), byOperator(edict.Hold, "update")), version("3", "c", embargo(noon.Add(time.Hour))), "withhold", "held", "embargo"},
		{"the sender's kill under the operator's hold", after("withhold", version("2", "b"), byOperator(edict.Hold, "update")), version("3", "", status("canceled")), "kill", "published", ""},
		{"a reinstatement under the operator's hold", after("kill", version("3", ""), byOperator(edict.Hold, "")), version("4", "c"), "withhold", "held", "update"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := enrich.Decide(tt.state, tt.in, 8, noon)
			if got.Event != tt.event || got.Fate != tt.fate || got.Beneath != tt.beneath {
				t.Errorf("Decide = event %q fate %q beneath %q (%s); want %q %q %q", got.Event, got.Fate, got.Beneath, got.Reason, tt.event, tt.fate, tt.beneath)
			}
			if tt.event != "" && got.Operator != edict.Hold {
				t.Errorf("the operator's hold is forgotten: %+v", got)
			}
		})
	}
}

func (w *wire) issue(act edict.Act) error {
	w.t.Helper()
	_, err := edict.Issue(w.t.Context(), w.JS, edict.Edict{Act: act, URI: "urn:sana:1", Provider: "sana", Reason: "a wrong name", By: "night desk"})
	return err
}

func (w *wire) must(act edict.Act) {
	w.t.Helper()
	if err := w.issue(act); err != nil {
		w.t.Fatal(err)
	}
	w.settled("urn:sana:1")
}

func TestTheOperatorsKillIsFinal(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "libel"))
	w.settled("urn:sana:1")
	w.must(edict.Kill)
	w.push(version("2", "libel again"))
	w.push(version("3", "", status("canceled")))
	got := w.settled("urn:sana:1")
	if want := "new kill"; events(got) != want {
		t.Fatalf("events %q; want %q", events(got), want)
	}
	kill := got[1]
	if kill.Text != "" || kill.Item.EdNote != "a wrong name" || kill.Item.PubStatus != wiredesk.Canceled || kill.Item.Version != "1" || kill.Previous.Published != 1 {
		t.Errorf("the kill is %+v", kill)
	}
	m := w.stored(stream.ARTICLES, stream.ArticleSubject(kill.Story))[1]
	if by := stream.TextValue(m.Headers().Get(stream.HBy)); by != "night desk" || strings.Contains(string(m.Data()), by) {
		t.Errorf("who killed is said as %q in the header, and in the body: %s", by, m.Data())
	}
	if err := w.issue(edict.Kill); !errors.Is(err, edict.ErrDone) {
		t.Errorf("a second kill: %v; want ErrDone", err)
	}
}

func TestTheOperatorsHold(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "doubtful"))
	w.settled("urn:sana:1")
	w.must(edict.Hold)
	w.push(version("2", "still doubtful"))
	w.settled("urn:sana:1")
	w.must(edict.Lift)
	got := w.settled("urn:sana:1")
	if want := "new withhold withhold release"; events(got) != want {
		t.Fatalf("events %q; want %q", events(got), want)
	}
	if got[3].Text != "still doubtful" || got[3].Item.Version != "2" {
		t.Errorf("released is %q, version %s", got[3].Text, got[3].Item.Version)
	}
	if err := w.issue(edict.Lift); !errors.Is(err, edict.ErrDone) {
		t.Errorf("a second lift: %v; want ErrDone", err)
	}
}

// A killed story stays dead after ARTICLES has forgotten it, whoever killed it; what is newer than the sender's own kill
// still brings the story back, to everyone who had it.
func TestTombstonesOutliveArticles(t *testing.T) {
	for _, killer := range []string{"sender", "operator"} {
		t.Run(killer, func(t *testing.T) {
			t.Parallel()
			w := newWireOn(t, brokertest.New(t, brokertest.Streams(func(s *stream.Settings) { s.KeepArticles = 3 * time.Second })))
			w.push(version("1", "libel"))
			w.settled("urn:sana:1")
			if killer == "sender" {
				w.push(version("2", "", status("canceled")))
			} else {
				w.must(edict.Kill)
			}
			w.settled("urn:sana:1")
			eventually(t, "ARTICLES forgets", func() bool { return w.kept() == 0 })
			again := newWireOn(t, w.Broker) // a worker that has not met the story
			again.push(version("1", "libel"))
			if got := again.settled("urn:sana:1"); len(got) != 0 {
				t.Errorf("the killed version came back: %q", events(got))
			}
			again.push(version("3", "corrected"))
			again.settled("urn:sana:1")
			all := again.stored(stream.ARTICLES, stream.ArticlePrefix+"*")
			if killer == "operator" {
				if len(all) != 0 {
					t.Errorf("%d revisions after the operator's kill", len(all))
				}
				return
			}
			if len(all) != 1 || all[0].Headers().Get(stream.HRevision) != "3" || all[0].Headers().Get(stream.HAudience) != "wire.sana" {
				t.Errorf("the reinstatement: %v", all)
			}
		})
	}
}

// The tombstone holds no word of the copy and is small.
func TestTombstonesAreSmall(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "libel of some length"))
	w.push(version("2", "libel of some length", status("canceled")))
	w.settled("urn:sana:1")
	tombs := w.stored(stream.TOMBS, stream.TombPrefix+"*")
	if len(tombs) != 1 || len(tombs[0].Data()) != 0 {
		t.Fatalf("tombstones: %v", tombs)
	}
	size := 0
	for name, values := range tombs[0].Headers() {
		size += len(name) + len(strings.Join(values, "")) + 4
		if strings.Contains(strings.Join(values, ""), "libel") {
			t.Errorf("the tombstone's %s has a word of the copy", name)
		}
	}
	if size > 1000 {
		t.Errorf("the tombstone has %d bytes of headers", size)
	}
}
