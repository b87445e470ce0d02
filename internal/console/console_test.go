package console_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/console"
	"github.com/wiredesk/wiredesk/internal/deadletter"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	reads = "a-token-to-read-with"
	acts  = "a-token-to-act-with"
)

// watch serves a console of a broker of its own.
func watch(t *testing.T, change func(*console.Options)) (string, *brokertest.Broker) {
	t.Helper()
	b := brokertest.New(t)
	o := console.Options{
		Conn: b.NC, Log: brokertest.Log(t),
		Letters: &deadletter.Box{JS: b.JS, Push: func(context.Context, deadletter.Letter) error { return nil }},
	}
	if change != nil {
		change(&o)
	}
	ctx, end := context.WithCancel(context.Background())
	c, err := console.New(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(c)
	t.Cleanup(func() { end(); s.Close() })
	return s.URL, b
}

func ask(t *testing.T, method, url, body string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

func store(t *testing.T, b *brokertest.Broker, m stream.Message) uint64 {
	t.Helper()
	ack, err := b.JS.PublishMsg(t.Context(), m.NATS())
	if err != nil {
		t.Fatal(err)
	}
	return ack.Sequence
}

// publish puts a story's revision into ARTICLES and NEWS, as the stages do.
func publish(t *testing.T, b *brokertest.Broker, a wiredesk.Article) {
	t.Helper()
	a.Story, a.Publishable = wiredesk.StoryID(a.Provider, a.Item.URI), true
	body, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	n := fmt.Sprint(a.Revision)
	h := nats.Header{
		stream.HStory: {a.Story}, stream.HURI: {stream.HeaderValue(a.Item.URI)}, stream.HProvider: {a.Provider}, stream.HFeed: {a.Feed},
		stream.HRevision: {n}, stream.HEvent: {a.Event}, stream.HFate: {"published"}, stream.HPublished: {n},
	}
	if a.Held() {
		h.Set(stream.HFate, "held")
		h.Del(stream.HPublished)
		h.Set(stream.HUntil, a.Item.EmbargoedUntil.Format(time.RFC3339Nano))
	}
	store(t, b, stream.Message{Subject: stream.ArticleSubject(a.Story), Header: h, Data: body})
	if a.Held() {
		return
	}
	for _, f := range append(a.Facets(), wiredesk.Facet{Name: "desk", Value: "ferries"}) {
		subject, err := stream.News(f, a.Story)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != "wire" {
			store(t, b, stream.Message{Subject: stream.NewsInput(subject), Header: h, Data: body})
		}
	}
	store(t, b, stream.Message{Subject: stream.NewsIn + "wire." + a.Provider + "." + a.Story, Header: h, Data: body, Rollup: a.Event == wiredesk.EventKill})
}

func article(uri, headline string, revision int, event string) wiredesk.Article {
	a := wiredesk.Article{Provider: "mill", Feed: "mill", Revision: revision, Event: event, Text: headline + "\n\nText.\n"}
	a.Item = wiredesk.Item{URI: uri, Language: "en", Headlines: []wiredesk.Content{{Value: headline}}}
	return a
}

// Nobody reads without a right or acts without the other, and no page elsewhere acts for anybody.
func TestRights(t *testing.T) {
	url, _ := watch(t, func(o *console.Options) { o.Token, o.ActToken = reads, acts })
	own := []string{"Origin", url, "Content-Type", "application/json"}
	answer, _ := ask(t, "POST", url+"/console/api/session", `{"token":"`+reads+`"}`, own...)
	reader := answer.Cookies()
	if answer.StatusCode != 200 || len(reader) != 1 || !reader[0].HttpOnly || reader[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("a session: %d %+v; want one cookie that scripts and other sites do not see", answer.StatusCode, reader)
	}
	cookie := reader[0].Name + "=" + reader[0].Value
	forged := strings.Replace(cookie, "=1.", "=2.", 1)
	for _, c := range []struct {
		name, method, path, body string
		header                   []string
		want                     int
	}{
		{"the page itself", "GET", "/console/wire", "", nil, 200},
		{"reading without anything", "GET", "/console/api/dead", "", nil, 401},
		{"reading with a wrong token", "GET", "/console/api/dead", "", []string{"Authorization", "Bearer nonsense"}, 401},
		{"reading with the token", "GET", "/console/api/dead", "", []string{"Authorization", "Bearer " + reads}, 200},
		{"reading in a session", "GET", "/console/api/dead", "", []string{"Cookie", cookie}, 200},
		{"reading in a forged session", "GET", "/console/api/dead", "", []string{"Cookie", forged}, 401},
		{"acting in a reader's session", "POST", "/console/api/dead/drop", `{"seqs":[1]}`, append([]string{"Cookie", cookie}, own...), 403},
		{"acting with the reader's token", "POST", "/console/api/dead/drop", `{"seqs":[1]}`, []string{"Authorization", "Bearer " + reads, "Content-Type", "application/json"}, 403},
		{"acting with the token", "POST", "/console/api/dead/drop", `{"seqs":[1]}`, []string{"Authorization", "Bearer " + acts, "Content-Type", "application/json"}, 200},
		{"acting by a form", "POST", "/console/api/dead/drop", `seqs=1`, []string{"Authorization", "Bearer " + acts, "Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"a wrong token", "POST", "/console/api/session", `{"token":"nonsense"}`, own, 401},
		{"a token from a page elsewhere", "POST", "/console/api/session", `{"token":"` + acts + `"}`, []string{"Origin", "http://evil.example", "Content-Type", "application/json"}, 403},
	} {
		if got, body := ask(t, c.method, url+c.path, c.body, c.header...); got.StatusCode != c.want {
			t.Errorf("%s: %d %s, want %d", c.name, got.StatusCode, body, c.want)
		}
	}
	open, _ := watch(t, nil)
	if got, body := ask(t, "POST", open+"/console/api/dead/drop", `{"seqs":[1]}`, "Content-Type", "application/json"); got.StatusCode != 403 {
		t.Errorf("acting without an origin on this machine: %d %s, want 403", got.StatusCode, body)
	}
	if got, body := ask(t, "POST", open+"/console/api/dead/drop", `{"seqs":[1]}`, "Content-Type", "application/json", "Origin", open); got.StatusCode != 200 {
		t.Errorf("acting on this machine: %d %s, want 200", got.StatusCode, body)
	}
}

var banned = regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|https?://`)

// The page is small, asks nobody else, cannot turn text into markup, and is taken from the browser's own store when it
// has not changed.
func TestFiles(t *testing.T) {
	total := 0
	err := fs.WalkDir(os.DirFS("web"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile("web/" + name)
		total += len(text)
		plain := strings.ReplaceAll(string(text), "http://www.w3.org/2000/svg", "")
		if found := banned.FindString(plain); found != "" {
			t.Errorf("%s has %s in it", name, found)
		}
		return err
	})
	if err != nil || total == 0 || total > 200_000 {
		t.Errorf("the page's files have %d bytes, %v; want less than 200,000", total, err)
	}
	url, _ := watch(t, nil)
	answer, page := ask(t, "GET", url+"/console/story/anything", "")
	for name, want := range map[string]string{
		"Content-Security-Policy": "require-trusted-types-for 'script'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := answer.Header.Get(name); !strings.Contains(got, want) || strings.Contains(got, "unsafe") {
			t.Errorf("%s: %q, want %q in it", name, got, want)
		}
	}
	if strings.Contains(page, "<style") || regexp.MustCompile(`<script[^>]*>[^<]`).MatchString(page) {
		t.Error("something stands inline in the page, which its policy would stop")
	}
	again, body := ask(t, "GET", url+"/console/wire", "", "If-None-Match", answer.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("the same page again: %d with %d bytes, want 304", again.StatusCode, len(body))
	}
	packed, small := ask(t, "GET", url+"/console/web/wire.js", "", "Accept-Encoding", "gzip")
	if _, plain := ask(t, "GET", url+"/console/web/wire.js", ""); packed.Header.Get("Content-Encoding") != "gzip" || len(small) >= len(plain)/2 {
		t.Errorf("packed, wire.js has %d of %d bytes", len(small), len(plain))
	}
	for path, want := range map[string]int{"/console/": 303, "/console/nowhere": 404, "/console/web/nothing.js": 404, "/console/web/..%2fguard.go": 404} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", url+path, nil)
		r.RequestURI = ""
		got, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, got.StatusCode, want)
		}
	}
}

