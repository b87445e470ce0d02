package stream_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	names "github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// desk is a board with a broker behind it and a server before it.
type desk struct {
	*brokertest.Broker
	board *stream.Board
	url   string
}

func open(t testing.TB, b *brokertest.Broker, change func(*stream.Options)) *desk {
	t.Helper()
	o := stream.Options{NC: b.Connect(t), Readers: &web.Readers{Loopback: true}, Log: brokertest.Log(t)}
	if change != nil {
		change(&o)
	}
	board, err := stream.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, h := range board.Routes() {
		mux.Handle(pattern, h)
	}
	s := httptest.NewUnstartedServer(mux)
	s.Config.ReadTimeout, s.Config.WriteTimeout = time.Second, time.Second // a stream outlives both
	s.Start()
	t.Cleanup(s.Close)
	t.Cleanup(func() { board.Stop(context.Background()) })
	return &desk{b, board, s.URL}
}

// revision of a story, as publish stores it.
type revision struct {
	story    string
	number   int
	event    string
	text     string
	audience []string // "facet.value"; the canonical copy, wire.mill, comes last by itself
}

func (r revision) article() wiredesk.Article {
	a := wiredesk.Article{
		Provider: "mill", Feed: "mill", Story: r.story, Revision: r.number, Event: r.event, Publishable: true, Text: r.text,
		Audience: []string{"wire.mill"}, Attributions: []wiredesk.Attribution{},
	}
	a.Item = wiredesk.Item{Standard: wiredesk.NINJS(), URI: "urn:mill:" + r.story, Version: strconv.Itoa(r.number), Language: "en", Headlines: []wiredesk.Content{{Value: r.text}}}
	if r.event == wiredesk.EventKill {
		a.Item.PubStatus, a.Item.EdNote, a.Text, a.Item.Headlines = wiredesk.Canceled, "Wrong mill.", "", nil
	}
	return a
}

// store puts a revision on all its subjects and returns the sequence of the last copy.
func (d *desk) store(t testing.TB, r revision) uint64 {
	t.Helper()
	if r.event == "" {
		r.event = wiredesk.EventUpdate
	}
	body, err := json.Marshal(r.article())
	if err != nil {
		t.Fatal(err)
	}
	var last uint64
	for _, audience := range append(append([]string{}, r.audience...), "wire.mill") {
		m := nats.NewMsg("wire.news." + audience + "." + r.story)
		m.Header.Set(names.HRevision, strconv.Itoa(r.number))
		m.Header.Set(names.HEvent, r.event)
		if r.event == wiredesk.EventKill || r.event == wiredesk.EventWithhold {
			m.Header.Set(nats.MsgRollup, nats.MsgRollupSubject)
		}
		m.Data = body
		ack, err := d.JS.PublishMsg(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		last = ack.Sequence
	}
	return last
}

// event is one that a client of server-sent events got.
type event struct {
	id, kind, data, comment string
}

// client reads a stream line by line.
type client struct {
	*http.Response
	lines *bufio.Scanner
	leave context.CancelFunc
}

func (d *desk) get(t testing.TB, path string, header ...string) *client {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	watch := time.AfterFunc(30*time.Second, cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", d.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(res, func() { watch.Stop(); cancel() })
	t.Cleanup(c.leave)
	return c
}

func newClient(res *http.Response, leave func()) *client {
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 16<<20)
	return &client{res, lines, func() { leave(); res.Body.Close() }}
}

// next is the next event or comment; false at the end of the stream.
func (c *client) next(t testing.TB) (event, bool) {
	t.Helper()
	var e event
	for c.lines.Scan() {
		name, value, _ := strings.Cut(c.lines.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data += value
		case "":
			if value == "" && (e != event{}) {
				return e, true
			}
			e.comment += value
		}
	}
	return e, false
}

// article is the next article; anything but comments before it is a mistake.
func (c *client) article(t testing.TB) (seq uint64, a wiredesk.Article) {
	t.Helper()
	for {
		e, ok := c.next(t)
		switch {
		case !ok:
			t.Fatalf("the stream ended (%v) where an article should come", c.lines.Err())
		case e.kind == "":
			continue
		case e.kind != "article":
			t.Fatalf("event %s %s where an article should come", e.kind, e.data)
		}
		if err := json.Unmarshal([]byte(e.data), &a); err != nil {
			t.Fatalf("data %q: %v", e.data, err)
		}
		seq, err := strconv.ParseUint(e.id, 10, 64)
		if err != nil {
			t.Fatalf("id %q: %v", e.id, err)
		}
		return seq, a
	}
}

// revisions are the next n articles, as "story/revision".
func (c *client) revisions(t testing.TB, n int) string {
	t.Helper()
	var out []string
	for range n {
		_, a := c.article(t)
		out = append(out, fmt.Sprintf("%s/%d", a.Story, a.Revision))
	}
	return strings.Join(out, " ")
}

func (c *client) body(t testing.TB) string {
	t.Helper()
	all, err := io.ReadAll(c.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come about that %s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}
