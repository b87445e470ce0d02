package line_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// agency serves one story as RSS to whoever has the key, and counts the looks.
func agency(t *testing.T) (config.Feed, *atomic.Int32) {
	t.Helper()
	looks := new(atomic.Int32)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		looks.Add(1)
		if r.Header.Get("Authorization") != "Bearer millers-only" || r.Header.Get("X-Customer") != "4711" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Mill</title><link>http://mill.example/</link><item><guid>tag:mill.example,2031:wheel</guid><title>Wheel turns again</title><description>The mill wheel turns again after nine dry weeks.</description></item></channel></rss>`)
	}))
	t.Cleanup(s.Close)
	return config.Feed{Name: "mill", Provider: "mill-press", Poll: config.Poll{
		URL: s.URL + "/rss", Allow: []string{strings.TrimPrefix(s.URL, "http://")}, Token: "millers-only",
		Headers: map[string]config.Secret{"X-Customer": "4711"},
	}}, looks
}

func TestAPolledFeedIsAWayIn(t *testing.T) {
	c := settings(t)
	feed, _ := agency(t)
	c.Feeds = []config.Feed{feed}
	r := start(t, c, line.Everything()...)
	d := news(t, r, 1)[0]
	if d.Article.Provider != "mill-press" || d.Article.Feed != "mill" || d.Article.Item.Headline() != "Wheel turns again" {
		t.Errorf("provider %s, feed %s, headline %q", d.Article.Provider, d.Article.Feed, d.Article.Item.Headline())
	}
	figures := ""
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(figures, "wiredesk_poll_success") && time.Now().Before(deadline); {
		_, figures = get(t, r.at.HTTP+"/metrics")
	}
	for _, line := range []string{`wiredesk_poll_looks_total{feed="mill",outcome="changed"} 1`, `wiredesk_poll_items_total{feed="mill",kind="new"} 1`, `wiredesk_poll_failures{feed="mill"} 0`} {
		if !strings.Contains(figures, line) {
			t.Errorf("no figure %s", line)
		}
	}
}

// TestWorkersShareThePolledFeeds runs two ingest workers on one broker: one of them polls.
func TestWorkersShareThePolledFeeds(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	feed, looks := agency(t)
	one := settings(t)
	one.NATS.URL, one.Feeds = b.Server.URL(), []config.Feed{feed}
	two := settings(t)
	two.NATS.URL, two.Feeds = b.Server.URL(), []config.Feed{feed}
	first := start(t, one, line.Ingest)
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for deadline := time.Now().Add(10 * time.Second); looks.Load() == 0; <-poll.C {
		if time.Now().After(deadline) {
			t.Fatal("the first worker does not poll")
		}
	}
	second := start(t, two, line.Ingest)
	kv, err := b.JS.KeyValue(t.Context(), "CURSORS")
	if err != nil {
		t.Fatal(err)
	}
	lease, err := kv.Get(t.Context(), "lease.mill")
	if err != nil {
		t.Fatalf("no worker holds the feed: %v", err)
	}
	if err := second.stop(); err != nil {
		t.Fatal(err)
	}
	if now, err := kv.Get(t.Context(), "lease.mill"); err != nil || string(now.Value()) != string(lease.Value()) {
		t.Errorf("the lease changed hands when a worker without it stopped: %v", err)
	}
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Get(t.Context(), "lease.mill"); err == nil {
		t.Error("the lease is kept after its worker stopped")
	}
	if n := looks.Load(); n != 1 {
		t.Errorf("%d looks; want one", n)
	}
}
