package push_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func TestReceipt(t *testing.T) {
	r := newRoom(t, nil, nil)
	const copyText = "QUAY REOPENS\n\nThe quay reopened on Monday.\n"
	named := func(req *http.Request) {
		req.Header.Set("Wire-Uri", "urn:kestrel:quay")
		req.Header.Set("Wire-Version", "2")
	}
	got := r.post(t, "kestrel", copyText, named)
	if got.status != http.StatusAccepted || got.Receipt.Receipt == "" || got.Feed != "kestrel" || got.Format != "text" || len(got.Stories) != 1 {
		t.Fatalf("got %d %s; want 202 with a receipt", got.status, got.body)
	}
	if s := got.Stories[0]; s.URI != "urn:kestrel:quay" || s.Version != "2" || s.Follow == "" || s.Trace != "wiredesk trace urn:kestrel:quay" {
		t.Errorf("got %+v; want the story under the sender's identity", s)
	}
	again := r.post(t, "kestrel", copyText, named)
	if again.status != http.StatusAccepted || !again.Duplicate || again.Receipt.Receipt != got.Receipt.Receipt {
		t.Errorf("pushed again: %d %s; want the same receipt, a duplicate", again.status, again.body)
	}
	if n := r.count(t, stream.RAW); n != 1 {
		t.Errorf("got %d messages in RAW, want 1", n)
	}
}

func TestEveryRefusal(t *testing.T) {
	r := newRoom(t, nil, nil)
	for name, c := range map[string]struct {
		doc    string
		path   string
		change func(*http.Request)
		status int
		reason string
	}{
		"empty":            {"", "kestrel", nil, 422, "1:1: the document is empty"},
		"binary":           {"%PDF-1.7\n", "kestrel", nil, 422, "1:1: this looks like a PDF document"},
		"unknown format":   {"x", "kestrel?format=nifty", nil, 422, `1:1: format "nifty" is not known`},
		"one byte over":    {strings.Repeat("x", stream.MaxDocument+1), "kestrel", nil, 413, "the limit is 10485760"},
		"endless":          {strings.Repeat("x", stream.MaxDocument+1), "kestrel", func(q *http.Request) { q.ContentLength = -1 }, 413, "the limit of 10485760"},
		"not POST":         {"x", "kestrel", func(q *http.Request) { q.Method = http.MethodPut }, 405, "POST"},
		"no such encoding": {"x", "kestrel", header("Content-Encoding", "br"), 422, `encoded as "br"`},
		"two encodings":    {"x", "kestrel", header("Content-Encoding", "gzip, gzip"), 422, `encoded as "gzip, gzip"`},
		"not gzip":         {"x", "kestrel", header("Content-Encoding", "gzip"), 422, "not gzip"},
		"gzip cut off":     {zipped("The quay reopened.")[:20], "kestrel", header("Content-Encoding", "gzip"), 422, "damaged or cut off"},
		"gzip bomb":        {zipped(strings.Repeat("x", 9<<20)), "kestrel", header("Content-Encoding", "gzip"), 422, "more than 100 times"},
		"a web page":       {"x", "kestrel", header("Origin", "https://evil.example"), 403, "web pages"},
		"rebound name":     {"x", "kestrel", func(q *http.Request) { q.Host = "evil.example" }, 403, "without a token"},
		"through a proxy":  {"x", "kestrel", header("X-Forwarded-For", "127.0.0.1"), 403, "without a token"},
		"no feed name":     {"x", strings.Repeat("x", 81), nil, 404, "unknown feed"},
		"long uri":         {"x", "kestrel", header("Wire-Uri", strings.Repeat("u", 2049)), 422, "the uri has 2049 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.post(t, c.path, c.doc, c.change)
			if got.status != c.status || !strings.Contains(got.Error, c.reason) || got.Next == "" {
				t.Errorf("got %d %s; want %d with %q and what to do next", got.status, got.body, c.status, c.reason)
			}
			if c.status == 422 && (len(got.Faults) == 0 || got.Faults[0].Line == 0) {
				t.Errorf("got %s; want faults with their places", got.body)
			}
			if c.status == 405 && got.header.Get("Allow") != "POST" {
				t.Errorf("got Allow %q", got.header.Get("Allow"))
			}
			r.benign(t, nil)
		})
	}
}

func header(name, value string) func(*http.Request) {
	return func(q *http.Request) { q.Header.Set(name, value) }
}

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.String()
}

