package stream_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	names "github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/stream"
)

func TestWhereAReaderBegins(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	d.store(t, revision{story: "a", number: 1, text: "one"})
	seq := d.store(t, revision{story: "a", number: 2, text: "two"})
	before := time.Now()
	d.store(t, revision{story: "b", number: 1, text: "three"})
	d.store(t, revision{story: "a", number: 3, text: "four"})
	fresh := d.get(t, "/v1/stream/wire/*")
	readers := map[string]*client{
		"a/1 a/2 b/1 a/3 c/1": d.get(t, "/v1/stream/wire/mill?from=all"),
		"b/1 a/3 c/1":         d.get(t, "/v1/stream/wire/mill", "Last-Event-ID", strconv.FormatUint(seq, 10)),
		"b/1 a/3  c/1":        d.get(t, "/v1/stream/wire/mill?from=current"),
		"b/1 a/3   c/1":       d.get(t, "/v1/stream/wire/*?since="+before.UTC().Format(time.RFC3339Nano)),
	}
	d.store(t, revision{story: "c", number: 1, text: "five"})
	for want, c := range readers {
		want = strings.Join(strings.Fields(want), " ")
		if got := c.revisions(t, len(strings.Fields(want))); got != want {
			t.Errorf("%s: got %s; want %s", c.Request.URL, got, want)
		}
	}
	if got := fresh.revisions(t, 1); got != "c/1" {
		t.Errorf("a new reader got %s first; want what is new", got)
	}
	if got := fresh.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
}

// TestEachRevisionOnceOnManySubjects resumes at every place, in the middle of a fan-out too.
func TestEachRevisionOnceOnManySubjects(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	audience := []string{"place.sy", "source.sana", "topic.politics"}
	var last uint64
	for n := 1; n <= 3; n++ {
		d.store(t, revision{story: "a", number: n, text: "mill", audience: audience})
		last = d.store(t, revision{story: "b", number: n, text: "mill", audience: audience[1:]})
	}
	const path = "/v1/stream?subject=news.place.sy.*&subject=news.source.>&subject=news.wire.*.*"
	whole := d.get(t, path+"&from=all")
	want := "a/1 b/1 a/2 b/2 a/3 b/3"
	if got := whole.revisions(t, 6); got != want {
		t.Fatalf("got %s; want %s", got, want)
	}
	first := map[uint64]string{}
	again := d.get(t, path+"&from=all")
	for range 6 {
		seq, a := again.article(t)
		first[seq] = a.Story + "/" + strconv.Itoa(a.Revision)
	}
	for after := uint64(1); after < last; after++ {
		var rest []string
		for seq := after + 1; seq <= last; seq++ {
			if name, ok := first[seq]; ok {
				rest = append(rest, name)
			}
		}
		c := d.get(t, path, "Last-Event-ID", strconv.FormatUint(after, 10))
		if got := c.revisions(t, len(rest)); got != strings.Join(rest, " ") {
			t.Errorf("after %d: got %s; want %s", after, got, rest)
		}
		c.leave()
	}
	d.store(t, revision{story: "a", number: 4, text: "mill", audience: audience})
	d.store(t, revision{story: "b", number: 4, text: "mill", audience: audience})
	if got := whole.revisions(t, 2); got != "a/4 b/4" {
		t.Errorf("live: got %s; want a/4 b/4", got)
	}
}

// TestTheBrokerGoesAwayUnderAReader has open readers go on where they were, once each, and refuses new ones meanwhile.
func TestTheBrokerGoesAwayUnderAReader(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.KeepAlive = 50 * time.Millisecond })
	for n := range 3 {
		d.store(t, revision{story: "a", number: n + 1, text: "before"})
	}
	live, both := d.get(t, "/v1/stream/wire/mill?from=all"), d.get(t, "/v1/stream?from=all&subject=news.place.*.*&subject=news.wire.*.*")
	for _, c := range []*client{live, both} {
		if got := c.revisions(t, 3); got != "a/1 a/2 a/3" {
			t.Fatalf("got %s", got)
		}
	}
	d.Stop()
	for {
		e, ok := live.next(t)
		if !ok {
			t.Fatal("the stream ended with the broker")
		}
		if strings.Contains(e.comment, "away") {
			break
		}
	}
	if c := d.get(t, "/v1/stream/wire/mill"); c.StatusCode != 503 || c.Header.Get("Retry-After") == "" {
		t.Errorf("a new reader without a broker: %d, Retry-After %q; want 503 and when to come again", c.StatusCode, c.Header.Get("Retry-After"))
	}
	d.Start(t)
	eventually(t, "the test's own connection is back", d.NC.IsConnected)
	for n := 4; n <= 6; n++ {
		d.store(t, revision{story: "a", number: n, text: "after", audience: []string{"place.dk"}})
	}
	for _, c := range []*client{live, both} {
		if got := c.revisions(t, 3); got != "a/4 a/5 a/6" {
			t.Errorf("got %s; want a/4 a/5 a/6", got)
		}
	}
}

