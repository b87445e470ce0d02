package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shows waits until a page of the line has the text.
func (s *served) shows(t *testing.T, path, text string) {
	t.Helper()
	var page string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		req, err := http.NewRequestWithContext(t.Context(), "GET", s.HTTP+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := new(http.Client).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if page = string(body); err == nil && strings.Contains(page, text) {
			return
		}
	}
	t.Errorf("%s lacks %q:\n%s", path, text, page)
}

// replace puts a new file in the old one's place, as editors do.
func replace(t *testing.T, file, content string) {
	t.Helper()
	put(t, file+".new", content)
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
}

// TestUpReadsItsDesksAgain changes the file under a running line, breaks it, mends it, and asks by signal.
func TestUpReadsItsDesksAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wiredesk.yaml")
	put(t, file, "desks:\n- {name: mills, when: 'text contains \"mill\"'}\n")
	s := serve(t, "-c", file)
	replace(t, file, "desks:\n- {name: wheels, when: 'text contains \"wheel\"'}\n")
	s.shows(t, "/metrics", `wiredesk_configuration_reads_total{outcome="applied"} 1`)
	if code, answer := curl(t, s.HTTP+"/v1/push/mill", copyText); code != 202 {
		t.Fatalf("push: %d %s", code, answer)
	}
	code, out, talk := call(t, "", "tap", "--data", s.Data, "--from", "all", "-n", "1", "--wait", "10s", "news.desk.*.*")
	if code != 0 || !strings.Contains(out, "desk.wheels ") {
		t.Errorf("exit code %d, %q, %s: want the story on the new desk", code, out, talk)
	}
	replace(t, file, "desks:\n- {name: wheels, when: 'text contain \"wheel\"'}\n")
	s.shows(t, "/readyz", "wiredesk.yaml:2:")
	if text := s.talk.String(); !strings.Contains(text, "the desks from before stay at work") {
		t.Errorf("the log says nothing of the invalid file: %s", text)
	}
	replace(t, file, "desks:\n- {name: wheels, when: 'text contains \"wheel\"'}\n")
	s.shows(t, "/metrics", `wiredesk_configuration_reads_total{outcome="applied"} 2`)
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.shows(t, "/metrics", `wiredesk_configuration_reads_total{outcome="applied"} 3`)
}
