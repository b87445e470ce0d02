package related_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/related"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const copy1 = "The harbour master of Port Ellery told reporters on Tuesday that two fishing boats had collided in thick fog, " +
	"but nobody was hurt. Both boats were towed back to the quay before noon, and an inquiry into the working of the fog " +
	"signal was opened the same day. The owners of the boats said they would wait for its findings before they speak."

func article(provider, uri, text string, at time.Time) wiredesk.Article {
	return wiredesk.Article{
		Provider: provider, Story: wiredesk.StoryID(provider, uri), Revision: 1, Event: wiredesk.EventNew, Publishable: true, Text: text,
		Item: wiredesk.Item{URI: uri}, Hops: []wiredesk.Hop{{Stage: "ingest", At: at}},
	}
}

// store writes an article's message the way the enrich stage does, as far as this package reads it.
func store(t *testing.T, b *brokertest.Broker, a *wiredesk.Article) {
	t.Helper()
	if err := tryStore(t, b, a); err != nil {
		t.Fatal(err)
	}
}

func tryStore(t *testing.T, b *brokertest.Broker, a *wiredesk.Article) error {
	t.Helper()
	h := nats.Header{
		stream.HStory: {a.Story}, stream.HURI: {a.Item.URI}, stream.HProvider: {a.Provider}, stream.HEvent: {a.Event},
		stream.HReceived: {a.Hops[0].At.Format(time.RFC3339Nano)},
	}
	if s := related.Header(a); s != "" {
		h[stream.HSketch] = []string{s}
	}
	m := stream.Message{Subject: stream.ArticleSubject(a.Story), Header: h, Data: []byte("{}")}
	_, err := b.JS.PublishMsg(t.Context(), m.NATS())
	return err
}

func follow(t *testing.T, b *brokertest.Broker) *related.Index {
	t.Helper()
	x := related.New(related.Options{})
	done := make(chan error, 1)
	go func() { done <- x.Follow(t.Context(), b.JS, func(err error) { t.Log(err) }) }()
	t.Cleanup(func() {
		if err := <-done; err != nil {
			t.Errorf("Follow = %v; want nil once the context ends", err)
		}
	})
	return x
}

// until polls for a state that another goroutine brings about.
func until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !reached(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestWorkersShareWhatTheyKnow(t *testing.T) {
	b := brokertest.New(t)
	now := time.Now().UTC()
	first := article("northwire", "urn:n:1", copy1, now.Add(-time.Hour))
	store(t, b, &first)

	late := follow(t, b) // a worker that starts after the story was stored
	until(t, "the late worker knows the story", func() bool { return late.Len() == 1 })
	again := article("southwire", "urn:s:9", copy1, now)
	if err := late.Enrich(t.Context(), nil, &again); err != nil {
		t.Fatal(err)
	}
	want := wiredesk.Relation{Story: first.Story, URI: "urn:n:1", Relation: related.Duplicate, Score: 1}
	if len(again.Related) != 1 || again.Related[0] != want {
		t.Errorf("related %v; want %v", again.Related, want)
	}

	killed := first
	killed.Event = wiredesk.EventKill
	store(t, b, &killed)
	until(t, "the killed story is forgotten", func() bool { return late.Len() == 1 })
	third := article("westwire", "urn:w:3", copy1, now.Add(time.Minute))
	if err := late.Enrich(t.Context(), nil, &third); err != nil {
		t.Fatal(err)
	}
	if len(third.Related) != 1 || third.Related[0].Story != again.Story {
		t.Errorf("related %v; want the southwire story alone", third.Related)
	}
}

func TestFollowGoesOnAfterAnOutage(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	x := follow(t, b)
	one := article("northwire", "urn:n:1", copy1, time.Now())
	store(t, b, &one)
	until(t, "the first story is known", func() bool { return x.Len() == 1 })
	b.Restart(t)
	two := article("northwire", "urn:n:2", "A second story altogether. "+strings.ReplaceAll(copy1, "fog", "snow"), time.Now())
	until(t, "the broker takes the second story", func() bool { return tryStore(t, b, &two) == nil })
	until(t, "the second story is known", func() bool { return x.Len() == 2 })
}

func TestNobodyIsToldOfHeldCopy(t *testing.T) {
	held := article("northwire", "urn:n:1", copy1, time.Now())
	held.Event = wiredesk.EventEmbargo
	advisory := article("northwire", "urn:n:2", copy1, time.Now())
	advisory.Publishable = false
	for _, a := range []wiredesk.Article{held, advisory} {
		if got := related.Header(&a); got != "" {
			t.Errorf("%s %v: a sketch of %d bytes; want none", a.Event, a.Publishable, len(got))
		}
	}
	x := related.New(related.Options{})
	if err := x.Enrich(t.Context(), nil, &held); err != nil {
		t.Fatal(err)
	}
	if x.Len() != 0 {
		t.Error("the index remembers an embargoed story")
	}
	open := held
	open.Event = wiredesk.EventNew
	for _, a := range []wiredesk.Article{open, held} {
		if err := x.Enrich(t.Context(), nil, &a); err != nil {
			t.Fatal(err)
		}
	}
	if x.Len() != 0 {
		t.Error("the index remembers a story that was embargoed after it was out")
	}
}