func TestGzipIsTakenApart(t *testing.T) {
	r := newRoom(t, nil, nil)
	got := r.post(t, "kestrel", zipped("The quay reopened."), header("Content-Encoding", "gzip"))
	plain := r.post(t, "kestrel", "The quay reopened.", nil)
	if got.status != http.StatusAccepted || plain.Receipt.Receipt != got.Receipt.Receipt {
		t.Errorf("got %d %s; want the receipt of the plain document, %s", got.status, got.body, plain.Receipt.Receipt)
	}
	over := r.post(t, "kestrel", zipped(noise(stream.MaxDocument+1)), header("Content-Encoding", "gzip"))
	if over.status != http.StatusRequestEntityTooLarge {
		t.Errorf("one byte over once decompressed: %d %s; want 413", over.status, over.body)
	}
}

// noise is text that does not compress a hundredfold.
func noise(size int) string {
	var b strings.Builder
	for i := uint32(1); b.Len() < size; i = i*1664525 + 1013904223 {
		b.WriteByte('a' + byte(i>>28))
	}
	return b.String()
}

func TestLimitOfADocumentIsExact(t *testing.T) {
	r := newRoom(t, nil, nil)
	got := r.post(t, "kestrel", strings.Repeat("x", stream.MaxStory), nil)
	if got.status == http.StatusRequestEntityTooLarge {
		t.Errorf("a story at the limit: %d %s", got.status, got.body)
	}
	got = r.post(t, "kestrel", strings.Repeat("x", stream.MaxStory+1), nil)
	if got.status != http.StatusRequestEntityTooLarge || !strings.Contains(got.Error, "the limit is 4194304") {
		t.Errorf("a story one byte over: %d %s; want 413 naming the limit", got.status, got.body)
	}
	got = r.post(t, "kestrel", "%PDF-"+strings.Repeat("x", stream.MaxDocument-5), nil)
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("a document at the limit: %d %s; want it looked at", got.status, got.body)
	}
}

func TestTokens(t *testing.T) {
	feeds := intake.Feeds{
		{Name: "kestrel", Tokens: []string{intake.HashToken("old-token"), intake.HashToken("new-token")}},
		{Name: "gannet", Tokens: []string{intake.HashToken("gannet-token")}},
		{Name: "open"},
	}
	r := newRoom(t, feeds, nil)
	for name, c := range map[string]struct {
		feed, auth string
		status     int
	}{
		"the old one":           {"kestrel", "Bearer old-token", 202},
		"the new one":           {"kestrel", "bearer new-token", 202},
		"none":                  {"kestrel", "", 401},
		"a wrong one":           {"kestrel", "Bearer wrong", 401},
		"another feed's":        {"kestrel", "Bearer gannet-token", 401},
		"its digest":            {"kestrel", "Bearer " + intake.HashToken("old-token"), 401},
		"another scheme":        {"kestrel", "Basic old-token", 401},
		"a feed without tokens": {"open", "", 202},
		"a feed not configured": {"shag", "", 404},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.post(t, c.feed, "One "+name, header("Authorization", c.auth))
			if got.status != c.status {
				t.Errorf("got %d %s; want %d", got.status, got.body, c.status)
			}
			if c.status == 401 && got.header.Get("WWW-Authenticate") == "" {
				t.Error("401 without WWW-Authenticate")
			}
		})
	}
	r.benign(t, header("Authorization", "Bearer old-token"))
}

func TestStrangersNeedATokenAndLearnNothing(t *testing.T) {
	feeds := intake.Feeds{{Name: "kestrel", Tokens: []string{intake.HashToken("old-token")}}, {Name: "open"}}
	r := newRoom(t, feeds, func(o *push.Options) { o.Loopback = false })
	known := r.post(t, "kestrel", "x", nil)
	open := r.post(t, "open", "x", nil)
	unknown := r.post(t, "shag", "x", nil)
	for name, got := range map[string]reply{"known": known, "open": open, "unknown": unknown} {
		if got.status != http.StatusUnauthorized || got.body != known.body {
			t.Errorf("%s feed: %d %s; want 401, the same for all", name, got.status, got.body)
		}
	}
	r.benign(t, header("Authorization", "Bearer old-token"))
}

func TestPace(t *testing.T) {
	feeds := intake.Feeds{{Name: "slow", Rate: 0.1, Burst: 1}, {Name: "kestrel"}}
	r := newRoom(t, feeds, nil)
	if got := r.post(t, "slow", "one", nil); got.status != http.StatusAccepted {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	got := r.post(t, "slow", "two", nil)
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("got %d, Retry-After %q; want 429 with it", got.status, got.header.Get("Retry-After"))
	}
	r.benign(t, nil)
}

