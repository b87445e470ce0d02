package publish_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// desk is a broker with the publish stage to run on it.
type desk struct {
	*brokertest.Broker
	t     *testing.T
	store *commit.Committer
	last  map[string]revision // newest revision of each story that goes out
	route publish.Router
	notes bool // advisories have a facet
}

type revision struct {
	number int
	seq    uint64
}

func newDesk(t *testing.T, opts ...brokertest.Option) *desk {
	b := brokertest.New(t, opts...)
	return &desk{Broker: b, t: t, store: commit.New(b.NC, commit.Options{}), last: map[string]revision{}}
}

// run starts one publish worker and returns how to stop it.
func (d *desk) run() (stop func()) {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	c, err := d.JS.Consumer(ctx, stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		d.t.Fatal(err)
	}
	nc := d.Connect(d.t)
	js, err := jetstream.New(nc)
	if err != nil {
		d.t.Fatal(err)
	}
	p := publish.New(publish.Options{Shelf: publish.NewNews(nc), Settlement: stage.NewFloor(c), Router: d.route, Past: publish.NewArticles(js), Advisories: d.notes})
	store := commit.New(nc, commit.Options{})
	done := make(chan error, 1)
	go func() {
		done <- stage.Run(ctx, js, store, store, stage.Options{
			Name: "publish", Stream: stream.ARTICLES, Consumer: stream.PublishConsumer, Handle: p.Handle, Log: brokertest.Log(d.t),
		})
	}()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			d.t.Errorf("publish: %v", err)
		}
	}
	d.t.Cleanup(stop)
	return stop
}

// article stores a revision in ARTICLES as enrich would.
func (d *desk) article(story string, number int, event, text string, goesOut bool, audience ...string) {
	d.t.Helper()
	a := wiredesk.Article{Story: story, Revision: number, Event: event, Text: text, Provider: "sana", Audience: audience}
	a.Item = wiredesk.Item{URI: "urn:" + story, EdNote: "note " + strconv.Itoa(number), Headlines: []wiredesk.Content{{Value: text}}}
	body, err := json.Marshal(a)
	if err != nil {
		d.t.Fatal(err)
	}
	h := nats.Header{
		stream.HStory: {story}, stream.HRevision: {strconv.Itoa(number)}, stream.HEvent: {event},
		stream.HAudience: {strings.Join(audience, " ")}, stream.HFeed: {"sana"},
	}
	before := d.last[story]
	if before.number > 0 {
		h[stream.HFollows] = []string{strconv.Itoa(before.number)}
		h[stream.HFollowsSeq] = []string{strconv.FormatUint(before.seq, 10)}
		h[stream.HPublished] = []string{strconv.Itoa(before.number)}
	}
	if goesOut {
		h[stream.HPublished] = []string{strconv.Itoa(number)}
	}
	acks, err := d.store.Put(d.t.Context(), stream.Message{Subject: stream.ArticleSubject(story), Header: h, Data: body})
	if err != nil {
		d.t.Fatal(err)
	}
	if goesOut {
		d.last[story] = revision{number, acks[0].Sequence}
	}
}

// settled waits until publish has acknowledged everything in ARTICLES.
func (d *desk) settled() {
	d.t.Helper()
	s, err := d.JS.Stream(d.t.Context(), stream.ARTICLES)
	if err != nil {
		d.t.Fatal(err)
	}
	last := s.CachedInfo().State.LastSeq
	eventually(d.t, "ARTICLES settled", func() bool {
		c, err := d.JS.Consumer(d.t.Context(), stream.ARTICLES, stream.PublishConsumer)
		return err == nil && c.CachedInfo().AckFloor.Stream >= last
	})
}

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

// news is what a subject of NEWS holds, as "revision:event" in order.
func (d *desk) news(subject string) []string {
	d.t.Helper()
	var out []string
	for _, m := range d.messages(subject) {
		out = append(out, m.Headers().Get(stream.HRevision)+":"+m.Headers().Get(stream.HEvent))
	}
	return out
}

