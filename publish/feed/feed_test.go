package feed_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/feed"
)

// desk is a NEWS stream with feeds on top of it.
type desk struct {
	*testing.T
	broker *brokertest.Broker
	feeds  *feed.Feeds
	server *httptest.Server
	now    atomic.Int64 // what the feeds take for the time, beyond the real one, in seconds
}

func open(t *testing.T, change ...func(*feed.Options)) *desk {
	t.Helper()
	d := &desk{T: t, broker: brokertest.New(t)}
	o := feed.Options{
		News: feed.NewNews(d.broker.Connect(t)), Software: "wiredesk/test", Fresh: time.Nanosecond, Log: brokertest.Log(t),
		Now: func() time.Time { return time.Now().Add(time.Duration(d.now.Load()) * time.Second) },
	}
	o.Base = func() string { return d.server.URL }
	for _, c := range change {
		c(&o)
	}
	d.feeds = feed.New(o)
	mux := http.NewServeMux()
	mux.Handle(feed.Route, d.feeds)
	d.server = httptest.NewServer(mux)
	t.Cleanup(d.server.Close)
	return d
}

// article is an invented story at a revision.
func article(n, revision int, event, words string) wiredesk.Article {
	at := time.Date(2031, 4, 7, 10, n%60, revision, 0, time.UTC)
	a := wiredesk.Article{
		Provider: "mill", Feed: "mill-en", Story: fmt.Sprintf("story%d", n), Revision: revision, Event: event, Publishable: true,
		Text: "Wheel\n\n" + words, Attributions: []wiredesk.Attribution{},
	}
	a.Item = wiredesk.Item{
		Standard: wiredesk.NINJS(), URI: fmt.Sprintf("urn:mill:%d", n), Type: "text", Version: fmt.Sprint(revision), PubStatus: wiredesk.Usable,
		Language: "en", FirstCreated: at, VersionCreated: at, Headlines: []wiredesk.Content{{Value: "Wheel"}},
		Bodies: []wiredesk.Content{{ContentType: "text/plain", Value: words}},
	}
	switch event {
	case wiredesk.EventKill:
		a.Text, a.Item.PubStatus, a.Item.EdNote, a.Item.Bodies, a.Item.Headlines = "", wiredesk.Canceled, "Wrong mill", nil, nil
	case wiredesk.EventWithhold, wiredesk.EventEmbargo:
		a.Text, a.Item.PubStatus, a.Item.Bodies, a.Item.Headlines = "", wiredesk.Withheld, nil, nil
	}
	return a
}

// put stores an article on facets of NEWS as publish does: a notice takes the place of everything before it.
func (d *desk) put(a wiredesk.Article, facets ...string) {
	d.Helper()
	body, err := json.Marshal(a)
	if err != nil {
		d.Fatal(err)
	}
	for _, f := range append(facets, "wire."+a.Provider) {
		m := nats.NewMsg(stream.NewsIn + f + "." + a.Story)
		m.Data = body
		if a.Event == wiredesk.EventKill || a.Held() {
			m.Header.Set(nats.MsgRollup, nats.MsgRollupSubject)
		}
		if _, err := d.broker.JS.PublishMsg(d.Context(), m); err != nil {
			d.Fatal(err)
		}
	}
}

type answer struct {
	code   int
	header http.Header
	body   string
}

func (d *desk) get(path string, headers ...string) answer {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), http.MethodGet, d.server.URL+path, nil)
	if err != nil {
		d.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := d.server.Client().Do(req)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(body)}
}

func (d *desk) formats(facet string, each func(format, body string)) {
	d.Helper()
	for _, format := range []string{"atom", "rss", "json"} {
		a := d.get("/v1/feeds/" + facet + "." + format)
		if a.code != http.StatusOK {
			d.Fatalf("%s.%s: %d %s", facet, format, a.code, a.body)
		}
		each(format, a.body)
	}
}

func TestAnUpdateTakesTheStorysPlace(t *testing.T) {
	d := open(t)
	d.put(article(1, 1, wiredesk.EventNew, "at dusk"), "place.sy")
	d.put(article(2, 1, wiredesk.EventNew, "by noon"))
	d.formats("wire/mill", func(format, body string) {
		if !strings.Contains(body, "at dusk") || !strings.Contains(body, "by noon") {
			t.Errorf("%s: a story is not there:\n%s", format, body)
		}
	})
	d.put(article(1, 2, wiredesk.EventUpdate, "at dawn"), "place.sy")
	for _, facet := range []string{"wire/mill", "wire/all", "place/sy"} {
		d.formats(facet, func(format, body string) {
			if strings.Count(body, "at dawn") != 1 || strings.Contains(body, "at dusk") {
				t.Errorf("%s of %s: want the update once and nothing of what it replaces:\n%s", format, facet, body)
			}
			if strings.Contains(body, "by noon") != (facet != "place/sy") {
				t.Errorf("%s of %s: has the wrong stories:\n%s", format, facet, body)
			}
		})
	}
}

