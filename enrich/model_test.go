package enrich_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// What the model test found, each in its shortest form.

// A kill that names an old version ends the newest, too: none that was there comes back as newer than the kill.
func TestAKillOfAnOldVersionEndsAll(t *testing.T) {
	w := newWire(t)
	for _, s := range []*wiredesk.Story{
		version("4", "libel"), version("1", "", status("canceled")), version("3", "old libel"), version("4", "libel"), version("4", "libel anew"),
	} {
		w.push(s)
	}
	if got := w.settled("urn:sana:1"); events(got) != "new kill" || got[1].Item.Version != "4" {
		t.Errorf("events %q; want new kill, of version 4", events(got))
	}
	w.push(version("5", "right"))
	if got := w.settled("urn:sana:1"); events(got) != "new kill update" {
		t.Errorf("events %q; want a newer version to bring it back", events(got))
	}
}

// A second kill that names a newer version raises the bar for what comes back, without another notice.
func TestASecondKillRaisesTheBar(t *testing.T) {
	w := newWire(t)
	for _, s := range []*wiredesk.Story{version("4", "libel"), version("4", "", status("canceled")), version("6", "", status("canceled")), version("5", "late libel")} {
		w.push(s)
	}
	got := w.settled("urn:sana:1")
	if events(got) != "new kill kill" {
		t.Fatalf("events %q; want new kill kill", events(got))
	}
	last := w.stored(stream.ARTICLES, stream.ArticleSubject(got[0].Story))[2].Headers()
	if last.Get(stream.HPublished) != "2" || last.Get(stream.HFate) != enrich.FateDuplicate {
		t.Errorf("the second kill goes out as revision %s (%s); want 2, duplicate", last.Get(stream.HPublished), last.Get(stream.HFate))
	}
}

// An arrival that had its fate and comes again after a crash has no other, though the story's state would take it now.
func TestOneArrivalHasOneFate(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "held", embargo(time.Now().Add(400*time.Millisecond))))
	w.push(version("1", "not held"))
	w.settled("urn:sana:1")
	eventually(t, "release", func() bool { return events(w.revisions("urn:sana:1")) == "embargo release" })
	raw, err := w.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	m, err := raw.GetMsg(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.desk.Handle(t.Context(), stage.Message{Stream: stream.RAW, Subject: m.Subject, Sequence: 2, Header: m.Header, Data: m.Data, Stored: m.Time, Again: true})
	if err != nil || len(out) != 0 {
		t.Errorf("the stale version again: %v, %v; want nothing to follow", out, err)
	}
}

// A worker that takes a held story for a new one, and learns better when it stores, leaves the story's own timer alone.
func TestATimerInVainDisplacesNone(t *testing.T) {
	w := newWire(t)
	w.push(version("2", "held", embargo(time.Now().Add(700*time.Millisecond))))
	w.settled("urn:sana:1")
	body, err := json.Marshal(version("1", "held for long", embargo(time.Now().Add(time.Hour))))
	if err != nil {
		t.Fatal(err)
	}
	other := enrich.New(w.desk.Options)
	out, err := other.Handle(t.Context(), stage.Message{Stream: stream.RAW, Subject: "wire.raw.sana", Sequence: 99, Data: body, Stored: time.Now(), Header: nats.Header{stream.HFeed: {"sana"}}})
	if err != nil || len(out) != 2 || out[0].At.IsZero() {
		t.Fatalf("Handle = %v, %v; want a timer and a revision", out, err)
	}
	if _, err := w.JS.PublishMsg(t.Context(), out[0].NATS()); err != nil { // the revision is refused
		t.Fatal(err)
	}
	eventually(t, "release", func() bool { return events(w.revisions("urn:sana:1")) == "embargo release" })
}

// An operator's word between two documents does not let the second go before the first.
func TestAnEdictIsNobodysTurn(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "first"))
	w.settled("urn:sana:1")
	w.must(edict.Hold) // RAW 2
	body, err := json.Marshal(version("3", "third"))
	if err != nil {
		t.Fatal(err)
	}
	in := stage.Message{
		Stream: stream.RAW, Subject: "wire.raw.sana", Sequence: 9, Data: body, Stored: time.Now(), Again: true,
		Header: nats.Header{stream.HFeed: {"sana"}, stream.HAfter: {"2"}},
	}
	o := w.desk.Options
	o.Turn = unsettled{}
	if out, err := enrich.New(o).Handle(t.Context(), in); err == nil {
		t.Errorf("the third version is decided before the second: %v", out)
	}
}

// unsettled has settled nothing.
type unsettled struct{}

// Settled implements enrich.Turn.
func (unsettled) Settled(context.Context, uint64) (bool, error) { return false, nil }
