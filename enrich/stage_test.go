package enrich_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// wire is a broker with the enrich stage running on it. A document is a JSON Story.
type wire struct {
	*brokertest.Broker
	t    *testing.T
	desk *enrich.Desk
}

func newWire(t *testing.T, enrichers ...enrich.Enricher) *wire {
	t.Helper()
	return newWireOn(t, brokertest.New(t), enrichers...)
}

func newWireOn(t *testing.T, b *brokertest.Broker, enrichers ...enrich.Enricher) *wire {
	t.Helper()
	w := &wire{Broker: b, t: t}
	ledger, err := enrich.OpenArticles(t.Context(), w.JS)
	if err != nil {
		t.Fatal(err)
	}
	tombs, err := enrich.OpenTombs(t.Context(), w.JS)
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := w.JS.Consumer(t.Context(), stream.RAW, stream.EnrichConsumer)
	if err != nil {
		t.Fatal(err)
	}
	lex, err := enrich.NewLexicon()
	if err != nil {
		t.Fatal(err)
	}
	w.desk = enrich.New(enrich.Options{
		Raw: func(h nats.Header, data []byte) (wiredesk.Raw, error) {
			return wiredesk.Raw{Feed: h.Get(stream.HFeed), Provider: "sana", Bytes: data, Received: time.Now()}, nil
		},
		Parse: parseJSON, Ledger: ledger, Tombs: tombs, History: ledger, Turn: stage.NewFloor(consumer),
		Chain: &enrich.Chain{Lexicon: lex, Enrichers: enrichers, Patience: 300 * time.Millisecond},
	})
	w.run(stage.Options{Name: "enrich", Stream: stream.RAW, Consumer: stream.EnrichConsumer, Handle: w.desk.Handle})
	w.run(stage.Options{Name: "release", Stream: stream.HOLD, Consumer: stream.ReleaseConsumer, Handle: w.desk.Release, Key: nobody})
	return w
}

// nobody is whom a timer waits for.
func nobody(stage.Message) string { return "" }

func parseJSON(r wiredesk.Raw) ([]wiredesk.Story, error) {
	var s wiredesk.Story
	if err := json.Unmarshal(r.Bytes, &s); err != nil {
		return nil, wiredesk.Faultf(3, 7, "not a story: %v", err)
	}
	s.Provider, s.Feed, s.Format = r.Provider, r.Feed, "test"
	return []wiredesk.Story{s}, nil
}

func (w *wire) run(o stage.Options) {
	ctx, cancel := context.WithCancel(w.t.Context())
	store := commit.New(w.NC, commit.Options{})
	o.Log = brokertest.Log(w.t)
	done := make(chan error, 1)
	go func() { done <- stage.Run(ctx, w.JS, store, store, o) }()
	w.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) && w.NC.IsConnected() {
			w.t.Errorf("stage %s: %v", o.Name, err)
		}
	})
}

// push stores a story as ingest would.
func (w *wire) push(s *wiredesk.Story) {
	w.t.Helper()
	body, err := json.Marshal(s)
	if err != nil {
		w.t.Fatal(err)
	}
	w.pushBytes(body)
}

func (w *wire) pushBytes(body []byte) {
	w.t.Helper()
	m := nats.NewMsg("wire.raw.sana")
	m.Header.Set(stream.HFeed, "sana")
	m.Data = body
	if _, err := w.JS.PublishMsg(w.t.Context(), m); err != nil {
		w.t.Fatal(err)
	}
}