func TestResumeAcrossARestartOfTheServer(t *testing.T) {
	b := brokertest.New(t)
	first := open(t, b, nil)
	first.store(t, revision{story: "a", number: 1, text: "one"})
	c := first.get(t, "/v1/stream/wire/mill?from=all")
	seq, _ := c.article(t)
	first.board.Stop(t.Context())
	e, ok := c.next(t)
	for ok && e.kind == "" {
		e, ok = c.next(t)
	}
	if e.kind != "end" || !strings.Contains(e.data, `"since":`+strconv.FormatUint(seq, 10)) {
		t.Errorf("the last event is %+v; want an end that says where to resume", e)
	}
	if c := first.get(t, "/v1/stream/wire/mill"); c.StatusCode != 503 {
		t.Errorf("a reader of a server that stops: %d; want 503", c.StatusCode)
	}
	b.Restart(t)
	eventually(t, "the test's own connection is back", b.NC.IsConnected)
	first.store(t, revision{story: "a", number: 2, text: "two"})
	second := open(t, b, nil)
	if got := second.get(t, "/v1/stream/wire/mill", "Last-Event-ID", strconv.FormatUint(seq, 10)).revisions(t, 1); got != "a/2" {
		t.Errorf("after the restart: %s; want a/2", got)
	}
}

func TestAGapIsToldFirst(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	for n := range 5 {
		d.store(t, revision{story: "a", number: n + 1, text: "mill"})
	}
	news, err := d.JS.Stream(t.Context(), names.NEWS)
	if err != nil {
		t.Fatal(err)
	}
	if err := news.Purge(t.Context(), jetstream.WithPurgeSequence(4)); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[string]string{"1": `"after":1,"first":4`, "99": "anew"} {
		c := d.get(t, "/v1/stream/wire/mill", "Last-Event-ID", place)
		e, _ := c.next(t)
		for e.kind == "" {
			e, _ = c.next(t)
		}
		if e.kind != "gap" || !strings.Contains(e.data, want) {
			t.Errorf("resumed after %s: first comes %+v; want a gap with %s", place, e, want)
		}
		if got := c.revisions(t, 2); got != "a/4 a/5" {
			t.Errorf("after the gap came %s; want what is left", got)
		}
	}
	if got := d.get(t, "/v1/stream/wire/mill", "Last-Event-ID", "3").revisions(t, 2); got != "a/4 a/5" {
		t.Errorf("without a gap came %s; want a/4 a/5 first", got)
	}
}

func TestKilledTextIsNotServed(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	audience := []string{"place.dk", "topic.politics"}
	d.store(t, revision{story: "x", number: 1, text: "kept", audience: audience})
	d.store(t, revision{story: "a", number: 1, text: "SECRET", audience: audience})
	live := d.get(t, "/v1/stream/place/dk?from=all")
	if got := live.revisions(t, 2); got != "x/1 a/1" {
		t.Fatalf("got %s", got)
	}
	d.store(t, revision{story: "a", number: 2, event: wiredesk.EventKill, audience: audience})
	if _, a := live.article(t); a.Event != wiredesk.EventKill || a.Text != "" {
		t.Errorf("the live reader got %s with %q; want the notice", a.Event, a.Text)
	}
	d.store(t, revision{story: "y", number: 1, text: "next", audience: audience})
	for _, path := range []string{
		"/v1/stream/place/dk?from=all&format=ndjson", "/v1/stream/place/dk?since=0&format=ndjson", "/v1/stream?subject=news.>&from=all&format=ndjson",
		"/v1/stream/topic/politics?from=current&format=ndjson",
	} {
		c := d.get(t, path)
		got := ""
		for !strings.Contains(got, `"text":"next"`) && c.lines.Scan() {
			got += c.lines.Text() + "\n"
		}
		if strings.Contains(got, "SECRET") || strings.Count(got, `"event":"kill"`) != 1 {
			t.Errorf("%s serves\n%s\nwant the notice, once, and no killed text", path, got)
		}
	}
}

// TestAStreamOutlivesTheServersLimits reads on past what a request may take that ends by itself: a second here.
func TestAStreamOutlivesTheServersLimits(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.KeepAlive = 100 * time.Millisecond })
	c := d.get(t, "/v1/stream/wire/*")
	for signs := 0; signs < 15; signs++ {
		if e, ok := c.next(t); !ok {
			t.Fatalf("the stream ended (%v) after %d signs of life, the last %+v", c.lines.Err(), signs, e)
		}
	}
	d.store(t, revision{story: "a", number: 1, text: "one"})
	if got := c.revisions(t, 1); got != "a/1" {
		t.Errorf("after the limits comes %s", got)
	}
}
