package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/doctor"
)

func TestDoctor(t *testing.T) {
	s := serve(t)
	well := func(args ...string) (int, string, string) {
		return call(t, "", append([]string{"doctor", "--data", s.Data, "--set", "limits.disk_free=1", "--set", "streams.max_bytes=20GiB"}, args...)...)
	}
	code, out, talk := well("--json")
	if code != shell.OK {
		t.Errorf("a line that is well: exit code %d\n%s%s", code, out, talk)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(out) {
		var f doctor.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		seen[f.Check] = true
	}
	for _, check := range []string{"configuration", "files", "disk", "fsync", "broker", "streams", "room", "stages", "rights", "dead letters", "kills", "clock"} {
		if !seen[check] {
			t.Errorf("nothing is said of %s: %s", check, out)
		}
	}
	if code, out, talk := well("--set", "limits.disk_free=1000000GiB"); code != shell.Failed || !strings.Contains(out, "remedy: make room") {
		t.Errorf("a full disk: exit code %d\n%s%s", code, out, talk)
	}
	if code, out, _ := call(t, "", "doctor", "--data", filepath.Join(t.TempDir(), "none")); code != shell.Unreachable || !strings.Contains(out, "fail  broker: no line runs") {
		t.Errorf("no line: exit code %d\n%s; want %d", code, out, shell.Unreachable)
	}
	if code, out, _ := call(t, "", "doctor", "--set", "htpp.listen=x"); code != shell.Configuration || !strings.Contains(out, `did you mean "http.listen"?`) {
		t.Errorf("an invalid configuration: exit code %d\n%s; want %d", code, out, shell.Configuration)
	}
	if code, _, _ := call(t, "", "doctor", "--role", "nurse"); code != shell.Usage {
		t.Errorf("an unknown role: exit code %d, want %d", code, shell.Usage)
	}
}
