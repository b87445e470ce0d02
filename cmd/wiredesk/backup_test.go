package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestBackup does what deploy/README.md says of backups: stop, copy the data directory, start elsewhere. What was there
// is there, and what was taken is not taken again.
func TestBackup(t *testing.T) {
	s := serve(t)
	if code, answer := curl(t, s.HTTP+"/v1/push/mill", copyText); code != 202 {
		t.Fatalf("push: %d %s", code, answer)
	}
	if code, out, talk := call(t, "", "tap", "--data", s.Data, "--from", "all", "-n", "1", "news.wire.mill.*"); code != 0 {
		t.Fatalf("tap: %d %s%s", code, out, talk)
	}
	if code := s.end(shell.ErrTerminated); code != 0 {
		t.Fatalf("the line ends with %d", code)
	}
	elsewhere := filepath.Join(t.TempDir(), "restored")
	if err := os.CopyFS(elsewhere, os.DirFS(s.Data)); err != nil {
		t.Fatal(err)
	}
	again := serve(t, "--data", elsewhere)
	if again.Data != elsewhere {
		t.Fatalf("data in %s, want %s", again.Data, elsewhere)
	}
	if code, answer := curl(t, again.HTTP+"/v1/push/mill", copyText); code != 202 || !strings.Contains(answer, `"duplicate":true`) {
		t.Errorf("the same document: %d %s; want it known", code, answer)
	}
	code, out, talk := call(t, "", "tap", "--data", elsewhere, "--from", "all", "-n", "1", "news.wire.mill.*")
	if code != 0 || !strings.Contains(out, "Mill wheel turns again") {
		t.Errorf("the news after the restore: %d %s%s", code, out, talk)
	}
}
