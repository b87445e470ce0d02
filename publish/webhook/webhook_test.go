package webhook_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsmlg2"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/ingest/nitf"
)

// The specification's own library verifies what is sent, with each of the secrets and with no other.
func TestSignaturesHoldBeforeTheSpecificationsOwnLibrary(t *testing.T) {
	old, young := secret(24, 'o'), secret(64, 'y')
	r := newReceiver(t, true, nil)
	h := open(t, r, func(m map[string]any) { m["secrets"] = []string{old, young} })
	a := revision(1, wiredesk.EventNew)
	other := revision(2, wiredesk.EventUpdate)
	for _, x := range []wiredesk.Article{a, a, other} {
		if err := h.Deliver(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	posts := r.all()
	for word, want := range map[string]bool{old: true, young: true, secret(32, 'z'): false} {
		w, err := standardwebhooks.NewWebhook(word)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Verify(posts[0].body, posts[0].header); (err == nil) != want {
			t.Errorf("verified %v: %v, want %v", err == nil, err, want)
		}
		if err := w.Verify(append(posts[0].body, ' '), posts[0].header); err == nil {
			t.Error("another body was verified")
		}
	}
	id := func(i int) string { return posts[i].header.Get("webhook-id") }
	if id(0) != id(1) || id(0) == id(2) || !strings.HasPrefix(id(0), "msg_") {
		t.Errorf("ids %q %q %q, want one for each revision, and the same when it comes again", id(0), id(1), id(2))
	}
	if got := posts[0].article(t); got.Text != a.Text || posts[0].header.Get("Wire-Event") != "new" {
		t.Errorf("text %q, headers %v", got.Text, posts[0].header)
	}
}

func TestTheIdIsThatOfTheOutput(t *testing.T) {
	r := newReceiver(t, false, nil)
	desk := open(t, r, nil)
	for _, h := range []wiredesk.Sink{desk, desk.(interface{ For(string) wiredesk.Sink }).For("archive")} {
		if err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew)); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := r.all()[0].header.Get("webhook-id"), r.all()[1].header.Get("webhook-id"); a == b {
		t.Errorf("two outputs share the id %s", a)
	}
}

func TestEveryFormatCarriesTheStoryAndItsKill(t *testing.T) {
	for name, c := range map[string]struct {
		format, version, media string
		parse                  wiredesk.Parser
	}{
		"ninjs 3": {"ninjs", "3.1", "application/json", ninjs.Parse}, "ninjs 2": {"ninjs", "2.1", "application/json", ninjs.Parse},
		"ninjs 1": {"ninjs", "1.4", "application/json", ninjs.Parse}, "nitf": {"nitf", "3.1", "text/vnd.iptc.nitf; charset=utf-8", nitf.Parse},
		"newsmlg2": {"newsmlg2", "3.1", "application/vnd.iptc.g2.newsitem+xml", newsmlg2.Parse},
	} {
		t.Run(name, func(t *testing.T) {
			r := newReceiver(t, false, nil)
			h := open(t, r, func(m map[string]any) { m["format"], m["version"] = c.format, c.version })
			for i, event := range []string{wiredesk.EventNew, wiredesk.EventKill} {
				if err := h.Deliver(t.Context(), revision(i+1, event)); err != nil {
					t.Fatal(err)
				}
			}
			for i, want := range []string{wiredesk.Usable, wiredesk.Canceled} {
				p := r.all()[i]
				stories, err := c.parse(wiredesk.Raw{Provider: "kestrel", Bytes: p.body, Received: p.at})
				if err != nil || len(stories) != 1 || stories[0].Item.Status() != want || p.header.Get("Content-Type") != c.media {
					t.Errorf("%s as %s, %v; want a story that is %s", p.body, p.header.Get("Content-Type"), err, want)
				}
			}
		})
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	for name, c := range map[string]struct {
		says  http.HandlerFunc
		never bool // a dead letter
		gone  bool
		wait  [2]time.Duration
		words string
	}{
		"400":                  {says: answer(400, "no \x1b[31mheadline"), never: true, words: `answers 400 Bad Request: "no \x1b[31mheadline"`},
		"404":                  {says: answer(404, ""), never: true, words: "answers 404 Not Found"},
		"a long 422":           {says: answer(422, strings.Repeat("é", 10_000)), never: true, words: "answers 422"},
		"410":                  {says: answer(410, "moved out"), gone: true, words: `answers 410 Gone: "moved out"`},
		"408":                  {says: answer(408, ""), words: "answers 408"},
		"425":                  {says: answer(425, ""), words: "answers 425"},
		"500":                  {says: answer(500, "oops"), words: `"oops"`},
		"503 with seconds":     {says: answer(503, "", "Retry-After", "120"), wait: [2]time.Duration{2 * time.Minute, 2 * time.Minute}},
		"503 with a date":      {says: answer(503, "", "Retry-After", time.Now().Add(10*time.Minute).UTC().Format(http.TimeFormat)), wait: [2]time.Duration{9 * time.Minute, 10 * time.Minute}},
		"503 with a past date": {says: answer(503, "", "Retry-After", "Tue, 06 May 2014 06:50:00 GMT")},
		"503 till doomsday":    {says: answer(503, "", "Retry-After", "999999999"), wait: [2]time.Duration{24 * time.Hour, 24 * time.Hour}},
		"503 with nonsense":    {says: answer(503, "", "Retry-After", "-5"), words: "answers 503"},
		"301":                  {says: answer(301, "", "Location", "http://127.0.0.1:1/"), words: "a redirect is not followed"},
		"304":                  {says: answer(304, ""), words: "answers 304"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newReceiver(t, false, c.says)
			err := open(t, r, nil).Deliver(t.Context(), revision(1, wiredesk.EventNew))
			wait := wiredesk.Wait(err)
			if err == nil || errors.Is(err, wiredesk.ErrUndeliverable) != c.never || errors.Is(err, wiredesk.ErrGone) != c.gone || wait < c.wait[0] || wait > c.wait[1] {
				t.Errorf("%v, again in %s; want never %v, gone %v, again in %v", err, wait, c.never, c.gone, c.wait)
			}
			if !strings.Contains(err.Error(), c.words) || len(err.Error()) > 1000 || strings.Contains(err.Error(), "canary") {
				t.Errorf("%v, want %q in it, short, and no part of the query", err, c.words)
			}
			if len(r.all()) != 1 {
				t.Errorf("%d requests, want one", len(r.all()))
			}
		})
	}
}

// Too many requests are too many of all stories, but one answer does not stop the others for long.
func TestTooManyRequestsHoldTheOthersForAMoment(t *testing.T) {
	r := newReceiver(t, false, answer(429, "", "Retry-After", "3600"))
	h := open(t, r, nil)
	err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew))
	if wiredesk.Wait(err) != time.Hour {
		t.Errorf("%v, want it again in an hour", err)
	}
	other := revision(1, wiredesk.EventNew)
	other.Story = "another"
	err = h.Deliver(t.Context(), other)
	if wait := wiredesk.Wait(err); wait == 0 || wait > time.Minute || len(r.all()) != 1 {
		t.Errorf("%v after %d requests, want the other story held for up to a minute", err, len(r.all()))
	}
}

