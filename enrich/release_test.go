package enrich_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// A worker whose clock is wrong by an hour, to either side, holds and releases by the broker's.
func TestAWrongClockMovesNoEmbargo(t *testing.T) {
	for _, wrong := range []time.Duration{time.Hour, -time.Hour} {
		w := newWire(t)
		w.desk.Now = func() time.Time { return time.Now().Add(wrong) }
		until := time.Now().Add(700 * time.Millisecond)
		w.push(version("1", "held", embargo(until)))
		if got := w.settled("urn:sana:1"); events(got) != "embargo" {
			t.Fatalf("%s off: events %q; want embargo", wrong, events(got))
		}
		eventually(t, "release", func() bool { return events(w.revisions("urn:sana:1")) == "embargo release" })
		all := w.stored(stream.ARTICLES, stream.ArticlePrefix+"*")
		meta, err := all[1].Metadata()
		if err != nil || meta.Timestamp.Before(until) {
			t.Errorf("%s off: released at %s, %v; want %s or later", wrong, meta.Timestamp, err, until)
		}
	}
}

// What came in under an embargo that ended before any worker looked is released at once.
func TestAnEmbargoThatEndedInTheQueue(t *testing.T) {
	b := brokertest.New(t)
	until := time.Now().Add(200 * time.Millisecond)
	body, err := json.Marshal(version("1", "held", embargo(until)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.JS.PublishMsg(t.Context(), &nats.Msg{Subject: "wire.raw.sana", Header: nats.Header{stream.HFeed: {"sana"}}, Data: body}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of the embargo", func() bool { return time.Now().After(until.Add(1200 * time.Millisecond)) })
	w := newWireOn(t, b)
	eventually(t, "release", func() bool { return events(w.revisions("urn:sana:1")) == "embargo release" })
}

// A timer that fires long before the end that the state knows is set anew; one that fires a little early waits.
func TestATimerThatFiresEarly(t *testing.T) {
	w := newWire(t)
	until := time.Now().Add(time.Hour)
	w.push(version("1", "held", embargo(until)))
	story := w.settled("urn:sana:1")[0].Story
	fires := func(sequence uint64, early time.Duration) ([]stream.Message, error) {
		return w.desk.Release(t.Context(), stage.Message{Stream: stream.HOLD, Subject: stream.ReleaseSubject(story), Sequence: sequence, Stored: until.Add(-early)})
	}
	out, err := fires(1, time.Minute)
	if err != nil || len(out) != 1 || out[0].At.After(until) || out[0].At.Before(until.Add(-2*time.Second)) || out[0].Subject != stream.HoldSubject(story, until) {
		t.Fatalf("Release = %v, %v; want the timer again", out, err)
	}
	if out, err := fires(2, 300*time.Millisecond); err == nil {
		t.Fatalf("Release = %v before the end; want it to wait", out)
	}
	eventually(t, "the rest is waited out", func() bool { out, err = fires(2, 300*time.Millisecond); return err == nil })
	if len(out) != 1 || out[0].Header.Get(stream.HFate) != enrich.FatePublished {
		t.Errorf("Release after the wait = %v; want the revision", out)
	}
	if out, err := fires(3, 0); err != nil || len(out) != 1 || out[0].Header.Get(stream.HFate) != enrich.FatePublished {
		t.Errorf("Release at the end = %v, %v; want the revision", out, err)
	}
}

// A timer may fire before the revision it was set for is stored: it waits for that.
func TestATimerAheadOfItsRevision(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "held", embargo(time.Now().Add(time.Hour))))
	story := w.settled("urn:sana:1")[0].Story
	for _, tt := range []struct{ story, revision string }{{story, "2"}, {"unknown", "1"}} {
		out, err := w.desk.Release(t.Context(), stage.Message{
			Stream: stream.HOLD, Subject: stream.ReleaseSubject(tt.story), Sequence: 7, Stored: time.Now().Add(2 * time.Hour),
			Header: nats.Header{stream.HRevision: {tt.revision}},
		})
		if err == nil {
			t.Errorf("the timer of revision %s of %s: %v; want it to wait", tt.revision, tt.story, out)
		}
	}
}
