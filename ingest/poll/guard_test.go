package poll_test

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/ingest/poll"
)

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
