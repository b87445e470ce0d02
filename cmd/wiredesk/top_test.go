package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/top"
)

func TestTop(t *testing.T) {
	s := serve(t)
	if code, body := curl(t, s.HTTP+"/v1/push/mill", copyText); code != 202 {
		t.Fatalf("push: %d %s", code, body)
	}
	var table top.Table
	for end := time.Now().Add(20 * time.Second); len(table.Feeds) == 0 && time.Now().Before(end); {
		code, out, talk := call(t, "", "top", "--data", s.Data, "--once", "--json", "--interval", "100ms")
		if err := json.Unmarshal([]byte(out), &table); code != shell.OK || err != nil {
			t.Fatalf("exit code %d, %s%s: %v", code, out, talk, err)
		}
	}
	if len(table.Feeds) != 1 || table.Feeds[0].Name != "mill" || len(table.Stages) != 3 || !table.Broker || table.Processes != 1 {
		t.Errorf("got %+v; want the feed and the three stages", table)
	}
	if code, out, _ := call(t, "", "top", "--http", s.HTTP, "--once", "--interval", "100ms"); code != shell.OK || !strings.Contains(out, "\nmill ") || strings.Contains(out, "\x1b") {
		t.Errorf("exit code %d, %q: want a plain table", code, out)
	}
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"--http", "http://127.0.0.1:1", "--once"}, shell.Unreachable},
		{[]string{"--http", s.HTTP}, shell.Usage}, // no terminal
		{[]string{"--once", "--interval", "1ms"}, shell.Usage},
	} {
		if code, _, talk := call(t, "", append([]string{"top"}, c.args...)...); code != c.want {
			t.Errorf("%v: exit code %d, %s; want %d", c.args, code, talk, c.want)
		}
	}
}
