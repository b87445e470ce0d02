package poll_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func zipped(t *testing.T, doc []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(doc); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// raw answers with bytes of the test's own making on the bare connection.
func raw(t *testing.T, answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		io.WriteString(c, answer)
	}
}

// badAnswer is an answer, and what the reason must say.
type badAnswer struct {
	name, reason string
	answer       http.HandlerFunc
}

func brokenAnswers(t *testing.T, doc string) []badAnswer {
	return []badAnswer{
		{"half of what was announced", "broke off", raw(t, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(doc), doc[:len(doc)/2]))},
		{"chunks that end early", "broke off", raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n"+doc[:0x40]+"\r\n")},
		{"fewer bytes announced than sent", "can be read", raw(t, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: 150\r\n\r\n%s", doc))},
		{"a negative length", "bad Content-Length", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"+doc)},
		{"no HTTP at all", "malformed HTTP", raw(t, "ZCZC this is another wire NNNN\r\n\r\n")},
		{"nothing", "EOF", raw(t, "")},
		{"an empty document", "empty document", func(http.ResponseWriter, *http.Request) {}},
		{"no content", "204", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }},
		{"not modified without conditions", "without conditions", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }},
		{"not found", "404 Not Found", http.NotFound},
		{"gone", "410 Gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) }},
		{"a server in trouble", "500", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }},
	}
}

func brokenBodies(t *testing.T, doc string) []badAnswer {
	packed := zipped(t, []byte(doc))
	return []badAnswer{
		{"half of a gzip", "broke off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(packed[:len(packed)/2])
		}},
		{"no gzip", "gzip", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, doc)
		}},
		{"an encoding nobody asked for", `"br"`, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, doc)
		}},
		{"a gzip bomb", "15728640 bytes", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for block := make([]byte, 1<<20); ; {
				if _, err := z.Write(block); err != nil {
					return
				}
			}
		}},
		{"a document without end", "15728640 bytes", func(w http.ResponseWriter, _ *http.Request) {
			for block := make([]byte, 1<<20); ; {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		}},
		{"headers without end", "header", raw(t, "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 1<<20)+"\r\n\r\n"+doc)},
	}
}

func brokenRedirects() []badAnswer {
	return []badAnswer{
		{"a redirect without a place", "without a place", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }},
		{"a redirect to a file", `scheme "file"`, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}},
		{"redirects without end", "more than 5 redirects", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again", http.StatusFound)
		}},
	}
}

// TestBadAnswers holds every kind of bad answer to its promises: a reason, nothing in the line, a further try, and the
// feed as if nothing had been once the server is well again.
func TestBadAnswers(t *testing.T) {
	doc := channel(plain("ferry", "bakery")...)
	for _, tt := range slices.Concat(brokenAnswers(t, doc), brokenBodies(t, doc), brokenRedirects()) {
		t.Run(tt.name, func(t *testing.T) {
			r := newRoom(t, func(o *poll.Options) { o.Fetch = 5 * time.Second })
			r.agency.says(tt.answer)
			wantError(t, r.poll(), tt.reason)
			wantError(t, r.poll(), tt.reason)
			if n := r.stored(stream.RAW) + r.stored(stream.DEAD); n != 0 {
				t.Errorf("%d documents of a bad answer are in the line", n)
			}
			r.agency.serves(doc)
			want(t, r.poll(), poll.OutcomeChanged, 2, 0)
			if strings.Contains(r.log.String(), "sesame") {
				t.Errorf("the log shows the query of the address:\n%s", r.log)
			}
			if !strings.Contains(r.log.String(), "well again") {
				t.Error("the end of the trouble is not told")
			}
		})
	}
}

func TestASlowDripEndsAtTheDeadline(t *testing.T) {
	r := newRoom(t, func(o *poll.Options) { o.Fetch = 300 * time.Millisecond })
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for req.Context().Err() == nil {
			io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			<-tick.C
		}
	})
	begun := time.Now()
	wantError(t, r.poll(), "within 300ms")
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("a slow drip held the feed for %s", took)
	}
}

func TestCompressedFeedsAreRead(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q; want gzip", req.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(t, []byte(channel(plain("ferry")...))))
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
}