func TestPaceOfAnAddress(t *testing.T) {
	r := newRoom(t, nil, func(o *push.Options) { o.Rate, o.Burst = 0.1, 2 })
	for range 2 {
		if got := r.post(t, "kestrel", "one", nil); got.status != http.StatusAccepted {
			t.Fatalf("got %d %s", got.status, got.body)
		}
	}
	if got := r.post(t, "kestrel", "one", nil); got.status != http.StatusTooManyRequests {
		t.Errorf("got %d; want 429", got.status)
	}
}

func TestTheBrokerAway(t *testing.T) {
	r := newRoom(t, nil, nil)
	r.broker.Stop()
	got := r.post(t, "kestrel", "The quay reopened.", nil)
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Fatalf("got %d %s; want 503 with Retry-After", got.status, got.body)
	}
	r.broker.Start(t)
	for deadline := time.Now().Add(10 * time.Second); got.status != http.StatusAccepted; {
		if time.Now().After(deadline) {
			t.Fatalf("no receipt after the broker came back: %d %s", got.status, got.body)
		}
		got = r.post(t, "kestrel", "The quay reopened.", nil)
	}
	if n := r.count(t, stream.RAW); n != 1 {
		t.Errorf("got %d messages, want 1", n)
	}
}

func TestForeignHeadersHaveNoEffect(t *testing.T) {
	r := newRoom(t, nil, nil)
	forged := func(q *http.Request) {
		for _, h := range []string{"Nats-Msg-Id", "nats-rollup", "Nats-Expected-Last-Sequence", "Nats-TTL", "ce-id", "Wire-Feed", "Wire-Story"} {
			q.Header.Set(h, "all")
		}
		q.Header.Set("Wire-Uri", "$JS.API.STREAM.PURGE.RAW")
		q.Header.Set("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	}
	for _, text := range []string{"one", "two"} {
		if got := r.post(t, "kestrel", text, forged); got.status != http.StatusAccepted || got.Duplicate {
			t.Fatalf("got %d %s; want both stored", got.status, got.body)
		}
	}
	for _, feed := range []string{"%24JS.API.STREAM.PURGE.RAW", "%3E", "a%2Fb", "*", "a.b%20c", "%D8%B3"} {
		if got := r.post(t, feed, "three", forged); got.status != http.StatusAccepted {
			t.Errorf("feed %s: %d %s", feed, got.status, got.body)
		}
	}
	s, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.CachedInfo().State.Msgs; n != 8 {
		t.Errorf("got %d messages; want all 8", n)
	}
	for seq := uint64(1); seq <= 8; seq++ {
		m, err := s.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(m.Subject, stream.RawPrefix) || strings.ContainsAny(m.Subject, "$*>ABC ") {
			t.Errorf("got the subject %q", m.Subject)
		}
		for name, values := range m.Header {
			if values[0] == "all" {
				t.Errorf("got the sender's header %s", name)
			}
		}
		if seq <= 2 && (m.Header.Get(stream.HFeed) != "kestrel" || m.Header.Get(stream.HTrace) == "") {
			t.Errorf("got headers %v", m.Header)
		}
	}
}

func TestTooManyDocumentsAtOnce(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	r := newRoom(t, nil, func(o *push.Options) {
		take := o.Take
		o.Bytes = 20
		o.Take = func(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
			if strings.HasPrefix(string(raw.Bytes), "slow") {
				entered <- struct{}{}
				<-leave
			}
			return take(ctx, raw)
		}
	})
	slow := make(chan int, 1)
	go func() { slow <- r.post(t, "kestrel", "slow story of 20 b..", nil).status }()
	<-entered
	got := r.post(t, "kestrel", "x", nil)
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "1" {
		t.Errorf("got %d %s; want 503 while the memory for documents is in use", got.status, got.body)
	}
	close(leave)
	if status := <-slow; status != http.StatusAccepted {
		t.Errorf("the slow one: %d, want 202", status)
	}
	r.benign(t, nil)
}

func TestPlainAnswers(t *testing.T) {
	r := newRoom(t, nil, nil)
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/plain": "text/plain; charset=utf-8",
		"application/json;q=0.5, text/plain": "text/plain; charset=utf-8", "text/html, */*": "application/json",
	} {
		got := r.post(t, "kestrel", "The quay reopened.", header("Accept", accept))
		if got.header.Get("Content-Type") != want || got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("Accept %q: got %s, want %s", accept, got.header.Get("Content-Type"), want)
		}
	}
	got := r.post(t, "kestrel", "", header("Accept", "text/plain"))
	if !strings.HasPrefix(got.body, "1:1: the document is empty\nnext: ") {
		t.Errorf("got %q; want the fault on a line of its own", got.body)
	}
}
