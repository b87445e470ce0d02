package line_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/line"
)

// eventually polls for a state that must come about.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come about that %s", what)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// While the broker is away the line says so, takes nothing, and says when to come again; once it is back, so is the line.
func TestTheBrokerGoesAwayAndComesBack(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	c := settings(t)
	c.NATS.URL = strings.Replace(b.Server.URL(), "nats://", "nats://desk:a-password@", 1)
	r := start(t, c, line.Everything()...)
	if want := b.Server.URL(); r.at.NATS != want {
		t.Errorf("the line says its broker is at %q; want %q, without a password", r.at.NATS, want)
	}
	ready := func() bool { code, _ := get(t, r.at.HTTP+"/readyz"); return code == http.StatusOK }
	eventually(t, "the line is ready", ready)
	b.Stop()
	eventually(t, "the line is not ready", func() bool { return !ready() })
	began := time.Now()
	if code, body := get(t, r.at.HTTP+"/readyz"); code != 503 || !strings.Contains(body, "RECONNECTING") || time.Since(began) > time.Second {
		t.Errorf("/readyz without a broker: %d %s after %s; want 503 at once, with the connection's state", code, body, time.Since(began))
	}
	answer, err := http.Post(r.at.HTTP+"/v1/push/mill", "text/plain", strings.NewReader(story))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Errorf("a push without a broker: %d, Retry-After %q; want 503 and when to come again", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
	b.Start(t)
	eventually(t, "the line is ready again", ready)
	eventually(t, "copy is taken again", func() bool {
		answer, err := http.Post(r.at.HTTP+"/v1/push/mill", "text/plain", strings.NewReader(story))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusAccepted
	})
	if got := news(t, r, 1); got[0].Article.Feed != "mill" {
		t.Errorf("out came %+v", got[0])
	}
}
