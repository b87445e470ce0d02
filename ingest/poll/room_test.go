package poll_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// agency is the other end: a web server whose answers a test sets.
type agency struct {
	*httptest.Server
	mu     sync.Mutex
	answer http.HandlerFunc
	asked  []*http.Request
}

func newAgency(t *testing.T, secure bool) *agency {
	t.Helper()
	a := &agency{answer: http.NotFound}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		a.asked = append(a.asked, r)
		answer := a.answer
		a.mu.Unlock()
		answer(w, r)
	})
	if secure {
		a.Server = httptest.NewTLSServer(handler)
	} else {
		a.Server = httptest.NewServer(handler)
	}
	t.Cleanup(a.Close)
	return a
}

func (a *agency) says(answer http.HandlerFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.answer = answer
}

// serves answers with a document, without validators.
func (a *agency) serves(doc string) {
	a.says(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, doc) })
}

// last is the newest request, and how many there were.
func (a *agency) last() (*http.Request, int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.asked) == 0 {
		return nil, 0
	}
	return a.asked[len(a.asked)-1], len(a.asked)
}

func (a *agency) allow(t *testing.T) poll.Allow {
	t.Helper()
	u, err := url.Parse(a.URL)
	if err != nil {
		t.Fatal(err)
	}
	allow, err := poll.ParseAllow(u.Host)
	if err != nil {
		t.Fatal(err)
	}
	return allow
}

// room is a poller between an agency and a real desk, with a clock that the test turns.
type room struct {
	t      *testing.T
	agency *agency
	broker *brokertest.Broker
	poller *poll.Poller
	take   wiredesk.Take
	log    *safe

	mu    sync.Mutex
	now   time.Time
	taken []wiredesk.Receipt
}

type safe struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safe) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func newRoom(t *testing.T, change func(*poll.Options)) *room {
	t.Helper()
	return newRoomAt(t, newAgency(t, false), change)
}

func newRoomAt(t *testing.T, a *agency, change func(*poll.Options)) *room {
	t.Helper()
	r := &room{t: t, agency: a, broker: brokertest.New(t), log: &safe{}, now: time.Date(2031, 5, 6, 7, 0, 0, 0, time.UTC)}
	lines, err := intake.Feeds{}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	store := commit.New(r.broker.NC, commit.Options{Timeout: time.Second})
	desk := ingest.New(ingest.Options{Raw: store, Dead: store, Feeds: lines})
	r.take = func(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
		receipt, err := desk.Take(ctx, raw)
		if err == nil {
			r.mu.Lock()
			r.taken = append(r.taken, receipt)
			r.mu.Unlock()
		}
		return receipt, err
	}
	r.restart(change)
	return r
}

// restart makes a poller anew, as another process would: all it knows is in the bucket.
func (r *room) restart(change func(*poll.Options)) {
	r.t.Helper()
	o := r.options()
	if change != nil {
		change(&o)
	}
	p, err := poll.New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	r.poller = p
}

func (r *room) options() poll.Options {
	r.t.Helper()
	kv, err := r.broker.JS.KeyValue(r.t.Context(), stream.CursorBucket)
	if err != nil {
		r.t.Fatal(err)
	}
	return poll.Options{
		Feed: "lantern", Provider: "lantern", URL: r.agency.URL + "/wire.xml?key=sesame", Formats: ingest.Formats(), Cursors: kv, Alone: true,
		Every: 10 * time.Minute, Least: time.Minute, Most: time.Hour, Allow: []poll.Allow{r.agency.allow(r.t)},
		Hosts: &poll.Hosts{Gap: time.Nanosecond}, Log: zerolog.New(r.log), Now: r.clock, Chance: func() float64 { return 0.5 },
	}
}

func (r *room) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// pass turns the clock.
func (r *room) pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
}

// poll looks once, and turns the clock to the next look.
func (r *room) poll() poll.Round {
	r.t.Helper()
	round := r.poller.Poll(r.t.Context(), r.take)
	r.pass(round.Next)
	return round
}

// stories are the receipts' stories since the last call: one id for each item taken.
func (r *room) stories() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ids []string
	for _, receipt := range r.taken {
		for _, s := range receipt.Stories {
			ids = append(ids, s.Story)
		}
	}
	r.taken = nil
	return ids
}

func (r *room) stored(name string) uint64 {
	r.t.Helper()
	s, err := r.broker.JS.Stream(r.t.Context(), name)
	if err != nil {
		r.t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

func (r *room) cursor() jetstream.KeyValueEntry {
	r.t.Helper()
	kv, err := r.broker.JS.KeyValue(r.t.Context(), stream.CursorBucket)
	if err != nil {
		r.t.Fatal(err)
	}
	e, err := kv.Get(r.t.Context(), "cursor.lantern")
	if err != nil {
		return nil
	}
	return e
}

// want holds a round to its outcome and figures.
func want(t *testing.T, got poll.Round, outcome string, fresh, changed int) {
	t.Helper()
	if got.Outcome != outcome || got.New != fresh || got.Changed != changed {
		t.Errorf("the look is %s with %d new and %d changed (%v); want %s, %d and %d", got.Outcome, got.New, got.Changed, got.Err, outcome, fresh, changed)
	}
}

func wantError(t *testing.T, got poll.Round, reason string) {
	t.Helper()
	if got.Outcome != poll.OutcomeFailed || got.Err == nil || !strings.Contains(got.Err.Error(), reason) {
		t.Errorf("the look is %s with error %v; want a failure with %q", got.Outcome, got.Err, reason)
	}
	if got.Next <= 0 {
		t.Errorf("after a failure the next look is in %s; want a wait", got.Next)
	}
}

// story is an item of a feed.
type story struct{ guid, link, title, text, date string }

func channel(stories ...story) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<rss version="2.0"><channel><title>The Lantern</title><link>http://lantern.example/</link><description>wire</description>` + "\n")
	for _, s := range stories {
		b.WriteString("<item>")
		for _, e := range [][2]string{{"title", s.title}, {"guid", s.guid}, {"link", s.link}, {"pubDate", s.date}, {"description", s.text}} {
			if e[1] != "" {
				fmt.Fprintf(&b, "<%s>%s</%s>", e[0], strings.ReplaceAll(e[1], "&", "&amp;"), e[0])
			}
		}
		b.WriteString("</item>\n")
	}
	return b.String() + "</channel></rss>"
}

// plain are stories that have nothing in common.
func plain(names ...string) []story {
	texts := map[string]string{
		"ferry":  "The ferry to the outer islands was cancelled on Monday after the harbour master found a crack in the ramp, the operator said.",
		"bakery": "Bakers in the old quarter have begun to sell loaves by weight again, seventy years after the scales were put away.",
		"comet":  "Astronomers at the hill observatory followed a faint comet for three nights before clouds closed over the valley.",
		"bridge": "A committee of engineers recommended that the northern bridge be closed to lorries until its bearings are replaced.",
		"choir":  "The city choir will sing in the railway station every Friday this spring, the cultural office announced.",
		"frost":  "Late frost destroyed a third of the apricot blossom in the eastern villages, farmers told the agricultural chamber.",
	}
	var all []story
	for _, n := range names {
		text, ok := texts[n]
		if !ok {
			text = "Report " + n + " speaks of " + strings.Repeat(n+" and again "+n+" beside ", 5) + n + "."
		}
		all = append(all, story{guid: "tag:lantern.example,2031:" + n, link: "http://lantern.example/news/" + n, title: "On the matter of the " + n, text: text})
	}
	return all
}
