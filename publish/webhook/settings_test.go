package webhook_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

func TestSettingsThatCannotWork(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const canary = "canary-in-the-mine"
	for _, c := range []struct {
		name, want string
		change     map[string]any
	}{
		{"no url", "a webhook without an address: add url", map[string]any{"url": ""}},
		{"no address", "url: not an address", map[string]any{"url": "hooks.example.org/" + canary}},
		{"another scheme", "url: not an address", map[string]any{"url": "ftp://hooks.example.org/"}},
		{"a password", "url: a user or password", map[string]any{"url": "https://me:" + canary + "@hooks.example.org/"}},
		{"a fragment", "url: an address with a #", map[string]any{"url": "https://hooks.example.org/#x"}},
		{"http", "url: http can be read on the way: use https", map[string]any{"url": "http://hooks.example.org/"}},
		{"a port", "url: no port", map[string]any{"url": "https://hooks.example.org:0/"}},
		{"loopback", "url: 127.0.0.1 is not a public address: add allow_private", map[string]any{"url": "https://127.0.0.1/"}},
		{"mapped loopback", "url: ::ffff:127.0.0.1 is not a public address", map[string]any{"url": "https://[::ffff:127.0.0.1]/"}},
		{"the cloud's keys", "url: 169.254.169.254 is not a public address: nothing is ever sent there", map[string]any{"url": "http://169.254.169.254/", "allow_private": true}},
		{"no secret", "a webhook without a secret", map[string]any{"secrets": nil}},
		{"an empty secret", "secrets: empty", map[string]any{"secrets": []string{""}}},
		{"another prefix", "secrets: secret 2 of 2: it does not begin with whsec_", map[string]any{"secrets": []string{secret(32, 'a'), canary}}},
		{"no base64", "secrets: secret 1 of 1: what follows whsec_ is not base64", map[string]any{"secrets": []string{"whsec_" + canary + "!"}}},
		{"too short", "secrets: secret 1 of 1: 23 bytes, the limits are 24 and 64", map[string]any{"secrets": []string{secret(23, 'a')}}},
		{"too long", "65 bytes", map[string]any{"secrets": []string{secret(65, 'a')}}},
		{"no file", "secrets_file: open", map[string]any{"secrets": nil, "secrets_file": filepath.Join(dir, "none")}},
		{"an empty file", "secrets_file: empty", map[string]any{"secrets": nil, "secrets_file": file("empty", "\n")}},
		{"a bad file", "secrets_file: secret 2 of 2", map[string]any{"secrets": nil, "secrets_file": file("bad", secret(32, 'a')+"\n"+canary+"\n")}},
		{"twice", "secrets_file: given twice", map[string]any{"secrets_file": file("good", secret(32, 'a'))}},
		{"text", "format: text cannot say that a story is killed", map[string]any{"format": "text"}},
		{"a format", `format: "word" is none of`, map[string]any{"format": "word"}},
		{"a version", "version: ninjs", map[string]any{"version": "4.0"}},
		{"timeout", "timeout: 1ms is out of range", map[string]any{"timeout": "1ms"}},
		{"give up", "give_up: 1s is out of range", map[string]any{"give_up": "1s"}},
		{"at once", "at_once: 0 is out of range", map[string]any{"at_once": 0}},
		{"ca", "ca: no certificate in", map[string]any{"ca": file("ca", "none")}},
		{"unknown", "unknown field", map[string]any{"secret": "x"}},
	} {
		m := map[string]any{"url": "https://hooks.example.org/wire", "secrets": []string{secret(32, 'a')}}
		maps.Copy(m, c.change)
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		_, err = webhook.New(raw, zerolog.Nop())
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v, want %q in it and no secret", c.name, err, c.want)
		}
	}
}

// Secrets may come one a line, from a file, and are not shown.
func TestSecretsAreReadAndNotShown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secrets")
	if err := os.WriteFile(file, []byte(secret(32, 'a')+"\n"+secret(32, 'b')+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := newReceiver(t, false, nil)
	h := open(t, r, func(m map[string]any) { m["secrets"], m["secrets_file"] = nil, file })
	if err := h.Deliver(t.Context(), revision(1, wiredesk.EventNew)); err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Fields(r.all()[0].header.Get("webhook-signature"))); n != 2 {
		t.Errorf("%d signatures, want 2", n)
	}
	s := webhook.Settings{Secrets: []webhook.Secret{webhook.Secret(secret(32, 'a'))}}
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		if shown := fmt.Sprintf(form, s); strings.Contains(shown, secret(32, 'a')) {
			t.Errorf("%s shows %s", form, shown)
		}
	}
}
