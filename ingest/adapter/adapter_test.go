package adapter_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// desk is a real push server on a broker of its own.
func desk(t *testing.T, feeds intake.Feeds) (*brokertest.Broker, string) {
	t.Helper()
	b := brokertest.New(t)
	lines, err := feeds.Lines()
	if err != nil {
		t.Fatal(err)
	}
	store := commit.New(b.NC, commit.Options{Timeout: time.Second})
	o := push.Options{
		Take:  ingest.New(ingest.Options{Raw: store, Dead: store, Feeds: lines}).Take,
		Feeds: lines, Loopback: true, Log: brokertest.Log(t),
	}
	mux := http.NewServeMux()
	mux.Handle(push.Route, push.NewHTTP(o))
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	service, err := push.ServeNATS(t.Context(), b.NC, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = service.Stop() })
	return b, web.URL
}

// both are a client over HTTP and one over NATS for the same feed.
func both(t *testing.T, b *brokertest.Broker, url, feed string, options ...adapter.Option) map[string]*adapter.Client {
	t.Helper()
	options = append([]adapter.Option{adapter.Backoff(5*time.Millisecond, 50*time.Millisecond), adapter.Attempt(3 * time.Second)}, options...)
	overHTTP, err := adapter.New(url, feed, options...)
	if err != nil {
		t.Fatal(err)
	}
	overNATS, err := adapter.NATS(b.Connect(t), feed, options...)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*adapter.Client{"HTTP": overHTTP, "NATS": overNATS}
}

func TestPush(t *testing.T) {
	feeds := intake.Feeds{{Name: "kestrel/en +", Provider: "kestrel", Tokens: []string{intake.HashToken("kestrel-token")}}}
	b, url := desk(t, feeds)
	about := adapter.Document{
		Format: "text", MediaType: "text/plain; charset=utf-8", URI: "urn:kestrel:quay", Version: "3",
		Trace: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
	}
	for name, c := range both(t, b, url, "kestrel/en +", adapter.Token("kestrel-token")) {
		got, err := c.Push(t.Context(), []byte("The quay reopened."), about)
		if err != nil || len(got.Stories) != 1 || got.Stories[0].URI != "urn:kestrel:quay" || got.Stories[0].Version != "3" || got.Feed != "kestrel/en +" {
			t.Errorf("over %s: %+v, %v; want a receipt for the story as named", name, got, err)
		}
	}
	s, err := b.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetMsg(t.Context(), 1)
	if err != nil || s.CachedInfo().State.Msgs != 1 || m.Header.Get(stream.HTrace) != about.Trace || m.Header.Get(stream.HCharset) != "utf-8" {
		t.Errorf("got %d messages, first %+v, %v; want one, as described", s.CachedInfo().State.Msgs, m, err)
	}
}

func TestARejectionIsFinal(t *testing.T) {
	b, url := desk(t, intake.Feeds{{Name: "kestrel"}, {Name: "gannet", Tokens: []string{intake.HashToken("gannet-token")}}})
	for feed, want := range map[string]struct {
		status int
		faults int
	}{"kestrel": {422, 1}, "gannet": {401, 0}, "shag": {404, 0}} {
		var tries atomic.Int32
		count := adapter.Notify(func(int, error, time.Duration) { tries.Add(1) })
		for name, c := range both(t, b, url, feed, count) {
			_, err := c.Push(t.Context(), []byte("%PDF-1.7"), adapter.Document{})
			var no *adapter.Rejected
			if !errors.As(err, &no) || no.Status != want.status || len(no.Faults) != want.faults || no.Next == "" || tries.Load() != 0 {
				t.Errorf("%s over %s: %v after %d more tries; want %d at once", feed, name, err, tries.Load(), want.status)
			}
			if want.faults > 0 && (no.Faults[0].Line != 1 || no.Receipt == "") {
				t.Errorf("%s over %s: %+v; want the place, and where the copy is kept", feed, name, no)
			}
		}
	}
}

