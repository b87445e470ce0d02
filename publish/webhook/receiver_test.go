package webhook_test

import (
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

// secret makes one of n bytes.
func secret(n int, b byte) string {
	return "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(b), n)))
}

// post is a request as the receiver got it.
type post struct {
	header http.Header
	body   []byte
	at     time.Time
}

func (p post) article(t *testing.T) wiredesk.Article {
	t.Helper()
	var a wiredesk.Article
	if err := json.Unmarshal(p.body, &a); err != nil {
		t.Fatalf("%v in %s", err, p.body)
	}
	return a
}

// receiver is a server that takes the news.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	posts []post
	says  http.HandlerFunc // nil: 204
}

func newReceiver(t testing.TB, secure bool, says http.HandlerFunc) *receiver {
	r := &receiver{says: says}
	take := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		r.mu.Lock()
		r.posts = append(r.posts, post{req.Header.Clone(), body, time.Now()})
		says := r.says
		r.mu.Unlock()
		if says == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		says(w, req)
	})
	r.Server = httptest.NewUnstartedServer(take)
	r.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	if secure {
		r.EnableHTTP2 = true
		r.StartTLS()
	} else {
		r.Start()
	}
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) will(says http.HandlerFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.says = says
}

func (r *receiver) all() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]post{}, r.posts...)
}

// answer is a handler of one answer.
func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// settings of a hook on a receiver, which is on the loopback.
func settings(t testing.TB, r *receiver, change func(m map[string]any)) json.RawMessage {
	t.Helper()
	m := map[string]any{"url": r.URL + "/wire?key=canary", "secrets": []string{secret(32, 'a')}, "allow_private": true}
	if r.Certificate() != nil {
		file := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.Certificate().Raw}), 0o600); err != nil {
			t.Fatal(err)
		}
		m["ca"] = file
	}
	if change != nil {
		change(m)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func open(t testing.TB, r *receiver, change func(m map[string]any)) wiredesk.Sink {
	t.Helper()
	s, err := webhook.New(settings(t, r, change), zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	return s.(*webhook.Hook).For("desk")
}

// revision is an article as NEWS carries it.
func revision(number int, event string) wiredesk.Article {
	a := wiredesk.Article{
		Provider: "kestrel", Feed: "kestrel-en", Receipt: "r1", Story: "kq3mlighthouse22keeper44", Revision: number, Event: event,
		Attributions: []wiredesk.Attribution{},
	}
	a.Item = wiredesk.Item{URI: "urn:kestrel:keeper", Version: "1", Type: "text", Language: "en", VersionCreated: time.Date(2026, 3, 5, 9, number, 0, 0, time.UTC)}
	if event == wiredesk.EventKill {
		a.Item.PubStatus = wiredesk.Canceled
		return a
	}
	a.Item.PubStatus, a.Text = wiredesk.Usable, "Keeper relights the lamp\n\nHe climbed <at dusk> & waited."
	a.Item.Headlines = []wiredesk.Content{{Value: "Keeper relights the lamp"}}
	a.Item.Bodies = []wiredesk.Content{{ContentType: "text/plain", Value: "He climbed at dusk."}}
	return a
}
