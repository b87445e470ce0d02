package publish_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
)

// note stores a revision that no audience of the news gets, as enrich would, and returns its sequence.
func (d *desk) note(story string, number int, event, notFor string, previous uint64) uint64 {
	d.t.Helper()
	a := wiredesk.Article{Story: story, Revision: number, Event: event, Text: "secret of the daybook", Provider: "sana", NotForPublication: notFor}
	body, err := json.Marshal(a)
	if err != nil {
		d.t.Fatal(err)
	}
	h := nats.Header{
		stream.HStory: {story}, stream.HRevision: {strconv.Itoa(number)}, stream.HEvent: {event}, stream.HFeed: {"sana"}, stream.HProvider: {"sana"},
	}
	if notFor != "" {
		h[stream.HNotFor] = []string{notFor}
	}
	if previous > 0 {
		h[stream.HPrevious] = []string{strconv.FormatUint(previous, 10)}
	}
	acks, err := d.store.Put(d.t.Context(), stream.Message{Subject: stream.ArticleSubject(story), Header: h, Data: body})
	if err != nil {
		d.t.Fatal(err)
	}
	return acks[0].Sequence
}

// TestAdvisories has what is not for publication on a facet of its own where that is asked for, and nowhere else; what is
// held is nowhere, and a kill takes an advisory back.
func TestAdvisories(t *testing.T) {
	for _, asked := range []bool{true, false} {
		d := newDesk(t)
		d.notes = asked
		d.run()
		seq := d.note("one", 1, "new", "advisory", 0)
		d.note("one", 2, "update", "advisory", seq)
		seq = d.note("two", 1, "new", "daybook", 0)
		d.note("two", 2, "kill", "", seq)
		d.note("held", 1, "embargo", "advisory", 0)
		d.note("withheld", 1, "withhold", "test line", 0)
		d.note("killed", 1, "kill", "", 0)
		want := map[string]string{
			"news.advisory.sana.one": "1:new 2:update", "news.advisory.sana.two": "2:kill", "news.*.*.held": "", "news.*.*.withheld": "",
			"news.*.*.killed": "", "news.wire.>": "", "news.lang.>": "",
		}
		if !asked {
			want = map[string]string{"news.>": ""}
		}
		d.holds(t, want)
		if asked {
			if body := string(d.messages("news.advisory.sana.two")[0].Data()); strings.Contains(body, "secret") {
				t.Errorf("the notice of the kill is %s", body)
			}
		}
	}
}

// TestAdvisoryThatBecomesNews goes on where it was, too; and news of which a later version is an advisory stays as it is.
func TestAdvisoryThatBecomesNews(t *testing.T) {
	d := newDesk(t)
	d.notes = true
	d.run()
	d.note("one", 1, "new", "advisory", 0)
	d.article("one", 2, "update", "now it is news", true, "wire.sana")
	d.article("two", 1, "new", "news", true, "wire.sana")
	d.note("two", 2, "update", "advisory", 0)
	d.holds(t, map[string]string{
		"news.wire.sana.one": "2:update", "news.advisory.sana.one": "1:new 2:update", "news.wire.sana.two": "1:new", "news.advisory.sana.two": "2:update",
	})
}

// TestKillWaitsForTheAdvisory hands a worker the kill of an advisory while the advisory is still in another's hands.
func TestKillWaitsForTheAdvisory(t *testing.T) {
	d := newDesk(t)
	seq := d.note("one", 1, "new", "advisory", 0)
	kill := d.note("one", 2, "kill", "", seq)
	c, err := d.JS.Consumer(t.Context(), stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		t.Fatal(err)
	}
	articles, err := d.JS.Stream(t.Context(), stream.ARTICLES)
	if err != nil {
		t.Fatal(err)
	}
	m, err := articles.GetMsg(t.Context(), kill)
	if err != nil {
		t.Fatal(err)
	}
	p := publish.New(publish.Options{Shelf: publish.NewNews(d.NC), Settlement: stage.NewFloor(c), Advisories: true})
	in := stage.Message{Stream: stream.ARTICLES, Subject: m.Subject, Sequence: m.Sequence, Header: m.Header, Data: m.Data}
	if out, err := p.Handle(t.Context(), in); err == nil {
		t.Fatalf("the kill is handled before the advisory: %d messages", len(out))
	}
	d.notes = true
	d.run()
	d.holds(t, map[string]string{"news.advisory.sana.one": "2:kill"})
}

// TestAdvisoryWaitsForTheNews hands a worker an advisory while the notice before it is still in another's hands: the
// notice must not be passed over where advisories stand.
func TestAdvisoryWaitsForTheNews(t *testing.T) {
	d := newDesk(t)
	d.article("one", 1, "withhold", "held", true, "wire.sana")
	seq := d.note("one", 2, "release", "advisory", d.last["one"].seq)
	c, err := d.JS.Consumer(t.Context(), stream.ARTICLES, stream.PublishConsumer)
	if err != nil {
		t.Fatal(err)
	}
	in := stage.Message{Stream: stream.ARTICLES, Subject: stream.ArticleSubject("one"), Sequence: seq, Data: []byte("{}"), Header: nats.Header{
		stream.HStory: {"one"}, stream.HRevision: {"2"}, stream.HEvent: {"release"}, stream.HProvider: {"sana"}, stream.HNotFor: {"advisory"},
		stream.HFollows: {"1"}, stream.HFollowsSeq: {strconv.FormatUint(d.last["one"].seq, 10)}, stream.HPrevious: {strconv.FormatUint(d.last["one"].seq, 10)},
		stream.HAudience: {"wire.sana"},
	}}
	p := publish.New(publish.Options{Shelf: publish.NewNews(d.NC), Settlement: stage.NewFloor(c), Advisories: true})
	if out, err := p.Handle(t.Context(), in); err == nil {
		t.Fatalf("the advisory goes out before the notice: %d messages", len(out))
	}
}