// Whoever answers drop by drop is waited for no longer than it takes: not at all once the status is there.
func TestSlowAnswers(t *testing.T) {
	var stopped atomic.Bool
	drip := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			for {
				if _, err := io.WriteString(w, "."); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					stopped.Store(true)
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		}
	}
	r := newReceiver(t, false, drip(200))
	h := open(t, r, func(m map[string]any) { m["timeout"] = "30s" })
	began := time.Now()
	if err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew)); err != nil || time.Since(began) > 15*time.Second {
		t.Errorf("200 and then drop by drop: %v after %s, want it taken, and not waited for", err, time.Since(began))
	}
	r.will(drip(400))
	if err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew)); !errors.Is(err, wiredesk.ErrUndeliverable) || !strings.Contains(err.Error(), `"..`) {
		t.Errorf("400 and then drop by drop: %v", err)
	}
	eventually(t, "the server is rid of us", stopped.Load)

	never := make(chan struct{})
	defer close(never)
	r.will(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-never:
		case <-r.Context().Done():
		}
	})
	h = open(t, r, func(m map[string]any) { m["timeout"] = "150ms" })
	if err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew)); err == nil || !strings.Contains(err.Error(), "did not answer within 150ms") || errors.Is(err, wiredesk.ErrUndeliverable) {
		t.Errorf("no answer: %v, want it tried again", err)
	}
}

func TestNobodyThere(t *testing.T) {
	r := newReceiver(t, true, nil)
	trusting := open(t, r, nil)
	wary := open(t, r, func(m map[string]any) { delete(m, "ca") })
	if err := wary.Deliver(t.Context(), revision(1, wiredesk.EventNew)); err == nil || !strings.Contains(err.Error(), "certificate") || len(r.all()) > 0 {
		t.Errorf("a certificate of nobody we trust: %v", err)
	}
	r.Close()
	err := trusting.Deliver(t.Context(), revision(1, wiredesk.EventNew))
	if err == nil || errors.Is(err, wiredesk.ErrUndeliverable) || strings.Contains(err.Error(), "canary") {
		t.Errorf("nobody listens: %v, want it tried again, and no part of the query told", err)
	}
}

// What a name leads to is looked at where the connection is made.
func TestPrivateAddressesAreRefusedWhateverTheirName(t *testing.T) {
	r := newReceiver(t, true, nil)
	h := open(t, r, func(m map[string]any) {
		delete(m, "allow_private")
		m["url"] = strings.Replace(fmt.Sprint(m["url"]), "127.0.0.1", "localhost", 1)
	})
	err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew))
	if err == nil || !strings.Contains(err.Error(), "refused to connect") || !strings.Contains(err.Error(), "allow_private") || len(r.all()) > 0 {
		t.Errorf("%v, want it refused, with what to do", err)
	}
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}
