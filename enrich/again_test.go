package enrich_test

import (
	"strconv"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// An arrival that made a revision, and comes again once the story has gone on, is no late version: it had its fate.
func TestDoneArrivalsThatComeAgain(t *testing.T) {
	w := newWire(t)
	story := func(v, text string) *wiredesk.Story {
		return &wiredesk.Story{Item: wiredesk.Item{URI: "urn:ferry", Version: v, Headlines: []wiredesk.Content{{Value: text}}}, Text: text}
	}
	for _, s := range []*wiredesk.Story{story("1", "The ferry sails"), story("2", "The ferry sails hourly"), story("1", "The ferry waits")} {
		w.push(s)
		w.taken()
	}
	raw, err := w.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	before := w.kept()
	for seq := uint64(1); seq <= 3; seq++ {
		m, err := raw.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.desk.Handle(t.Context(), stage.Message{Stream: stream.RAW, Subject: m.Subject, Sequence: seq, Header: m.Header, Data: m.Data, Again: seq > 1})
		if err != nil || len(out) != 0 {
			t.Errorf("arrival %d again: %v, %v; want nothing to follow", seq, out, err)
		}
		if settled := w.desk.Settled(seq); len(settled) != 0 {
			t.Errorf("arrival %d again is counted as %+v; it was counted before", seq, settled)
		}
	}
	if got := w.kept(); got != before {
		t.Errorf("%d messages in ARTICLES, %d before", got, before)
	}
	late, err := raw.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.desk.Handle(t.Context(), stage.Message{Stream: stream.RAW, Subject: late.Subject, Sequence: 99, Header: late.Header, Data: late.Data, Again: true})
	if err != nil || len(out) != 1 || out[0].Header.Get(stream.HFate) != enrich.FateStale {
		t.Errorf("a late version: %v, %v; want a stale fate", out, err)
	}
	if settled := w.desk.Settled(99); len(settled) != 1 || settled[0].Fate != enrich.FateStale {
		t.Errorf("a late version is counted as %+v; want stale, once", settled)
	}
}

func (w *wire) taken() {
	t := w.t
	t.Helper()
	raw, err := w.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "RAW settled", func() bool {
		c, err := w.JS.Consumer(t.Context(), stream.RAW, stream.EnrichConsumer)
		return err == nil && c.CachedInfo().AckFloor.Stream >= raw.CachedInfo().State.LastSeq
	})
	for seq := raw.CachedInfo().State.FirstSeq; seq <= raw.CachedInfo().State.LastSeq; seq++ {
		w.desk.Settled(seq) // as the loop's observer takes it out
	}
}

func (w *wire) kept() uint64 {
	t := w.t
	t.Helper()
	s, err := w.JS.Stream(t.Context(), stream.ARTICLES)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

// A ledger that cannot answer asks the loop to wait; it is no verdict on the copy.
func TestAnOutageWhileAskingTheLedger(t *testing.T) {
	w := newWire(t)
	nc := w.Connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	articles, err := enrich.OpenArticles(t.Context(), js)
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
	for what, ask := range map[string]func() error{
		"Last": func() error { _, err := articles.Last(t.Context(), "ferry"); return err },
		"Had":  func() error { _, err := articles.Had(t.Context(), "ferry", 1); return err },
	} {
		if err := ask(); !stage.IsAway(err) {
			t.Errorf("%s = %v; want a stage.Away", what, err)
		}
	}
}

// An arrival that was decided about before its predecessor has its fate, whatever stands newest.
func TestAFateOutOfTurnIsFound(t *testing.T) {
	w := newWire(t)
	articles, err := enrich.OpenArticles(t.Context(), w.JS)
	if err != nil {
		t.Fatal(err)
	}
	for i, arrival := range []string{"7", "9", "8"} {
		m := nats.NewMsg(stream.ArticleSubject("ferry"))
		m.Header.Set(stream.HRevision, strconv.Itoa(i+1))
		m.Header.Set(stream.HRawSeq, arrival)
		if _, err := w.JS.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	for arrival, want := range map[uint64]bool{7: true, 8: true, 9: true, 6: false, 10: false} {
		if had, err := articles.Had(t.Context(), "ferry", arrival); err != nil || had != want {
			t.Errorf("Had(%d) = %v, %v; want %v", arrival, had, err, want)
		}
	}
}
