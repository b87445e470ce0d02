package stream_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// line is one of newline JSON.
type line struct {
	Seq     uint64
	Subject string
	Article *wiredesk.Article
	Item    *wiredesk.Item
	Row     *stream.Row
}

func parse(t testing.TB, text string) []line {
	t.Helper()
	var all []line
	for one := range strings.Lines(text) {
		var l line
		if err := json.Unmarshal([]byte(one), &l); err != nil {
			t.Fatalf("line %.200q: %v", one, err)
		}
		all = append(all, l)
	}
	return all
}

var next = strings.NewReplacer("<", "", `>; rel="next"`, "")

// TestPollsReadEverythingOnce follows the links from the oldest message on, with a limit that cuts in the middle.
func TestPollsReadEverythingOnce(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	const stories = 25
	for n := range stories {
		d.store(t, revision{story: fmt.Sprintf("s%d", n), number: 1, text: "mill", audience: []string{"place.dk"}})
	}
	for _, path := range []string{"/v1/stream/wire/mill", "/v1/stream"} {
		q := url.Values{"from": {"all"}, "poll": {"1"}, "limit": {"10"}}
		if path == "/v1/stream" {
			q["subject"] = []string{"news.place.*.*", "news.wire.>"}
		}
		var got []string
		to := path + "?" + q.Encode()
		for range 4 {
			c := d.get(t, to)
			for _, l := range parse(t, c.body(t)) {
				got = append(got, l.Article.Story)
			}
			to = next.Replace(c.Header.Get("Link"))
		}
		if len(got) != stories || got[0] != "s0" || got[stories-1] != "s24" {
			t.Errorf("%s: polled %d: %s; want s0 to s24, each once", path, len(got), got)
		}
		if c := d.get(t, to); c.StatusCode != 200 || c.body(t) != "" || next.Replace(c.Header.Get("Link")) != to {
			t.Errorf("a poll without news: %d, next %s; want nothing and the same place", c.StatusCode, c.Header.Get("Link"))
		}
	}
}

func TestALongPollWaitsForTheFirst(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	c := d.get(t, "/v1/stream/wire/*?poll=1")
	if got := c.body(t); got != "" {
		t.Errorf("a first poll got %q; want nothing", got)
	}
	answer := make(chan []line, 1)
	go func() { answer <- parse(t, d.get(t, next.Replace(c.Header.Get("Link"))+"&wait=30s").body(t)) }()
	d.store(t, revision{story: "a", number: 1, text: "one"})
	select {
	case got := <-answer:
		if len(got) != 1 || got[0].Article.Story != "a" {
			t.Errorf("the long poll got %+v; want the story", got)
		}
	case <-time.After(20 * time.Second):
		t.Error("the long poll waits on with news there")
	}
}

func TestViews(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	d.store(t, revision{story: "a", number: 1, text: "line one\nid: 9\nevent: kill\ndata: {}\n\n<b>", audience: []string{"desk.night", "place.dk"}})
	row := parse(t, d.get(t, "/v1/stream/wire/*?from=all&poll=1&view=row").body(t))[0]
	if r := row.Row; r == nil || r.Story != "a" || r.URI != "urn:mill:a" || r.Headline == "" || len(r.Desks) != 1 || r.Desks[0] != "night" || r.Time.IsZero() || r.Seq != row.Seq {
		t.Errorf("row %+v", row.Row)
	}
	item := parse(t, d.get(t, "/v1/stream/wire/*?from=all&poll=1&item=ninjs").body(t))[0]
	if item.Item == nil || item.Item.URI != "urn:mill:a" || item.Item.Standard.Version != "3.1" || item.Subject != "news.wire.mill.a" {
		t.Errorf("item %+v", item)
	}
	e := d.get(t, "/v1/stream/wire/*?from=all")
	if _, a := e.article(t); !strings.HasPrefix(a.Text, "line one\nid: 9") {
		t.Errorf("the article of an event says %q", a.Text)
	}
	d.store(t, revision{story: "b", number: 1, text: "next"})
	if got := e.revisions(t, 1); got != "b/1" {
		t.Errorf("after a headline with line breaks comes %s; want b/1", got)
	}
}

func TestWhatCannotBeAsked(t *testing.T) {
	d := open(t, brokertest.New(t), nil)
	for path, want := range map[string]string{
		"/v1/stream/colour/red":         "404 the facets are wire, source, topic, place, lang, alert, desk",
		"/v1/stream":                    "400 name subjects",
		"/v1/stream?subject=wire.raw.*": "400 is no subject of the news",
		"/v1/stream?subject=news.*.dk.*&subject=news.place.*.*":      "400 overlaps",
		"/v1/stream/wire/*?since=yesterday":                          "400 neither a sequence nor a time",
		"/v1/stream/wire/*?since=1&from=all":                         "400 exclude each other",
		"/v1/stream/wire/*?since=2131-01-01T00:00:00Z":               "400 has not come yet",
		"/v1/stream/wire/*?poll=1&limit=100000":                      "400 use 1 to 1000",
		"/v1/stream/wire/*?wait=1h":                                  "400 use 0s to 1m0s",
		"/v1/stream/wire/*?form=current":                             `400 no parameter "form"`,
		"/v1/stream/wire/*?item=nitf":                                "400 item=ninjs",
		"/v1/stream/wire/*?format=xml":                               "400 sse and ndjson",
		"/v1/stream/wire/" + strings.Repeat("x", 300):                "400 the limit is 80",
		"/v1/stream?" + strings.Repeat("subject=news.wire.a.*&", 17): "400 the limit is 16",
	} {
		c := d.get(t, path)
		if got := fmt.Sprintf("%d %s", c.StatusCode, c.body(t)); !strings.HasPrefix(got, want[:4]) || !strings.Contains(got, want[4:]) {
			t.Errorf("%s: %s; want %s", path, got, want)
		}
	}
}

func TestNoMoreReadersThanTheLimit(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.MaxReaders = 2 })
	one, _ := d.get(t, "/v1/stream/wire/*"), d.get(t, "/v1/stream/wire/*")
	c := d.get(t, "/v1/stream/wire/*")
	if got := c.body(t); c.StatusCode != http.StatusServiceUnavailable || !strings.Contains(got, "the limit is 2 readers") || c.Header.Get("Retry-After") == "" {
		t.Errorf("the third reader: %d %s; want 503 that names the limit", c.StatusCode, got)
	}
	one.leave()
	eventually(t, "a reader that left makes room", func() bool {
		c := d.get(t, "/v1/stream/wire/*")
		defer c.leave()
		return c.StatusCode == http.StatusOK
	})
}
