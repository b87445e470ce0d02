package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
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
	for _, want := range []string{`"event":"kill"`, "nobody was drunk", "no version brings it back"} {
		if !strings.Contains(got, want) {
			t.Errorf("the trace does not say %q: %s", want, got)
		}
	}
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