func TestPushOutlastsAnOutage(t *testing.T) {
	b, url := desk(t, nil)
	var tries atomic.Int32
	count := adapter.Notify(func(int, error, time.Duration) { tries.Add(1) })
	clients := both(t, b, url, "kestrel", count)
	b.Stop()
	var wg sync.WaitGroup
	for name, c := range clients {
		wg.Go(func() {
			got, err := c.Push(t.Context(), []byte("The quay reopened."), adapter.Document{})
			if err != nil || got.Receipt == "" {
				t.Errorf("over %s: %+v, %v; want the receipt in the end", name, got, err)
			}
		})
	}
	for deadline := time.Now().Add(10 * time.Second); tries.Load() < 2; {
		if time.Now().After(deadline) {
			t.Fatal("no try failed while the broker was away")
		}
	}
	b.Start(t)
	wg.Wait()
}

func TestPushGivesUpWithItsContext(t *testing.T) {
	b, url := desk(t, nil)
	clients := both(t, b, url, "kestrel", adapter.Backoff(time.Hour, time.Hour))
	b.Stop()
	for name, c := range clients {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		_, err := c.Push(ctx, []byte("The quay reopened."), adapter.Document{})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("over %s: %v; want the end of the context", name, err)
		}
	}
}

// TestWhichAnswersAreRepeated talks to a server that gives each answer once, then a receipt.
func TestWhichAnswersAreRepeated(t *testing.T) {
	for status, again := range map[int]bool{
		408: true, 425: true, 429: true, 500: true, 502: true, 503: true, 504: true,
		301: false, 400: false, 401: false, 403: false, 404: false, 405: false, 413: false, 422: false, 501: false,
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			var asked atomic.Int32
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) == 1 {
					w.Header().Set("Location", "/elsewhere")
					w.WriteHeader(status)
					return
				}
				w.WriteHeader(http.StatusAccepted)
				_, _ = w.Write([]byte(`{"receipt":"r1"}`))
			}))
			defer web.Close()
			c, err := adapter.New(web.URL, "kestrel", adapter.Backoff(time.Millisecond, time.Millisecond))
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.Push(t.Context(), []byte("x"), adapter.Document{})
			var no *adapter.Rejected
			if again && (err != nil || got.Receipt != "r1") || !again && (!errors.As(err, &no) || no.Status != status || asked.Load() != 1) {
				t.Errorf("got %+v, %v after %d requests; want another try: %v", got, err, asked.Load(), again)
			}
		})
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	var asked atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte(`{"receipt":"r1"}`))
	}))
	defer web.Close()
	var waited time.Duration
	c, err := adapter.New(web.URL, "kestrel", adapter.Backoff(time.Millisecond, time.Millisecond),
		adapter.Notify(func(_ int, _ error, again time.Duration) { waited = again }))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Push(t.Context(), []byte("x"), adapter.Document{}); err != nil || waited < time.Second {
		t.Errorf("got %v after %s; want a receipt after a second at least", err, waited)
	}
}

func TestAnAnswerWithoutAReceiptIsNone(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte(`<html>welcome</html>`))
	}))
	defer web.Close()
	c, err := adapter.New(web.URL, "kestrel", adapter.Backoff(time.Millisecond, time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got, err := c.Push(ctx, []byte("x"), adapter.Document{}); err == nil {
		t.Errorf("got %+v from a server that is not wiredesk; want no receipt", got)
	}
}

func TestOverNATSTheBrokersLimitCounts(t *testing.T) {
	b, url := desk(t, nil)
	_, err := both(t, b, url, "kestrel")["NATS"].Push(t.Context(), make([]byte, stream.MaxMessage+1), adapter.Document{})
	var no *adapter.Rejected
	if !errors.As(err, &no) || no.Status != 413 || !strings.Contains(no.Reason, strconv.Itoa(stream.MaxMessage)) {
		t.Errorf("got %v; want 413 naming the broker's limit", err)
	}
}

func TestBadAddress(t *testing.T) {
	for _, address := range []string{"", "127.0.0.1:8080", "ftp://desk", "http://"} {
		if _, err := adapter.New(address, "kestrel"); err == nil {
			t.Errorf("New took the address %q", address)
		}
	}
	if _, err := adapter.New("http://desk", ""); err == nil {
		t.Error("New took no feed")
	}
}
