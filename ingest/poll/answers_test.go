package poll_test

import (
	"bytes"
	"compress/gzip"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// TestBadAnswers holds every kind of bad answer to its promises: a reason, nothing in the line, a further try, and the
// feed as if nothing had been once the server is well again.
func TestBadAnswers(t *testing.T) {
	doc := channel(plain("ferry", "bakery")...)
	packed := zipped(t, []byte(doc))
	tests := []struct {
		name, reason string
		answer       http.HandlerFunc
	}{
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
		{"a redirect without a place", "without a place", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }},
		{"a redirect to a file", `scheme "file"`, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}},
		{"redirects without end", "more than 5 redirects", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again", http.StatusFound)
		}},
	}
	for _, tt := range tests {
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

func TestCertificates(t *testing.T) {
	a := newAgency(t, true)
	a.serves(channel(plain("ferry")...))
	r := newRoomAt(t, a, nil)
	wantError(t, r.poll(), "certificate")
	r.restart(func(o *poll.Options) {
		o.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Certificate().Raw})
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	plainly := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plainly.Close)
	a.says(func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, plainly.URL, http.StatusFound) })
	wantError(t, r.poll(), "https to http")
}

func TestTheGuard(t *testing.T) {
	inner := newAgency(t, false)
	r := newRoom(t, nil)
	for _, to := range []string{
		inner.URL, "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/",
		"http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://[fd00::1]/", "http://198.51.100.7:22/",
	} {
		r.agency.says(func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, to, http.StatusFound) })
		wantError(t, r.poll(), "refused to connect")
	}
	if _, n := inner.last(); n != 0 {
		t.Errorf("%d requests reached a private address through a redirect", n)
	}
	r.restart(func(o *poll.Options) { o.Allow = nil })
	wantError(t, r.poll(), "poll.allow")
}

func TestAllow(t *testing.T) {
	for _, good := range []string{"10.1.2.3", "10.1.0.0/16", "10.1.2.3:8080", "10.0.0.0/8:8080", ":8080", "[fd00::7]:8080", "[fd00::/8]:8080", "fd00::/8", "fd00::7"} {
		if _, err := poll.ParseAllow(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", ":", "wire.example", "wire.example:80", "10.1.2.3:0", "10.1.2.3:99999", "10.1.2.300", "10.0.0.0/40", "8080", "[fd00::7]:x"} {
		if a, err := poll.ParseAllow(bad); err == nil {
			t.Errorf("%q is taken as %+v; want an error", bad, a)
		}
	}
}

func TestProxiesOfTheEnvironmentAreNotUsed(t *testing.T) {
	proxy := newAgency(t, false)
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	r := newRoom(t, func(o *poll.Options) { o.URL, o.Allow = "http://198.51.100.7:9/wire.xml", []poll.Allow{proxy.allow(t)} })
	wantError(t, r.poll(), "refused to connect")
	if _, n := proxy.last(); n != 0 {
		t.Error("the proxy of the environment was asked")
	}
}

func TestCredentialsStayWithTheirHost(t *testing.T) {
	other := newAgency(t, false)
	other.serves(channel(plain("ferry")...))
	r := newRoom(t, nil)
	r.restart(func(o *poll.Options) {
		o.Headers = http.Header{"Authorization": {"Bearer open-sesame"}}
		o.Allow = append(o.Allow, other.allow(t))
	})
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("Authorization") != "Bearer open-sesame" {
			w.WriteHeader(401)
			return
		}
		u, _ := url.Parse(other.URL)
		u.User = url.UserPassword("spy", "glass")
		http.Redirect(w, req, u.String(), http.StatusFound)
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	if req, _ := other.last(); req.Header.Get("Authorization") != "" || req.Header.Get("Cookie") != "" {
		t.Errorf("credentials went to another host: %v", req.Header)
	}
	r.agency.says(http.NotFound)
	r.poll()
	for _, secret := range []string{"open-sesame", "sesame", "spy", "glass"} {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, r.log)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{"", "wire.example/rss", "ftp://wire.example/rss", "http://", "http://editor:word@wire.example/rss", "http://[", "javascript:x"} {
		if _, err := poll.ParseAddress(bad); err == nil {
			t.Errorf("%q is taken as an address", bad)
		} else if strings.Contains(err.Error(), "word@") {
			t.Errorf("the error shows a password: %v", err)
		}
	}
}

func TestAMoveForGoodIsKept(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		switch req.URL.Path {
		case "/wire.xml":
			http.Redirect(w, req, "/new.xml?key=other", http.StatusMovedPermanently)
		case "/new.xml":
			fmt.Fprint(w, channel(plain("ferry")...))
		}
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	_, before := r.agency.last()
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if req, n := r.agency.last(); req.URL.Path != "/new.xml" || n != before+1 {
		t.Errorf("%d requests, the last to %s; want one, to where the feed moved", n-before, req.URL.Path)
	}
	if n := strings.Count(r.log.String(), "moved for good"); n != 1 || strings.Contains(r.log.String(), "key=") {
		t.Errorf("the move is told %d times; want once, without the query:\n%s", n, r.log)
	}
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path != "/wire.xml" {
			w.WriteHeader(http.StatusGone)
			return
		}
		fmt.Fprint(w, channel(plain("ferry", "comet")...))
	})
	wantError(t, r.poll(), "410")
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
}

func TestAnotherAddressBeginsAnew(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/wire.xml" {
			http.Redirect(w, req, "/new.xml", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("ETag", `"7"`)
		fmt.Fprint(w, channel(plain("ferry")...))
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	r.restart(func(o *poll.Options) { o.URL = r.agency.URL + "/other.xml" })
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if req, _ := r.agency.last(); req.URL.Path != "/other.xml" || req.Header.Get("If-None-Match") != "" {
		t.Errorf("asked for %s if not %s; want the new address without conditions", req.URL.Path, req.Header.Get("If-None-Match"))
	}
}

func TestAnAddressThatAnswersNobody(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	l.Close()
	allow, err := poll.ParseAllow(at)
	if err != nil {
		t.Fatal(err)
	}
	r := newRoom(t, func(o *poll.Options) { o.URL, o.Allow = "http://"+at+"/rss", []poll.Allow{allow} })
	wantError(t, r.poll(), "connection refused")
}
