package line_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// canary is a secret that must be seen nowhere.
func canary() string {
	return "whsec_" + base64.StdEncoding.EncodeToString([]byte("a canary in the mine, yellow"))
}

// TestMistakesInTheSettingsOfAWebhook has each told at its place, and no secret with it.
func TestMistakesInTheSettingsOfAWebhook(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.yaml")
	for _, c := range []struct{ settings, want string }{
		{"url: http://cms.example/\n    secrets: [" + canary() + "]", "w.yaml:4:10: outputs[0].url: http can be read on the way"},
		{"url: https://cms.example/\n    secrets: [" + canary() + ", mine-yellow]", "w.yaml:5:14: outputs[0].secrets: secret 2 of 2: it does not begin with whsec_"},
		{"url: https://cms.example/\n    secrets:\n      - mine-yellow", "outputs[0].secrets: secret 1 of 1: it does not begin with whsec_"},
		{"url: https://cms.example/", "w.yaml:2:5: outputs[0]: a webhook without a secret"},
		{"url: https://cms.example/\n    secrets_file: /none", "w.yaml:5:19: outputs[0].secrets_file: open /none"},
		{"url: https://cms.example/\n    secrets: [" + canary() + "]\n    timeout: soon", `w.yaml:6:14: outputs[0].timeout: "soon" is not a duration`},
		{"url: https://cms.example/\n    secrets: " + canary(), "outputs[0].secrets wants a list"},
		{"url: https://cms.example/\n    secret: " + canary(), `no setting "secret" in outputs[0] of kind webhook, did you mean "secrets"?`},
		{"{url: https://cms.example/, formt: x, secrets: [mine-yellow]}", ""},
	} {
		if err := os.WriteFile(file, []byte("outputs:\n  - name: cms\n    kind: webhook\n    "+c.settings+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := config.Read(config.Source{File: file, Outputs: line.OutputKinds()})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\n%v\nwant %q", c.settings, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), canary()) || strings.Contains(err.Error(), "mine-yellow")) {
			t.Errorf("a secret is shown:\n%v", err)
		}
	}
}

// TestAWebhookOfTheConfiguration follows a story to its kill, and a receiver to its end.
func TestAWebhookOfTheConfiguration(t *testing.T) {
	var mu sync.Mutex
	var bodies []string
	var gone atomic.Bool
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		if gone.Load() {
			w.WriteHeader(http.StatusGone)
			return
		}
		bodies = append(bodies, string(body))
	}))
	defer receiver.Close()
	file := filepath.Join(t.TempDir(), "w.yaml")
	text := "outputs:\n  - {name: cms, kind: webhook, url: '" + receiver.URL + "/?key=yellow', secrets: ['${HOOK}'], allow_private: true, format: ninjs}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, _, err := config.Read(config.Source{File: file, Env: []string{"HOOK=" + canary()}, Outputs: line.OutputKinds()})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range read.Effective() {
		if strings.Contains(s.Value, "yellow") || strings.Contains(s.Value, canary()) {
			t.Errorf("%s is told as %s", s.Path, s.Value)
		}
	}
	c := settings(t)
	c.Outputs = read.Outputs
	r := start(t, c, line.Everything()...)
	send := func(version int, status, words string) {
		t.Helper()
		if _, err := push(t, r, "harbour", mill(1, version, status, words), adapter.Document{}); err != nil {
			t.Fatal(err)
		}
	}
	posted := func(n int) string {
		t.Helper()
		until(t, "it is posted", func() bool { mu.Lock(); defer mu.Unlock(); return len(bodies) == n })
		mu.Lock()
		defer mu.Unlock()
		return bodies[n-1]
	}
	send(1, "usable", "The wheel turned at dusk.")
	if body := posted(1); !strings.Contains(body, "at dusk") || strings.Contains(body, `"attributions"`) {
		t.Errorf("posted %s, want the story as ninjs", body)
	}
	send(2, "canceled", "")
	if body := posted(2); strings.Contains(body, "at dusk") || !strings.Contains(body, `"canceled"`) {
		t.Errorf("posted %s, want the notice", body)
	}
	gone.Store(true)
	if _, err := push(t, r, "harbour", mill(2, 1, "usable", "Another."), adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`wiredesk_output_disabled{output="cms"} 1`, `wiredesk_deliveries_total{outcome="disabled",output="cms"} 1`} {
		until(t, "the figures say "+want, func() bool {
			_, body := get(t, r.at.HTTP+"/metrics")
			return strings.Contains(body, want)
		})
	}
	status, body := get(t, r.at.HTTP+"/readyz")
	if status != http.StatusOK || !strings.Contains(body, "410 Gone") || !strings.Contains(body, "wiredesk outputs resume cms") {
		t.Errorf("readiness is %d %s, want ready, and what is to be seen to", status, body)
	}
}