func TestKilledAndHeldStories(t *testing.T) {
	d := open(t)
	d.put(article(1, 1, wiredesk.EventNew, "a killed word"))
	d.put(article(2, 1, wiredesk.EventNew, "a withheld word"))
	d.put(article(3, 1, wiredesk.EventNew, "an embargoed word"))
	d.formats("wire/mill", func(format, body string) {
		if strings.Count(body, "word") < 3 {
			t.Errorf("%s does not have the three stories:\n%s", format, body)
		}
	})
	d.put(article(1, 2, wiredesk.EventKill, ""))
	d.put(article(2, 2, wiredesk.EventWithhold, ""))
	d.put(article(3, 2, wiredesk.EventEmbargo, ""))
	d.formats("wire/mill", func(format, body string) {
		if strings.Contains(body, "word") || strings.Contains(body, "story2") || strings.Contains(body, "story3") || strings.Contains(body, "urn:mill:2") {
			t.Errorf("%s tells of what is killed or held:\n%s", format, body)
		}
		want := map[string]string{
			"atom": `<at:deleted-entry ref="urn:wiredesk:story:story1" when="`, "json": `"uri": "urn:mill:1"`, "rss": "<title>wiredesk: wire.mill</title>",
		}[format]
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %q in\n%s", format, want, body)
		}
		if format == "rss" && strings.Contains(body, "story1") {
			t.Errorf("rss still names the killed story:\n%s", body)
		}
	})
	d.put(article(3, 3, wiredesk.EventRelease, "a released word"))
	d.formats("wire/mill", func(format, body string) {
		if !strings.Contains(body, "a released word") {
			t.Errorf("%s does not have what was released:\n%s", format, body)
		}
	})
}

func TestHostileCopyStaysText(t *testing.T) {
	d := open(t)
	a := article(1, 1, wiredesk.EventNew, "")
	evil := "]]></title></entry></feed><script>alert(1)</script>\x00\x0b\ufffe&bogus; \"'><!--"
	a.Item.URI, a.Item.By, a.Item.EdNote, a.Item.Language, a.Item.UsageTerms = "urn:x:\"><script>", evil, evil, `en"><x`, evil
	a.Item.Headlines = []wiredesk.Content{{Value: evil}}
	a.Item.Descriptions = []wiredesk.Content{{Value: evil}}
	a.Item.Bodies = []wiredesk.Content{{ContentType: "text/html", Value: `<p onclick="x()">The wheel <script>alert(2)</script><img src=x onerror=y><a href="javascript:z()">turned</a></p>`}}
	a.Item.Renditions = []wiredesk.Rendition{{Name: "main", Href: "javascript:alert(3)"}, {Name: "web", Href: "https://mill.example/a.jpg?a=1&b=2", ContentType: `image/jpeg"><x`}}
	a.Keywords, a.Topics = []string{evil}, []wiredesk.Topic{{Code: evil, Name: evil}}
	a.Attributions = []wiredesk.Attribution{{Role: wiredesk.RoleOrigin, Source: wiredesk.Source{Name: evil}}}
	d.put(a)
	d.put(article(2, 1, wiredesk.EventNew, "an ordinary story"))
	d.formats("wire/mill", func(format, body string) {
		for _, bad := range []string{"<script", "onclick", "onerror", "javascript:", "<x"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s lets %q through:\n%s", format, bad, body)
			}
		}
		if !strings.Contains(body, "an ordinary story") || !strings.Contains(body, "turned") {
			t.Errorf("%s lost the words of a story:\n%s", format, body)
		}
		if format == "json" {
			if !json.Valid([]byte(body)) {
				t.Errorf("not JSON:\n%s", body)
			}
			return
		}
		if n := count(t, body, map[string]string{"atom": "entry", "rss": "item"}[format]); n != 2 {
			t.Errorf("%s has %d stories, want 2", format, n)
		}
	})
}

// count reads the whole document strictly, and counts elements of that name.
func count(t *testing.T, doc, name string) (n int) {
	t.Helper()
	r := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, doc)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == name {
			n++
		}
	}
}

func TestAskedAgain(t *testing.T) {
	d := open(t)
	d.put(article(1, 1, wiredesk.EventNew, "at dusk"))
	const path = "/v1/feeds/wire/mill.atom"
	d.now.Store(-60)
	first := d.get(path)
	tag := first.header.Get("ETag")
	if tag == "" || first.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("headers %v: want a tag, and copies to be checked each time", first.header)
	}
	if m := first.header.Get("Last-Modified"); m != "" {
		t.Errorf("Last-Modified %s within the second of the change: another change could hide behind it", m)
	}
	d.now.Store(5)
	modified := d.get(path).header.Get("Last-Modified")
	for _, tt := range []struct {
		header, value string
		want          int
	}{
		{"If-None-Match", tag, 304},
		{"If-None-Match", `"other", W/` + tag, 304},
		{"If-None-Match", "*", 304},
		{"If-None-Match", `"other"`, 200},
		{"If-Modified-Since", modified, 304},
		{"If-Modified-Since", "Mon, 07 Apr 2003 10:00:00 GMT", 200},
		{"If-Modified-Since", "whenever", 200},
	} {
		a := d.get(path, tt.header, tt.value)
		if a.code != tt.want || a.code == 304 && (a.body != "" || a.header.Get("ETag") == "") {
			t.Errorf("%s: %s: %d with %d bytes and tag %s, want %d", tt.header, tt.value, a.code, len(a.body), a.header.Get("ETag"), tt.want)
		}
	}
	d.put(article(1, 2, wiredesk.EventKill, ""))
	if a := d.get(path, "If-None-Match", tag); a.code != 200 || strings.Contains(a.body, "at dusk") {
		t.Errorf("after the kill: %d %s, want the feed without the text", a.code, a.body)
	}
}

