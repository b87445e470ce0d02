package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestReady asks a line that wants a token, with it and without it, and one that is gone.
func TestReady(t *testing.T) {
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("the-token-of-this-test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	withToken := "http.token_file=" + token
	s := serve(t, "--set", withToken)
	at, err := url.Parse(s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	asked := func(args ...string) (int, string, string) {
		return call(t, "", append([]string{"ready", "--data", data, "--http", at.Host}, args...)...)
	}
	if code, out, talk := asked("--set", withToken); code != shell.OK || !strings.Contains(out, `"ready":true`) {
		t.Errorf("exit code %d: %s%s; want 0 and the answer", code, out, talk)
	}
	if code, _, talk := asked(); code != shell.Unmet || !strings.Contains(talk, "401") {
		t.Errorf("without the token: exit code %d: %s; want 5 and 401", code, talk)
	}
	if code, out, _ := asked("--live"); code != shell.OK || out != "alive\n" {
		t.Errorf("--live without the token: exit code %d: %s; want 0", code, out)
	}
	s.end(shell.ErrTerminated)
	if code, _, talk := asked("--set", withToken); code != shell.Unreachable {
		t.Errorf("once it is gone: exit code %d: %s; want 4", code, talk)
	}
}

func TestHere(t *testing.T) {
	for address, want := range map[string]string{
		"http://0.0.0.0:8080": "http://127.0.0.1:8080", "http://[::]:8080": "http://127.0.0.1:8080", "http://:8080": "http://127.0.0.1:8080",
		"http://10.0.0.7:8080": "http://10.0.0.7:8080", "http://wire.example:80": "http://wire.example:80",
	} {
		if got := here(address); got != want {
			t.Errorf("%s is reached at %s, want %s", address, got, want)
		}
	}
}
