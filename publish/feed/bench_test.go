package feed_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/feed"
)

// BenchmarkFeeds reads feeds from a NEWS stream of 20,000 stories at three subjects each: for the first time, and as a
// thousand readers do that have what there is.
func BenchmarkFeeds(b *testing.B) {
	broker := brokertest.New(b)
	fill(b, broker, 20_000)
	serve := func(fresh time.Duration) http.Handler {
		mux := http.NewServeMux()
		mux.Handle(feed.Route, feed.New(feed.Options{
			News: feed.NewNews(broker.NC), Base: func() string { return "http://127.0.0.1" }, Fresh: fresh, Log: brokertest.Log(b),
		}))
		return mux
	}
	ask := func(b *testing.B, h http.Handler, path, tag string, want int) string {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != want {
			b.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		return w.Header().Get("ETag")
	}
	for _, path := range []string{"/v1/feeds/wire/all.atom", "/v1/feeds/wire/all.atom?limit=500", "/v1/feeds/place/rare.atom"} {
		b.Run("first "+path, func(b *testing.B) {
			for b.Loop() {
				ask(b, serve(0), path, `"none"`, http.StatusOK)
			}
		})
	}
	for name, fresh := range map[string]time.Duration{"polled": 0, "polled, asking each time": time.Nanosecond} {
		b.Run(name, func(b *testing.B) {
			h := serve(fresh)
			tag := ask(b, h, "/v1/feeds/wire/all.atom", `"none"`, http.StatusOK)
			before := broker.NC.Stats().OutMsgs
			for b.Loop() {
				ask(b, h, "/v1/feeds/wire/all.atom", tag, http.StatusNotModified)
			}
			b.ReportMetric(float64(broker.NC.Stats().OutMsgs-before)/float64(b.N), "asked/op")
		})
	}
}

func fill(b *testing.B, broker *brokertest.Broker, stories int) {
	b.Helper()
	for n := range stories {
		if n%1000 == 999 {
			<-broker.JS.PublishAsyncComplete()
		}
		a := article(n, 1, wiredesk.EventNew, fmt.Sprintf("words of %d. %4000d", n, n))
		body, err := json.Marshal(a)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range []string{"wire.mill.", "lang.en.", "place." + map[bool]string{true: "rare", false: "dk"}[n%2000 == 0] + "."} {
			if _, err := broker.JS.PublishAsync(stream.NewsIn+f+a.Story, body); err != nil {
				b.Fatal(err)
			}
		}
	}
	select {
	case <-broker.JS.PublishAsyncComplete():
	case <-time.After(time.Minute):
		b.Fatal("the stream was not filled within a minute")
	}
}