// lines are the events that a reader is sent from where it was, until so many articles have come.
func lines(t *testing.T, url, after string, n int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", url+"/console/api/wire", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", after)
	answer, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var out []string
	for s := bufio.NewScanner(answer.Body); s.Scan(); {
		out = append(out, s.Text())
		if strings.HasPrefix(s.Text(), "data: {\"seq\"") {
			if n--; n == 0 {
				return out
			}
		}
	}
	t.Fatalf("the list ended: %v", out)
	return nil
}

// A reader that comes back is sent what came since, and is told where that is no longer there. A killed story is a notice
// that names it.
func TestTheListResumes(t *testing.T) {
	url, b := watch(t, nil)
	publish(t, b, article("urn:x:1", "First\nevent: split", 1, wiredesk.EventNew))
	publish(t, b, article("urn:x:2", "Second", 1, wiredesk.EventNew))
	all := strings.Join(lines(t, url, "", 2), "\n")
	for _, want := range []string{`"headline":"First event: split"`, `"desks":["ferries"]`, "event: article"} {
		if !strings.Contains(all, want) {
			t.Errorf("the list is\n%s\nwant %s", all, want)
		}
	}
	ids := regexp.MustCompile(`id: (\d+)`).FindAllStringSubmatch(all, -1)
	kill := article("urn:x:1", "", 2, wiredesk.EventKill)
	kill.Text, kill.Item.EdNote = "", "Do not use."
	publish(t, b, kill)
	since := strings.Join(lines(t, url, ids[0][1], 2), "\n")
	if strings.Contains(since, `"revision":1,"event":"new","time"`) && strings.Count(since, "urn:x:1") != 1 || !strings.Contains(since, `"note":"Do not use."`) || !strings.Contains(since, `"headline":"First event: split"`) {
		t.Errorf("after the first: \n%s\nwant the second, and the kill with the name that the story had", since)
	}
	if gap := strings.Join(lines(t, url, "999999", 2), "\n"); !strings.Contains(gap, "event: gap") {
		t.Errorf("from a place that is not there: \n%s\nwant a gap told", gap)
	}
}

