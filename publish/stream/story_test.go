package stream_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/stream"
)

func TestTheStateOfAStory(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Providers = func() []string { return []string{"elsewhere", "mill"} } })
	story := wiredesk.StoryID("mill", "urn:x")
	d.store(t, revision{story: story, number: 1, text: "one"})
	d.store(t, revision{story: story, number: 2, text: "two"})
	d.store(t, revision{story: "held", number: 1, text: "SECRET"})
	d.store(t, revision{story: "held", number: 2, text: "", event: wiredesk.EventWithhold})
	path := "/v1/stories/" + story
	c := d.get(t, path)
	var a wiredesk.Article
	if err := json.Unmarshal([]byte(c.body(t)), &a); err != nil || c.StatusCode != 200 || a.Revision != 2 || a.Text != "two" {
		t.Errorf("%d, %+v, %v; want the newest revision", c.StatusCode, a, err)
	}
	tag := c.Header.Get("Etag")
	if c := d.get(t, path, "If-None-Match", `"other", `+tag); c.StatusCode != 304 || c.body(t) != "" {
		t.Errorf("unchanged: %d; want 304", c.StatusCode)
	}
	if c := d.get(t, path, "Accept", "text/plain"); c.body(t) != "two" || c.Header.Get("Etag") == tag || !strings.HasPrefix(c.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("as text: %v", c.Header)
	}
	var item wiredesk.Item
	for _, c := range []*client{d.get(t, path+"?item=ninjs"), d.get(t, path, "Accept", "application/vnd.iptc.ninjs+json, */*;q=0.1")} {
		if err := json.Unmarshal([]byte(c.body(t)), &item); err != nil || item.URI != "urn:mill:"+story {
			t.Errorf("as ninjs: %+v, %v", item, err)
		}
	}
	for _, path := range []string{"/v1/stories?uri=urn:x", "/v1/stories?uri=urn:x&provider=mill"} {
		if c := d.get(t, path); c.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, c.StatusCode, c.body(t))
		}
	}
	unknown := d.get(t, "/v1/stories/never").body(t)
	for _, path := range []string{"/v1/stories/held", "/v1/stories/a.b", "/v1/stories/*", "/v1/stories/%3E", "/v1/stories?uri=urn:y", "/v1/stories?uri=urn:x&provider=other"} {
		if c := d.get(t, path); c.StatusCode != 404 || c.body(t) != unknown {
			t.Errorf("%s: %d; want the answer of a story that never came", path, c.StatusCode)
		}
	}
	d.store(t, revision{story: story, number: 3, event: wiredesk.EventKill})
	for path, want := range map[string]string{path: `"event":"kill"`, path + "?item=ninjs": `"pubStatus":"canceled"`} {
		if c := d.get(t, path, "If-None-Match", tag); c.StatusCode != 410 || !strings.Contains(c.body(t), want) {
			t.Errorf("%s of a killed story: %d; want 410 and the notice", path, c.StatusCode)
		}
	}
	if c := d.get(t, path, "Accept", "text/plain"); c.StatusCode != 410 || c.body(t) != "killed: do not use\nWrong mill.\n" {
		t.Errorf("a killed story as text: %d", c.StatusCode)
	}
}

// TestAConfinedReaderHasItsSubjectsOnly asks for everything else.
func TestAConfinedReaderHasItsSubjectsOnly(t *testing.T) {
	readers := &web.Readers{Known: []web.Reader{
		{Name: "operator", Token: sha256.Sum256([]byte("of-the-operator"))},
		{Name: "partner", Token: sha256.Sum256([]byte("of-the-partner")), Subjects: []string{"news.place.dk.*", "news.source.>"}},
	}}
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Readers = readers })
	d.store(t, revision{story: "a", number: 1, text: "ours", audience: []string{"desk.secret", "place.dk"}})
	d.store(t, revision{story: "b", number: 1, text: "not for partners", audience: []string{"place.se"}})
	for _, tt := range []struct {
		path string
		want [3]int // without a token, of the partner, of the operator
	}{
		{"/v1/stream/place/dk?from=all&poll=1", [3]int{401, 200, 200}},
		{"/v1/stream/place/DK?from=all&poll=1", [3]int{401, 200, 200}},
		{"/v1/stream/source/*?from=all&poll=1", [3]int{401, 200, 200}},
		{"/v1/stream/place/se?from=all&poll=1", [3]int{401, 403, 200}},
		{"/v1/stream/place/*?from=all&poll=1", [3]int{401, 403, 200}},
		{"/v1/stream?poll=1&subject=news.place.dk.*&subject=news.wire.>", [3]int{401, 403, 200}},
		{"/v1/stream?poll=1&subject=news.>", [3]int{401, 403, 200}},
		{"/v1/stories/a", [3]int{401, 200, 200}},
		{"/v1/stories/b", [3]int{401, 404, 200}},
		{"/v1/stories?uri=urn:x&provider=mill", [3]int{401, 404, 404}},
	} {
		for i, header := range [][]string{nil, {"Authorization", "Bearer of-the-partner"}, {"Authorization", "Bearer of-the-operator"}} {
			c := d.get(t, tt.path, header...)
			if body := c.body(t); c.StatusCode != tt.want[i] || i == 1 && strings.Contains(body, "not for") {
				t.Errorf("%s %v: %d %s; want %d", tt.path, header, c.StatusCode, body, tt.want[i])
			}
		}
	}
	row := d.get(t, "/v1/stream/place/dk?from=all&poll=1&view=row", "Authorization", "Bearer of-the-partner").body(t)
	if strings.Contains(row, "secret") || !strings.Contains(row, `"story":"a"`) {
		t.Errorf("the partner's row tells of the house's desks: %s", row)
	}
	if c := d.get(t, "/v1/stream/place/dk?access_token=of-the-partner"); c.StatusCode != 401 {
		t.Errorf("a token in the address: %d; want 401", c.StatusCode)
	}
}

func TestWhoIsOnThisMachine(t *testing.T) {
	d := open(t, brokertest.New(t), func(o *stream.Options) { o.Readers = &web.Readers{Loopback: true} })
	for _, tt := range []struct {
		header []string
		want   int
	}{
		{nil, 200},
		{[]string{"X-Forwarded-For", "203.0.113.9"}, 403},
	} {
		if c := d.get(t, "/v1/stream/wire/*?poll=1", tt.header...); c.StatusCode != tt.want {
			t.Errorf("%v: %d %s; want %d", tt.header, c.StatusCode, c.body(t), tt.want)
		}
	}
	if got := fmt.Sprint(d.get(t, "/v1/stream/wire/*?poll=1").Header["Link"]); !strings.Contains(got, "since=0") {
		t.Errorf("Link %s of an empty stream; want since=0", got)
	}
}
