package kills_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// room is a broker with what the line has stored of some killed stories.
type room struct {
	*brokertest.Broker
	t *testing.T
}

func (r room) store(subject string, h nats.Header) uint64 {
	r.t.Helper()
	m := nats.NewMsg(subject)
	m.Header = h
	ack, err := r.JS.PublishMsg(r.t.Context(), m)
	if err != nil {
		r.t.Fatal(err)
	}
	return ack.Sequence
}

func header(story, event string, revision int) nats.Header {
	return nats.Header{
		stream.HStory: {story}, stream.HURI: {"urn:" + story}, stream.HProvider: {"harbour"}, stream.HEvent: {event},
		stream.HRevision: {fmt.Sprint(revision)}, stream.HPublished: {fmt.Sprint(revision)},
	}
}

func (r room) kill(story string, subjects ...string) {
	r.t.Helper()
	h := header(story, "kill", 2)
	r.store(stream.TombSubject(story), h)
	for _, s := range subjects {
		r.store(stream.NewsInput("news."+s+"."+story), h)
	}
}

func (r room) consumer(name string, filters ...string) jetstream.Consumer {
	r.t.Helper()
	c, err := r.JS.CreateConsumer(r.t.Context(), stream.NEWS, jetstream.ConsumerConfig{
		Durable: name, FilterSubjects: filters, AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// take acknowledges the next n messages of a consumer, leaving out the first skip.
func (r room) take(c jetstream.Consumer, n, skip int) {
	r.t.Helper()
	for i := range n {
		m, err := c.Next(jetstream.FetchMaxWait(5 * time.Second))
		if err != nil {
			r.t.Fatal(err)
		}
		if i < skip {
			continue
		}
		if err := m.DoubleAck(r.t.Context()); err != nil {
			r.t.Fatal(err)
		}
	}
}

// lists holds an account's answer against "sink story" pairs.
func lists(t *testing.T, a *kills.Account, want ...string) {
	t.Helper()
	all, err := a.Outstanding(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range all {
		got = append(got, n.Sink+" "+n.Story)
	}
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("outstanding are %v; want %v", got, want)
	}
}

func TestOutstanding(t *testing.T) {
	r := room{brokertest.New(t), t}
	files, hook, reader := r.consumer("out-files", "news.wire.>"), r.consumer("out-hook", "news.place.sy.*"), r.consumer("night-desk", "news.wire.>", "news.place.*.*")
	a := kills.New(r.JS)
	lists(t, a)
	r.kill("one", "place.sy", "wire.harbour")
	r.kill("two", "wire.harbour")
	held := header("three", "kill", 2)
	held[stream.HPublished] = nil // killed before anybody had it
	r.store(stream.TombSubject("three"), held)
	lists(t, a, "hook one", "files one", "night-desk one", "files two", "night-desk two")
	r.take(files, 1, 0)
	lists(t, a, "hook one", "night-desk one", "files two", "night-desk two")
	r.take(files, 1, 0)
	r.take(hook, 1, 0)
	r.take(reader, 3, 0)
	lists(t, a)
	lists(t, kills.New(r.JS))
}

// An output that serves stories abreast says itself what it has taken, while an older delivery is still in its hands.
func TestConfirmedAheadOfTheRest(t *testing.T) {
	r := room{brokertest.New(t), t}
	hook := r.consumer("out-hook", "news.wire.>")
	r.store(stream.NewsInput("news.wire.harbour.slow"), header("slow", "new", 1))
	r.kill("one", "wire.harbour")
	r.take(hook, 2, 1)
	a := kills.New(r.JS)
	lists(t, a, "hook one")
	subject, err := stream.ConfirmSubject("hook", "one")
	if err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	r.store(subject, nats.Header{stream.HRevision: {"1"}})
	lists(t, a, "hook one") // of a kill before this one
	r.store(subject, nats.Header{stream.HRevision: {"2"}})
	lists(t, a)
	all, err := a.Story(t.Context(), "one")
	if err != nil || len(all) != 1 || all[0].Outstanding() || all[0].Confirmed.Before(before.Add(-time.Second)) || all[0].URI != "urn:one" {
		t.Errorf("Story = %+v, %v; want one confirmed notice", all, err)
	}
}

// A notice that became a dead letter is outstanding until the letter is gone.
func TestDeadLetters(t *testing.T) {
	r := room{brokertest.New(t), t}
	hook := r.consumer("out-hook", "news.wire.>")
	r.kill("one", "wire.harbour")
	h := header("one", "kill", 2)
	h[stream.HStage] = []string{"out-hook"}
	letter := r.store("wire.dead.out-hook.harbour", h)
	h = header("two", "update", 2)
	h[stream.HStage] = []string{"out-hook"}
	r.store("wire.dead.out-hook.harbour", h)
	r.take(hook, 1, 0)
	a := kills.New(r.JS)
	lists(t, a, "hook one")
	all, err := a.Story(t.Context(), "one")
	if err != nil || len(all) != 1 || all[0].Letter != letter || !all[0].Outstanding() {
		t.Errorf("Story = %+v, %v; want the letter %d", all, err, letter)
	}
	dead, err := r.JS.Stream(t.Context(), stream.DEAD)
	if err != nil {
		t.Fatal(err)
	}
	if err := dead.DeleteMsg(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	lists(t, a)
}

// Who began after the kill, or was never to have the story, owes no confirmation.
func TestWhoNeedNotConfirm(t *testing.T) {
	r := room{brokertest.New(t), t}
	r.kill("one", "wire.harbour")
	late, err := r.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
		Durable: "late", FilterSubject: "news.>", AckPolicy: jetstream.AckExplicitPolicy, DeliverPolicy: jetstream.DeliverNewPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	r.consumer("elsewhere", "news.place.*.*")
	if _, err := r.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{FilterSubject: "news.>", AckPolicy: jetstream.AckExplicitPolicy}); err != nil {
		t.Fatal(err)
	}
	lists(t, kills.New(r.JS))
	if _, err := late.Next(jetstream.FetchMaxWait(50 * time.Millisecond)); !errors.Is(err, nats.ErrTimeout) {
		t.Errorf("the late one is sent the notice: %v", err)
	}
}
