package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const password = "a-password-of-this-test"

// deployed is a nats-server of its own with the settings that operators deploy, and the streams made by its admin.
func deployed(t *testing.T) string {
	t.Helper()
	conf := filepath.Join("..", "..", "deploy", "nats.conf")
	text, err := os.ReadFile(filepath.Join("..", "..", "deploy", "accounts.conf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`\$WIRE_\w+`).FindAllString(string(text), -1) {
		t.Setenv(name[1:], password)
	}
	opts, err := server.ProcessConfigFile(conf)
	if err != nil {
		t.Fatal(err)
	}
	opts.Port, opts.StoreDir, opts.NoSigs, opts.NoLog = -1, t.TempDir(), true, true
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	nc, err := nats.Connect(s.ClientURL(), nats.UserInfo("admin", password), nats.CustomInboxPrefix("_INBOX_admin"))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if err := broker.Ensure(t.Context(), js, stream.Defaults(), true); err != nil {
		t.Fatal(err)
	}
	return s.ClientURL()
}

// worker runs a worker's whole program until the test ends; nothing it may not do must have been tried.
func worker(t *testing.T, role line.Role, args ...string) shell.Ready {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	out, in := io.Pipe()
	var talk bytes.Buffer
	done := make(chan int, 1)
	go func() {
		code := shell.Worker(ctx, role, "works", args, in, &talk)
		_ = in.Close()
		done <- code
	}()
	t.Cleanup(func() {
		cancel(shell.ErrTerminated)
		if code := <-done; code != shell.OK || strings.Contains(talk.String(), "ermissions") {
			t.Errorf("%s exits with %d, want 0 and no violation: %s", role, code, talk.String())
		}
	})
	ready, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("%s: no ready line: %v", role, err)
	}
	var r shell.Ready
	if err := json.Unmarshal(ready, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLeastPrivilege runs the three workers with the users that deploy/nats.conf gives them, and looks at the result
// with the operator's commands.
func TestLeastPrivilege(t *testing.T) {
	url := deployed(t)
	args := func(user string) []string {
		return []string{"--nats", url, "--set", "nats.user=" + user, "--set", "nats.password=" + password, "--set", "streams.manage=false"}
	}
	at := worker(t, line.Ingest, append(args("ingest"), "--http", "127.0.0.1:0")...).HTTP
	worker(t, line.Enrich, args("enrich")...)
	worker(t, line.Publish, args("publish")...)
	for _, doc := range []string{"11.reuters.ferry-1.json", "12.reuters.ferry-2.json"} {
		body, err := os.ReadFile(filepath.Join("demo", doc))
		if err != nil {
			t.Fatal(err)
		}
		if code, answer := curl(t, at+"/v1/push/mill", string(body)); code != 202 {
			t.Fatalf("push: %d %s", code, answer)
		}
	}
	if code, answer := curl(t, at+"/v1/push/mill", "\x00\x01"); code != 422 {
		t.Fatalf("push of binary: %d %s", code, answer)
	}
	if code, _, talk := call(t, "", append([]string{"dead", "retry", "1"}, args("operator")[:6]...)...); code != shell.Failed || !strings.Contains(talk, "422") {
		t.Errorf("retry: exit code %d, %s; want it refused by the reader, not by the broker", code, talk)
	}
	for _, c := range []struct {
		command []string
		want    string
	}{
		{[]string{"tap", "--from", "all", "-n", "2", "news.wire.mill.*"}, "r2 update"},
		{[]string{"trace", "tag:demo.wiredesk.example,2031:ferry-timetable"}, "2 in = 2 published"},
		{[]string{"dead", "ls"}, "1:1: "},
		{[]string{"dead", "show", "1"}, "Wire-Receipt:"},
		{[]string{"dead", "drop", "1"}, "dropped 1"},
	} {
		code, out, talk := call(t, "", append(c.command, args("operator")[:6]...)...)
		if code != 0 || !strings.Contains(out, c.want) || talk != "" {
			t.Errorf("%v: exit code %d, %s%s; want %q and no complaint", c.command, code, out, talk, c.want)
		}
	}
}
