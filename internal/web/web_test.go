package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/web"
)

func serve(t *testing.T, o web.Options) *web.Server {
	t.Helper()
	o.Listen, o.Log = "127.0.0.1:0", zerolog.New(zerolog.NewTestWriter(t))
	if o.Ready == nil {
		o.Ready = func(context.Context) web.Readiness { return web.Readiness{Ready: true} }
	}
	o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "figures") })
	s, err := web.Listen(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve() }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = s.Drain(ctx)
		if err := <-done; err != nil {
			t.Errorf("Serve = %v, want nil after a drain", err)
		}
	})
	return s
}

func ask(t *testing.T, method, url string, change func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	got, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, string(body)
}

func TestWhoMaySeeWhat(t *testing.T) {
	open := serve(t, web.Options{Hosts: []string{"desk.example"}})
	closed := serve(t, web.Options{Token: "an-operators-token"})
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for _, c := range []struct {
		name, url string
		change    func(*http.Request)
		want      int
	}{
		{"alive without a token", closed.URL() + "/livez", nil, 200},
		{"ready from this machine", open.URL() + "/readyz", nil, 200},
		{"figures from this machine", open.URL() + "/metrics", nil, 200},
		{"figures without the token", closed.URL() + "/metrics", nil, 401},
		{"figures with a wrong token", closed.URL() + "/metrics", header("Authorization", "Bearer another"), 401},
		{"figures with the token", closed.URL() + "/metrics", header("Authorization", "Bearer an-operators-token"), 200},
		{"readiness without the token", closed.URL() + "/readyz", header("X-Forwarded-For", "127.0.0.1"), 401},
		{"a foreign name", open.URL() + "/livez", host("evil.example"), 421},
		{"our own name", open.URL() + "/livez", host("Desk.Example:80"), 200},
		{"localhost", open.URL() + "/livez", host("localhost"), 200},
		{"nothing there", open.URL() + "/elsewhere", nil, 404},
	} {
		if got, body := ask(t, "GET", c.url, c.change); got != c.want {
			t.Errorf("%s: status %d (%s), want %d", c.name, got, body, c.want)
		}
	}
}

func TestAPageElsewhereCannotPush(t *testing.T) {
	pushed := false
	s := serve(t, web.Options{Mount: map[string]http.Handler{"POST /v1/push/{feed}": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { pushed = true })}})
	got, _ := ask(t, "POST", s.URL()+"/v1/push/harbour", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	if got != 403 || pushed {
		t.Errorf("a cross-site push: status %d, taken %t; want 403 and not taken", got, pushed)
	}
	if got, _ := ask(t, "POST", s.URL()+"/v1/push/harbour", nil); got != 200 || !pushed {
		t.Errorf("a plain push: status %d, taken %t; want 200 and taken", got, pushed)
	}
}

func TestNotReadySaysWhy(t *testing.T) {
	s := serve(t, web.Options{Ready: func(context.Context) web.Readiness {
		var r web.Readiness
		r.Durability = "relaxed"
		r.Add("broker", nil)
		r.Add("disk", errors.New("12 bytes left"))
		r.Add("gate", nil)
		return r
	}})
	status, body := ask(t, "GET", s.URL()+"/readyz", nil)
	var got web.Readiness
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if status != 503 || got.Ready || got.Durability != "relaxed" || len(got.Checks) != 3 || got.Checks[1].Reason != "12 bytes left" {
		t.Errorf("status %d, %+v; want 503, not ready, the disk's reason", status, got)
	}
}

func TestTooManyHeaders(t *testing.T) {
	s := serve(t, web.Options{})
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL()+"/livez", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Long", strings.Repeat("a", web.MaxHeader+8192))
	answer, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != 431 {
		t.Errorf("status %d, want 431", answer.StatusCode)
	}
}

func TestHalfOpenConnectionsHarmNobody(t *testing.T) {
	s := serve(t, web.Options{})
	address := strings.TrimPrefix(s.URL(), "http://")
	for range 500 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprint(c, "GET /livez HTTP/1.1\r\nHost: local")
	}
	began := time.Now()
	if got, _ := ask(t, "GET", s.URL()+"/livez", nil); got != 200 || time.Since(began) > time.Second {
		t.Errorf("beside 500 half-open connections: status %d after %s, want 200 at once", got, time.Since(began))
	}
}

func TestDrainFinishesWhatIsInHand(t *testing.T) {
	entered, leave := make(chan bool), make(chan bool)
	s := serve(t, web.Options{Mount: map[string]http.Handler{"GET /slow": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		entered <- true
		<-leave
		fmt.Fprint(w, "done")
	})}})
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
	<-entered
	drained := make(chan error, 1)
	go func() { drained <- s.Drain(t.Context()) }()
	for refused := false; !refused; {
		other, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
		if refused = err != nil; !refused {
			other.Close()
		}
	}
	close(leave)
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || answer.StatusCode != 200 {
		t.Errorf("the request in hand: %v, %v; want 200", answer, err)
	}
	if err := <-drained; err != nil {
		t.Errorf("Drain = %v, want nil", err)
	}
}

func TestABusyPortIsNamed(t *testing.T) {
	s := serve(t, web.Options{})
	at := strings.TrimPrefix(s.URL(), "http://")
	if _, err := web.Listen(t.Context(), web.Options{Listen: at}); err == nil || !strings.Contains(err.Error(), at) {
		t.Errorf("a second listener: %v; want an error naming %s", err, at)
	}
}
