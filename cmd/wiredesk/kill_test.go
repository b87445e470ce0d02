package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// until polls a command until its output is as wanted.
func until(t *testing.T, what string, args []string, good func(code int, out string) bool) string {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		code, out, talk := call(t, "", args...)
		if good(code, out) {
			return out
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s: %d %s%s", what, code, out, talk)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// TestKill kills a story by hand: its subjects keep the notice, a later version of its sender's changes nothing, and
// what cannot be done says what to do.
func TestKill(t *testing.T) {
	s := serve(t)
	push := func(version int) {
		t.Helper()
		doc := fmt.Sprintf(`{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:test:ferry","version":"%d","type":"text",
			"headlines":[{"value":"Ferry"}],"bodies":[{"role":"main","value":"The captain was drunk."}]}`, version)
		if code, body := curl(t, s.HTTP+"/v1/push/harbour", doc); code != 202 {
			t.Fatalf("push %d: %d %s", version, code, body)
		}
	}
	on := []string{"--data", s.Data, "urn:test:ferry"}
	trace := append([]string{"trace", "--json"}, on...)
	push(1)
	until(t, "published", trace, func(code int, out string) bool { return code == shell.OK && strings.Contains(out, `"what":"news"`) })

	code, out, talk := call(t, "", append([]string{"kill", "--json", "--reason", "nobody was drunk", "--by", "night desk"}, on...)...)
	var r wiredesk.Receipt
	if err := json.Unmarshal([]byte(out), &r); code != shell.OK || err != nil || len(r.Stories) != 1 {
		t.Fatalf("kill: %d %v %s%s", code, err, out, talk)
	}
	push(2)
	got := until(t, "killed", trace, func(code int, out string) bool { return strings.Contains(out, `"fate":"stale"`) })
	for _, want := range []string{`"event":"kill"`, "nobody was drunk", `"by":"night desk"`, "no version brings it back"} {
		if !strings.Contains(got, want) {
			t.Errorf("the trace does not say %q: %s", want, got)
		}
	}
	told(t, s, on)
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"kill", "--reason", "again"}, shell.Failed, "killed already"},
		{[]string{"kill"}, shell.Usage, "needs a reason"},
		{[]string{"lift"}, shell.Failed, "cannot be taken back"},
	} {
		if code, _, talk := call(t, "", append(tt.args, on...)...); code != tt.code || !strings.Contains(talk, tt.says) {
			t.Errorf("%v: %d %s; want %d, saying %q", tt.args, code, talk, tt.code, tt.says)
		}
	}
	if code, _, talk := call(t, "", "kill", "--reason", "r", "--data", s.Data, "urn:test:nobody"); code != shell.Failed || !strings.Contains(talk, "check the URI") {
		t.Errorf("an unknown story: %d %s", code, talk)
	}
}

// told has a subscriber of its own that gets the notice and is not heard of again.
func told(t *testing.T, s *served, on []string) {
	t.Helper()
	nc, js := connect(t, s)
	defer nc.Close()
	c, err := js.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
		Durable: "night-desk", FilterSubject: "news.wire.>", AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	list := append([]string{"kill", "--outstanding"}, on[:2]...)
	until(t, "outstanding", list, func(code int, out string) bool {
		return code == shell.OK && strings.Contains(out, "night-desk") && strings.Contains(out, "urn:test:ferry")
	})
	if _, out, _ := call(t, "", append([]string{"trace"}, on...)...); !strings.Contains(out, "outstanding since") {
		t.Errorf("the trace does not say who has not confirmed: %s", out)
	}
	m, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.DoubleAck(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code, out, talk := call(t, "", append(list, "--json")...); code != shell.OK || out != "" {
		t.Errorf("outstanding once confirmed: %d %s%s", code, out, talk)
	}
	if _, out, _ := call(t, "", append([]string{"trace"}, on...)...); !strings.Contains(out, "confirmed by") {
		t.Errorf("the trace does not say who has confirmed: %s", out)
	}
	if code, _, _ := call(t, "", append(list, on[2])...); code != shell.Usage {
		t.Errorf("--outstanding with a story: %d; want a usage error", code)
	}
}

func connect(t *testing.T, s *served) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	nc, err := nats.Connect(s.NATS)
	if err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return nc, js
}