func TestGzip(t *testing.T) {
	d := open(t)
	d.put(article(1, 1, wiredesk.EventNew, "at dusk"))
	a := d.get("/v1/feeds/wire/mill.json", "Accept-Encoding", "br, gzip;q=0.5")
	z, err := gzip.NewReader(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || !strings.Contains(string(body), "at dusk") || a.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%v, %v: %s", err, a.header, body)
	}
	if again := d.get("/v1/feeds/wire/mill.json", "Accept-Encoding", "gzip", "If-None-Match", a.header.Get("ETag")); again.code != 304 {
		t.Errorf("asked again: %d, want 304", again.code)
	}
	if plain := d.get("/v1/feeds/wire/mill.json", "Accept-Encoding", "gzip;q=0"); plain.header.Get("Content-Encoding") != "" {
		t.Error("packed for a reader that takes no gzip")
	}
}

func TestRefusals(t *testing.T) {
	d := open(t)
	for path, want := range map[string]struct {
		code int
		says string
	}{
		"/v1/feeds/colour/red.atom":             {404, "wire, source, topic, place, lang, alert, desk, advisory"},
		"/v1/feeds/wire/mill.xml":               {404, ".atom, .rss or .json"},
		"/v1/feeds/wire/.atom":                  {404, "empty"},
		"/v1/feeds/wire/mill.atom?limit=0":      {400, "1 to 500"},
		"/v1/feeds/wire/mill.atom?limit=501":    {400, "1 to 500"},
		"/v1/feeds/wire/%3E.atom":               {200, "<feed"},
		"/v1/feeds/desk/Middle%20East.atom":     {200, "desk._4diddle_20_45ast."},
		"/v1/feeds/wire/" + long + ".atom":      {404, "limit"},
		"/v1/feeds/place/xx.rss":                {200, "<rss"},
		"/v1/feeds/place/xx.json":               {200, `"items": []`},
		"/v1/feeds/source/..%2F..%2Fwire.atom":  {200, "<feed"},
		"/v1/feeds/source/a%0D%0AX-Evil:1.atom": {200, "<feed"},
	} {
		a := d.get(path)
		if want.says == "desk._4diddle_20_45ast." {
			want.says = "/v1/feeds/desk/_4diddle_20_45ast.atom"
		}
		if a.code != want.code || !strings.Contains(a.body, want.says) || a.header.Get("X-Evil") != "" {
			t.Errorf("%s: %d %s; want %d and %q", path, a.code, a.body, want.code, want.says)
		}
	}
}

var long = strings.Repeat("a", 81)

func TestTheNewestOfMany(t *testing.T) {
	d := open(t)
	for n := range 700 {
		d.put(article(n, 1, wiredesk.EventNew, fmt.Sprintf("words of %d.", n)))
		if n%100 == 0 {
			d.put(article(n, 1, wiredesk.EventNew, "rarely"), "alert.flash")
		}
	}
	for _, tt := range []struct {
		path          string
		stories       int
		first, beyond string
	}{
		{"/v1/feeds/wire/all.json", 50, "words of 650.", "words of 649."},
		{"/v1/feeds/wire/mill.json?limit=3", 3, "words of 697.", "words of 696."},
		{"/v1/feeds/wire/mill.json?limit=500", 500, "words of 201.", "words of 199."},
		{"/v1/feeds/alert/flash.json", 7, "rarely", "words of"},
	} {
		body := d.get(tt.path).body
		if n := strings.Count(body, `"content_html"`); n != tt.stories || !strings.Contains(body, tt.first) || strings.Contains(body, tt.beyond) {
			t.Errorf("%s has %d stories, want the %d newest", tt.path, n, tt.stories)
		}
	}
}

// TestWithoutTheBroker serves nothing that could have been killed in the meantime, and goes on when the broker is back.
func TestWithoutTheBroker(t *testing.T) {
	d := open(t)
	d.put(article(1, 1, wiredesk.EventNew, "at dusk"))
	d.formats("wire/mill", func(string, string) {})
	d.broker.Stop()
	if a := d.get("/v1/feeds/wire/mill.atom"); a.code != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("%d %v, want 503 and when to come back", a.code, a.header)
	}
	d.broker.Start(t)
	until(t, "the feed is served again", func() bool { return strings.Contains(d.get("/v1/feeds/wire/mill.atom").body, "at dusk") })
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s: not within 20 s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