func (d *desk) messages(subject string) []jetstream.Msg {
	d.t.Helper()
	s, err := d.JS.Stream(d.t.Context(), stream.NEWS)
	if err != nil {
		d.t.Fatal(err)
	}
	info, err := s.Info(d.t.Context(), jetstream.WithSubjectFilter(subject))
	if err != nil {
		d.t.Fatal(err)
	}
	c, err := d.JS.OrderedConsumer(d.t.Context(), stream.NEWS, jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []jetstream.Msg
	for _, n := range info.State.Subjects {
		for range n {
			m, err := c.Next(jetstream.FetchMaxWait(5 * time.Second))
			if err != nil {
				d.t.Fatal(err)
			}
			out = append(out, m)
		}
	}
	return out
}

func TestFanOut(t *testing.T) {
	d := newDesk(t)
	d.run()
	sub, err := d.NC.SubscribeSync("news.source.sana.*")
	if err != nil {
		t.Fatal(err)
	}
	d.article("one", 1, "new", "first", true, "wire.sana", "source.sana", "place.sy")
	d.article("one", 2, "update", "second", true, "wire.sana", "source.sana", "place.sy", "source.tass")
	d.article("held", 1, "embargo", "secret", false)
	d.article("note", 1, "new", "advisory", false)
	d.settled()
	for subject, want := range map[string]string{
		"news.wire.sana.one": "1:new 2:update", "news.source.sana.one": "1:new 2:update", "news.place.sy.one": "1:new 2:update",
		"news.source.tass.one": "2:update", "news.*.*.held": "", "news.*.*.note": "",
	} {
		if got := strings.Join(d.news(subject), " "); got != want {
			t.Errorf("%s holds %q; want %q", subject, got, want)
		}
	}
	for _, want := range []string{"1", "2"} {
		m, err := sub.NextMsg(5 * time.Second)
		if err != nil || m.Header.Get(stream.HRevision) != want {
			t.Fatalf("a plain subscriber sees %v, %v; want revision %s", m, err, want)
		}
		for name := range m.Header {
			if name == stream.HAudience || name == stream.HFollows {
				t.Errorf("a subscriber sees the header %s", name)
			}
		}
	}
}

func TestKillLeavesOnlyTheNotice(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.article("one", 1, "new", "libel", true, "wire.sana", "source.sana")
	d.article("one", 2, "update", "libel again", true, "wire.sana", "source.sana", "source.tass")
	d.settled()
	d.article("one", 3, "kill", "libel for the third time", true, "wire.sana", "source.sana", "source.tass")
	d.settled()
	for _, subject := range []string{"news.wire.sana.one", "news.source.sana.one", "news.source.tass.one"} {
		all := d.messages(subject)
		if len(all) != 1 || all[0].Headers().Get(stream.HEvent) != "kill" {
			t.Fatalf("%s holds %d messages; want the notice alone", subject, len(all))
		}
		if body := string(all[0].Data()); strings.Contains(body, "libel") || !strings.Contains(body, "note 3") || !strings.Contains(body, `"canceled"`) {
			t.Errorf("the notice is %s", body)
		}
	}
}

func TestWithholdTakesTheTextBack(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.article("one", 1, "new", "early", true, "wire.sana")
	d.settled()
	d.article("one", 2, "withhold", "early, with a doubt", true, "wire.sana")
	d.settled()
	if got := strings.Join(d.news("news.wire.sana.one"), " "); got != "2:withhold" {
		t.Errorf("the subject holds %q", got)
	}
	if body := string(d.messages("news.wire.sana.one")[0].Data()); strings.Contains(body, "early") || strings.Contains(body, "note") {
		t.Errorf("the notice is %s", body)
	}
	d.article("one", 3, "release", "right", true, "wire.sana")
	d.settled()
	if got := strings.Join(d.news("news.wire.sana.one"), " "); got != "2:withhold 3:release" {
		t.Errorf("the subject holds %q", got)
	}
}

// TestAgainIsHarmless delivers everything a second time, to workers that share the work.
func TestAgainIsHarmless(t *testing.T) {
	d := newDesk(t)
	const stories = 60
	for i := range stories {
		d.article(fmt.Sprint("s", i), 1, "new", "first", true, "wire.sana", "source.sana")
		d.article(fmt.Sprint("s", i), 2, "update", "second", true, "wire.sana", "source.sana", "source.tass")
	}
	for range 2 {
		var stops []func()
		for range 3 {
			stops = append(stops, d.run())
		}
		d.settled()
		for _, stop := range stops {
			stop()
		}
		if err := d.JS.DeleteConsumer(t.Context(), stream.ARTICLES, stream.PublishConsumer); err != nil {
			t.Fatal(err)
		}
		if _, err := d.JS.CreateConsumer(t.Context(), stream.ARTICLES, stream.Consumers()[stream.ARTICLES][0]); err != nil {
			t.Fatal(err)
		}
	}
	for i := range stories {
		for subject, want := range map[string][]string{
			"news.wire.sana.s": {"1:new", "2:update"}, "news.source.sana.s": {"1:new", "2:update"}, "news.source.tass.s": {"2:update"},
		} {
			if got := d.news(subject + strconv.Itoa(i)); !slices.Equal(got, want) {
				t.Errorf("%s%d holds %v; want %v", subject, i, got, want)
			}
		}
	}
}

// TestPredecessorThatAgedOut publishes an update whose predecessor NEWS has forgotten.
func TestPredecessorThatAgedOut(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.article("one", 1, "new", "first", true, "wire.sana", "source.sana")
	d.settled()
	s, err := d.JS.Stream(t.Context(), stream.NEWS)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.article("one", 2, "kill", "", true, "wire.sana", "source.sana")
	d.settled()
	if got := strings.Join(d.news("news.source.sana.one"), " "); got != "2:kill" {
		t.Errorf("the subject holds %q; want the kill", got)
	}
}

// TestRevisionsWaitTheirTurn hands a worker the second revision while the first is still in another's hands.
func TestRevisionsWaitTheirTurn(t *testing.T) {
	d := newDesk(t)
	d.article("one", 1, "new", "first", true, "wire.sana", "source.sana")
	d.article("one", 2, "update", "second", true, "wire.sana", "source.sana", "source.tass")
	c, err := d.JS.Consumer(t.Context(), stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		t.Fatal(err)
	}
	p := publish.New(publish.Options{Shelf: publish.NewNews(d.NC), Settlement: stage.NewFloor(c)})
	s, err := d.JS.Stream(t.Context(), stream.ARTICLES)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.GetMsg(t.Context(), d.last["one"].seq)
	if err != nil {
		t.Fatal(err)
	}
	in := stage.Message{Stream: stream.ARTICLES, Subject: second.Subject, Sequence: second.Sequence, Header: second.Header, Data: second.Data}
	if out, err := p.Handle(t.Context(), in); err == nil {
		t.Fatalf("the second revision goes out before the first: %d messages", len(out))
	}
	if _, err := d.store.Put(t.Context(), stream.Message{Subject: "wire.news.source.sana.one", Header: nats.Header{stream.HRevision: {"1"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Handle(t.Context(), in); err == nil {
		t.Fatal("the second revision goes out while the first stands on some subjects only")
	}
	if _, err := d.store.Put(t.Context(), stream.Message{Subject: "wire.news.wire.sana.one", Header: nats.Header{stream.HRevision: {"1"}}}); err != nil {
		t.Fatal(err)
	}
	out, err := p.Handle(t.Context(), in)
	if err != nil || len(out) != 3 || out[2].Subject != "wire.news.wire.sana.one" {
		t.Fatalf("Handle = %v, %v; want three messages, the canonical copy last", out, err)
	}
}
