package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

func TestDemoOnce(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	code, out, talk := call(t, "", "demo", "--once", "--http", "127.0.0.1:0")
	if code != 0 {
		t.Fatalf("exit code %d: %s%s", code, out, talk)
	}
	for _, want := range []string{
		"▶ sana Orchard railway", "update, revision 2", "kill, revision 2", "KILL MANDATORY",
		"held, no subscriber sees it: embargoed until 2099", "rejected, and kept as a dead letter: 4:", "16 in = 12 new + 1 update + 1 kill + 1 held + 1 rejected",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("demo --once prints\n%s\nwant %q in it", out, want)
		}
	}
	if talk != "" {
		t.Errorf("stderr %q, want silence", talk)
	}
	if strings.Contains(out, "\x1b[") {
		t.Error("colours, and nobody looks on")
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// watcher calls a function once, when what it was waiting for has been written.
type watcher struct {
	mu   sync.Mutex
	b    bytes.Buffer
	want *regexp.Regexp
	then func()
}

func (w *watcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.b.Write(p)
	if w.then != nil && w.want.Match(w.b.Bytes()) {
		w.then()
		w.then = nil
	}
	return len(p), nil
}

func TestDemoStaysUntilItIsInterrupted(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithCancelCause(t.Context())
	out := &watcher{want: regexp.MustCompile(`curl -sS --data-binary @- http://127\.0\.0\.1:\d+/v1/push/harbour(?s:.*)And for good: wiredesk up`)}
	out.then = func() { cancel(shell.ErrInterrupted) }
	late := time.AfterFunc(time.Minute, func() { cancel(errors.New("the demo did not say what to try")) })
	defer late.Stop()
	var talk bytes.Buffer
	if code := run(ctx, []string{"demo", "--http", "127.0.0.1:0"}, strings.NewReader(""), out, &talk); code != shell.Interrupted {
		t.Errorf("exit code %d, want 130: %s", code, talk.String())
	}
}
