package feed_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/feed"
)

// hub answers with one status after another, the last for ever, and keeps what it was told.
type hub struct {
	*httptest.Server
	mu     sync.Mutex
	told   []string
	status []int
}

func newHub(t *testing.T, status ...int) *hub {
	h := &hub{status: status}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = append(h.told, r.Method+" "+r.FormValue("hub.mode")+" "+r.FormValue("hub.url"))
	w.WriteHeader(h.status[0])
	if len(h.status) > 1 {
		h.status = h.status[1:]
	}
}

func (h *hub) heard() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.told...)
}

// TestHubsAreTold has one hub that takes it at once, one that is not well at first, and one that never answers.
func TestHubsAreTold(t *testing.T) {
	good, ill := newHub(t, 202), newHub(t, 503, 429, 204)
	over := make(chan struct{})
	stuck := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-over }))
	t.Cleanup(func() { close(over); stuck.Close() })
	d := open(t, func(o *feed.Options) {
		o.Hubs, o.Pause = []string{good.URL, ill.URL, stuck.URL}, 20*time.Millisecond
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { d.feeds.Follow(ctx); close(done) }()
	d.put(article(1, 1, wiredesk.EventNew, "at dusk"), "place.sy")

	a := d.get("/v1/feeds/wire/mill.atom")
	self := d.server.URL + "/v1/feeds/wire/mill.atom"
	for _, want := range []string{`<link rel="hub" href="` + good.URL + `"`, `<link rel="self" type="application/atom+xml" href="` + self + `"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("no %s in\n%s", want, a.body)
		}
	}
	if links := strings.Join(a.header.Values("Link"), "\n"); !strings.Contains(links, "<"+good.URL+`>; rel="hub"`) || !strings.Contains(links, "<"+self+`>; rel="self"`) {
		t.Errorf("Link headers:\n%s", links)
	}
	if body := d.get("/v1/feeds/place/sy.json").body; !strings.Contains(body, `"type": "WebSub"`) {
		t.Errorf("JSON Feed names no hub:\n%s", body)
	}
	d.put(article(2, 1, wiredesk.EventNew, "by noon"))
	until(t, "the hubs are told", func() bool { return len(good.heard()) == 1 && len(ill.heard()) == 3 })
	want := "POST publish " + self
	if got := good.heard()[0]; got != want {
		t.Errorf("told %q, want %q and nothing of a feed that did not change", got, want)
	}
	if got := ill.heard(); got[0] != want || got[2] != want {
		t.Errorf("told %q, want the same until it was taken", got)
	}
	d.put(article(1, 2, wiredesk.EventKill, ""), "place.sy")
	until(t, "both feeds are told of the kill", func() bool { return len(good.heard()) == 3 })
	cancel()
	<-done
}
