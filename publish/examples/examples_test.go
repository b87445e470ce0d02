// Package examples_test runs each example for subscribers with its real client against a real line. The one in Go runs
// everywhere; the others where WIREDESK_EXAMPLES names a folder with their node_modules, as .ci/examples does.
package examples_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

const maxLines = 25 // of an example, blank ones aside

func TestExamples(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "mirror")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./mirror").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	examples := map[string][]string{"mirror/main.go": {program}}
	if scratch := os.Getenv("WIREDESK_EXAMPLES"); scratch != "" {
		module := filepath.Join(scratch, "mirror.mjs") // beside its node_modules
		doc, err := os.ReadFile("mirror.mjs")
		if err == nil {
			err = os.WriteFile(module, doc, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		examples["mirror.mjs"] = []string{"node", module}
		examples["mirror.py"] = []string{"python3", filepath.Join(here, "mirror.py")}
		examples["mirror-sse.sh"] = []string{"bash", filepath.Join(here, "mirror-sse.sh")}
		examples["mirror-nats.sh"] = []string{"bash", filepath.Join(here, "mirror-nats.sh")}
	}
	at := running(t)
	for name, command := range examples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			short(t, name)
			mirrors(t, at, command)
		})
	}
}

func short(t *testing.T, name string) {
	t.Helper()
	doc, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range bytes.Lines(doc) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	if n > maxLines {
		t.Errorf("%s has %d lines, want at most %d", name, n, maxLines)
	}
}

// mirrors stops an example while stories come and one is killed, and starts it again.
func mirrors(t *testing.T, at line.Address, command []string) {
	t.Helper()
	dir := t.TempDir()
	key := fmt.Sprint(time.Now().UnixNano())
	first, second, third := push(t, at, key+"a", 1, "usable"), push(t, at, key+"b", 1, "usable"), ""
	stop := run(t, at, dir, command)
	until(t, "both stories are there", func() bool { return has(dir, first, key) && has(dir, second, key) })
	push(t, at, key+"a", 2, "canceled")
	until(t, "the killed story is gone", func() bool { return !has(dir, first, "") })
	stop()
	push(t, at, key+"b", 2, "canceled")
	third = push(t, at, key+"c", 1, "usable")
	defer run(t, at, dir, command)()
	until(t, "what happened in the meantime is made up for", func() bool { return has(dir, third, key) && !has(dir, second, "") })
	if has(dir, first, "") {
		t.Error("a killed story came back")
	}
}

func has(dir, story, text string) bool {
	doc, err := os.ReadFile(filepath.Join(dir, story+".txt"))
	return err == nil && strings.Contains(string(doc), text)
}

// run starts an example in a folder; stop kills it and whatever it started.
func run(t *testing.T, at line.Address, dir string, command []string) (stop func()) {
	t.Helper()
	var said bytes.Buffer
	c := exec.Command(command[0], command[1:]...)
	c.Dir, c.Stdout, c.Stderr = dir, &said, &said
	c.Env = append(os.Environ(), "NATS_URL="+at.NATS, "WIRE_URL="+at.HTTP)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	stop = func() {
		if !ended {
			ended = true
			_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
			_ = c.Wait()
		}
	}
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			t.Logf("%s said:\n%s", strings.Join(command, " "), said.String())
		}
	})
	return stop
}

// running is a line at work whose broker listens.
func running(t *testing.T) line.Address {
	t.Helper()
	c := config.Default()
	c.Data, c.HTTP.Listen, c.NATS.Listen, c.Durability = t.TempDir(), "127.0.0.1:0", "127.0.0.1:0", config.Relaxed
	l, err := line.Open(t.Context(), line.Options{Config: c, Roles: line.Everything(), Software: "wiredesk/test", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan line.Address, 1), make(chan error, 1)
	go func() { done <- l.Run(ctx, func(a line.Address) { ready <- a }) }()
	t.Cleanup(func() { cancel(); <-done })
	select {
	case at := <-ready:
		return at
	case err := <-done:
		t.Fatal(err)
	}
	return line.Address{}
}

// push sends a version of an invented story, and returns the story's name.
func push(t *testing.T, at line.Address, key string, version int, status string) string {
	t.Helper()
	doc := fmt.Sprintf(`{"uri":"urn:mill:%s","standard":{"name":"ninjs","version":"3.1"},"type":"text","version":"%d","pubStatus":%q,"language":"en",
		"headlines":[{"value":"Mill %s"}],"bodies":[{"contentType":"text/plain","value":"The wheel of %s turned."}]}`, key, version, status, key, key)
	c, err := adapter.New(at.HTTP, "harbour")
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := c.Push(t.Context(), []byte(doc), adapter.Document{})
	if err != nil || len(receipt.Stories) != 1 {
		t.Fatalf("%v, %v", receipt, err)
	}
	return receipt.Stories[0].Story
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); <-time.After(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}