func answerOf(t *testing.T, url string) map[string]any {
	t.Helper()
	got, body := ask(t, "GET", url, "")
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil || got.StatusCode != 200 {
		t.Fatalf("%s: %d %s", url, got.StatusCode, body)
	}
	return v
}

// The feeds' day adds up from what the streams hold, and what is held is listed with its end.
func TestFeedsAndHolds(t *testing.T) {
	url, b := watch(t, func(o *console.Options) { o.Feeds = []console.Feed{{Name: "silent", Provider: "mill", How: "poll"}} })
	for i, fate := range []string{"published", "duplicate", ""} {
		seq := store(t, b, stream.Message{Subject: stream.RawPrefix + "mill", ID: fmt.Sprint(i), Header: nats.Header{stream.HFeed: {"mill"}, stream.HProvider: {"mill"}}, Data: []byte("x")})
		if fate != "" {
			store(t, b, stream.Message{Subject: stream.FatePrefix + strings.Repeat("a", 24), ID: fmt.Sprint("f", i), Header: nats.Header{stream.HFate: {fate}, stream.HRawSeq: {fmt.Sprint(seq)}}})
		}
	}
	store(t, b, stream.Message{Subject: stream.DeadPrefix + "ingest.mill", Header: nats.Header{stream.HStage: {"ingest"}, stream.HFeed: {"mill"}, stream.HReason: {"1:1: no"}}})
	feeds, _ := json.Marshal(answerOf(t, url+"/console/api/feeds")["feeds"])
	for _, want := range []string{`"in":4`, `"out":{"duplicate":1,"published":1,"rejected":1}`, `"pending":1`, `"reason":"1:1: no"`, `"name":"silent"`} {
		if !strings.Contains(string(feeds), want) {
			t.Errorf("feeds are %s\nwant %s", feeds, want)
		}
	}
	later := article("urn:x:later", "Later", 1, wiredesk.EventEmbargo)
	later.Item.EmbargoedUntil = time.Now().Add(time.Hour)
	publish(t, b, later)
	holds := answerOf(t, url+"/console/api/holds")
	if text, _ := json.Marshal(holds); holds["total"] != 1.0 || !strings.Contains(string(text), `"headline":"Later"`) || !strings.Contains(string(text), `"until":"`) {
		t.Errorf("holds are %s; want the one with its end", text)
	}
}

// A story's page has every revision, what each changed, and nothing for what is not there.
func TestStory(t *testing.T) {
	url, b := watch(t, nil)
	publish(t, b, article("urn:x:1", "First", 1, wiredesk.EventNew))
	publish(t, b, article("urn:x:1", "First again", 2, wiredesk.EventUpdate))
	id := wiredesk.StoryID("mill", "urn:x:1")
	text, _ := json.Marshal(answerOf(t, url+"/console/api/story/"+id))
	for _, want := range []string{`"revision":1`, `"revision":2`, `"headline":"First again"`, `"subject":"news.wire.mill.` + id} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the story is %s\nwant %s", text, want)
		}
	}
	if text, _ := json.Marshal(answerOf(t, url+"/console/api/story/"+id+"/2/changes")); !strings.Contains(string(text), `{"op":"new","text":" again"}`) {
		t.Errorf("changes %s; want the new word", text)
	}
	for _, path := range []string{"story/" + strings.Repeat("b", 24), "story/nonsense", "original/77", "dead/9", "find?name=urn:nobody", "story/" + id + "/9"} {
		if got, body := ask(t, "GET", url+"/console/api/"+path, ""); got.StatusCode != 404 || !strings.Contains(body, `"error"`) {
			t.Errorf("%s: %d %s, want 404 and words", path, got.StatusCode, body)
		}
	}
}