// eventually polls until check is content.
func eventually(t *testing.T, what string, check func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !check() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// settled waits until everything pushed is settled, and returns the messages on a story's article subject.
func (w *wire) settled(uri string) []wiredesk.Article {
	w.t.Helper()
	raw, err := w.JS.Stream(w.t.Context(), stream.RAW)
	if err != nil {
		w.t.Fatal(err)
	}
	last := raw.CachedInfo().State.LastSeq
	eventually(w.t, "RAW settled", func() bool {
		c, err := w.JS.Consumer(w.t.Context(), stream.RAW, stream.EnrichConsumer)
		return err == nil && c.CachedInfo().AckFloor.Stream >= last
	})
	return w.revisions(uri)
}

func (w *wire) revisions(uri string) []wiredesk.Article {
	w.t.Helper()
	var out []wiredesk.Article
	for _, m := range w.stored(stream.ARTICLES, stream.ArticleSubject(wiredesk.StoryID("sana", uri))) {
		var a wiredesk.Article
		if err := json.Unmarshal(m.Data(), &a); err != nil {
			w.t.Fatal(err)
		}
		if got := m.Headers().Get(stream.HRevision); got != strconv.Itoa(a.Revision) {
			w.t.Errorf("header says revision %s, the article %d", got, a.Revision)
		}
		out = append(out, a)
	}
	return out
}

func (w *wire) stored(name, subject string) []jetstream.Msg {
	w.t.Helper()
	s, err := w.JS.Stream(w.t.Context(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	info, err := s.Info(w.t.Context(), jetstream.WithSubjectFilter(subject))
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for _, count := range info.State.Subjects {
		n += int(count)
	}
	c, err := w.JS.OrderedConsumer(w.t.Context(), name, jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}})
	if err != nil {
		w.t.Fatal(err)
	}
	var out []jetstream.Msg
	for range n {
		m, err := c.Next(jetstream.FetchMaxWait(5 * time.Second))
		if err != nil {
			w.t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

func events(all []wiredesk.Article) string {
	var out []string
	for i, a := range all {
		if a.Revision != i+1 {
			return fmt.Sprintf("revision %d at place %d", a.Revision, i+1)
		}
		out = append(out, a.Event)
	}
	return strings.Join(out, " ")
}

func TestVersionsInOrder(t *testing.T) {
	w := newWire(t, enrich.Enrichers()...)
	w.push(version("1", "first"))
	w.push(version("1", "first"))
	w.push(version("2", "second"))
	w.push(version("1", "first"))
	w.push(version("2", "second, other words"))
	w.push(version("3", "", status("canceled")))
	w.push(version("2", "second"))
	got := w.settled("urn:sana:1")
	if want := "new update update kill"; events(got) != want {
		t.Errorf("events %q; want %q", events(got), want)
	}
	if !got[2].Changed || got[2].Previous.Published != 2 {
		t.Errorf("revision 3: changed %v, previous %+v; want changed, after published 2", got[2].Changed, got[2].Previous)
	}
	var fates []string
	for _, m := range w.stored(stream.ARTICLES, stream.FateSubject(wiredesk.StoryID("sana", "urn:sana:1"))) {
		fates = append(fates, m.Headers().Get(stream.HFate))
	}
	if got, want := strings.Join(fates, " "), "duplicate stale stale"; got != want {
		t.Errorf("fates %q; want %q", got, want)
	}
}

func TestUnreadableCopyIsADeadLetter(t *testing.T) {
	w := newWire(t)
	w.pushBytes([]byte("{broken"))
	w.push(version("1", "benign"))
	if got := events(w.settled("urn:sana:1")); got != "new" {
		t.Errorf("the story after it: %q", got)
	}
	dead := w.stored(stream.DEAD, "wire.dead.enrich.sana")
	if len(dead) != 1 || string(dead[0].Data()) != "{broken" || !strings.Contains(stream.TextValue(dead[0].Headers().Get(stream.HReason)), "3:7: not a story") {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestEmbargoIsReleasedAtItsTime(t *testing.T) {
	w := newWire(t)
	until := time.Now().Add(1500 * time.Millisecond)
	w.push(version("1", "held", embargo(until)))
	if got := w.settled("urn:sana:1"); events(got) != "embargo" {
		t.Fatalf("events %q; want embargo", events(got))
	}
	eventually(t, "release", func() bool { return events(w.revisions("urn:sana:1")) == "embargo release" })
	released := w.revisions("urn:sana:1")[1]
	if at := released.Hops[len(released.Hops)-1].At; at.Before(until) || at.Sub(until) > time.Second {
		t.Errorf("released %s after its time", at.Sub(until))
	}
	if released.Text != "held" {
		t.Errorf("released text %q", released.Text)
	}
}

func TestKillUnderEmbargo(t *testing.T) {
	w := newWire(t)
	w.push(version("1", "held", embargo(time.Now().Add(700*time.Millisecond))))
	w.push(version("2", "", status("canceled")))
	w.settled("urn:sana:1")
	eventually(t, "the timer", func() bool { return len(w.stored(stream.HOLD, stream.ReleasePrefix+"*")) == 1 })
	eventually(t, "the timer settled", func() bool {
		c, err := w.JS.Consumer(t.Context(), stream.HOLD, stream.ReleaseConsumer)
		return err == nil && c.CachedInfo().AckFloor.Consumer == 1
	})
	if got := events(w.revisions("urn:sana:1")); got != "embargo kill" {
		t.Errorf("events %q; want embargo kill", got)
	}
}

func TestOneBadEnricherHarmsNoOther(t *testing.T) {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	finds := func(name string) enrich.Enricher {
		return enrich.Enricher{Name: name, Enrich: setCredit(name), Take: func(to, from *wiredesk.Article) { to.Keywords = append(to.Keywords, from.Credit) }}
	}
	w := newWire(t, finds("one"), bad("fails", func() error { return errors.New("no") }), finds("two"),
		bad("panics", func() error { panic("boo") }), finds("three"), bad("hangs", func() error { <-hang; return nil }), finds("four"))
	w.push(version("1", "text"))
	got := w.settled("urn:sana:1")
	if len(got) != 1 {
		t.Fatalf("%d revisions; want 1", len(got))
	}
	if keys := strings.Join(got[0].Keywords, " "); keys != "one two three four" {
		t.Errorf("found %q; want what the good enrichers found", keys)
	}
	if missing := strings.Join(got[0].Missing, " "); missing != "fails panics hangs" {
		t.Errorf("missing %q; want fails panics hangs", missing)
	}
}

// TestVersionsWaitTheirTurn hands a worker the second version of a story while the first is still in another's hands.
func TestVersionsWaitTheirTurn(t *testing.T) {
	w := newWire(t)
	var in stage.Message
	in.Header = nats.Header{stream.HFeed: {"sana"}, stream.HAfter: {"1"}}
	in.Stream, in.Subject, in.Sequence = stream.RAW, "wire.raw.sana", 2
	var err error
	if in.Data, err = json.Marshal(version("2", "second")); err != nil {
		t.Fatal(err)
	}
	if out, err := w.desk.Handle(t.Context(), in); err == nil {
		t.Fatalf("the second version is decided before the first: %d messages", len(out))
	}
	w.push(version("1", "first"))
	w.settled("urn:sana:1")
	out, err := w.desk.Handle(t.Context(), in)
	if err != nil || len(out) != 1 || out[0].Header.Get(stream.HEvent) != "update" {
		t.Fatalf("Handle = %v, %v; want an update", out, err)
	}
}
