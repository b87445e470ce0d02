package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/publish"
)

// TestOutputsAreStoppedAndResumed has a folder as the output.
func TestOutputsAreStoppedAndResumed(t *testing.T) {
	folder := t.TempDir()
	conf := filepath.Join(t.TempDir(), "w.yaml")
	put(t, conf, "outputs:\n  - {name: tray, kind: file, path: '"+folder+"', format: text}\n")
	s := serve(t, "-c", conf)
	state := func() publish.OutputState {
		t.Helper()
		code, out, talk := call(t, "", "outputs", "ls", "--json", "--data", s.Data)
		var st publish.OutputState
		if code != 0 || out != "" && json.Unmarshal([]byte(out), &st) != nil {
			t.Fatalf("exit code %d, %q, %q", code, out, talk)
		}
		return st
	}
	wait := func(what string, ok func() bool) {
		t.Helper()
		deadline := time.Now().Add(20 * time.Second)
		for !ok() {
			if time.Now().After(deadline) {
				t.Fatalf("%s: not within 20 s", what)
			}
			<-time.After(10 * time.Millisecond)
		}
	}
	files := func() int {
		names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	wait("the output is there", func() bool { return state().Name == "tray" })
	if code, out, talk := call(t, "", "outputs", "disable", "tray", "--reason", "disk full", "--data", s.Data); code != 0 || !strings.Contains(out, "resume tray") {
		t.Fatalf("disable: exit code %d, %q, %q", code, out, talk)
	}
	if status, body := curl(t, s.HTTP+"/v1/push/mill", "The wheel turns\n\nAt dusk."); status/100 != 2 {
		t.Fatalf("push: %d %s", status, body)
	}
	wait("the story waits", func() bool { return state().Pending == 1 })
	if st := state(); !st.Disabled || !strings.HasSuffix(st.Reason, "disk full") || files() != 0 {
		t.Errorf("%+v with %d files, want it disabled, why, and none", st, files())
	}
	if _, out, _ := call(t, "", "outputs", "ls", "--data", s.Data); !strings.Contains(out, "disabled") || !strings.Contains(out, "disk full") {
		t.Errorf("ls prints\n%s", out)
	}
	if code, out, talk := call(t, "", "outputs", "resume", "tray", "--data", s.Data); code != 0 || !strings.HasPrefix(out, "tray goes on, with") {
		t.Fatalf("resume: exit code %d, %q, %q", code, out, talk)
	}
	wait("the file is there", func() bool { return files() == 1 })
	if st := state(); st.Disabled || st.Reason != "" {
		t.Errorf("%+v, want it on", st)
	}
	if code, _, talk := call(t, "", "outputs", "resume", "try", "--data", s.Data); code != shell.Failed || !strings.Contains(talk, "wiredesk outputs ls") {
		t.Errorf("resume of an unknown one: exit code %d, %q", code, talk)
	}
}
