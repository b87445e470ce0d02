package main

import (
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestMistakesSayWhatToDo holds every message to one line, which says what to do next.
func TestMistakesSayWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"trace", shell.Usage, "write it like: wiredesk trace URI|STORY|RECEIPT; see wiredesk trace --help"},
		{"up extra", shell.Usage, `wiredesk up takes no "extra", only flags; see wiredesk up --help`},
		{"up --http 99", shell.Configuration, `--http: http.listen: "99" is not an address: write it like 127.0.0.1:8080`},
		{"tap news.foo", shell.Usage, "those of the news have four: write it like news.source.tass.*"},
		{"tap news.bogus.x.*", shell.Usage, "names no facet; the facets are wire, source"},
		{"tap news.place.SY.*", shell.Usage, `has a part "SY" that no subject has`},
		{"kill urn:a", shell.Usage, "--reason TEXT"},
		{"tap --data " + dir, shell.Unreachable, "start one with wiredesk up, or name its broker with --nats"},
		{"send --to http://127.0.0.1:1 --feed sana " + filepath.Join(dir, "none.txt"), shell.Failed, "none.txt:1:1: no such file or directory"},
		{"up --http 127.0.0.1:0 --data " + filepath.Join(dir, "in") + " --nats-listen " + taken.Addr().String(), shell.Failed, "choose another address with --nats-listen"},
		{"up --http " + taken.Addr().String() + " --data " + filepath.Join(dir, "at"), shell.Failed, "choose another address with --http"},
		{"up --http 127.0.0.1:0 --data /dev/null/d", shell.Failed, "choose one that can be written with --data"},
	} {
		code, _, talk := call(t, "", strings.Fields(c.args)...)
		var said []string
		for line := range strings.Lines(talk) {
			if !strings.HasPrefix(line, "{") { // the log
				said = append(said, line)
			}
		}
		if code != c.code || len(said) != 1 || !strings.Contains(talk, c.want) {
			t.Errorf("wiredesk %s: exit code %d, %q\nwant %d, one line with %q", c.args, code, said, c.code, c.want)
		}
	}
}

// TestALineThatIsGoneIsSaidSo reads what a killed line left behind.
func TestALineThatIsGoneIsSaidSo(t *testing.T) {
	dir := t.TempDir()
	if err := (shell.Ready{Ready: true, NATS: "nats://127.0.0.1:1", Data: dir}).Leave(); err != nil {
		t.Fatal(err)
	}
	code, _, talk := call(t, "", "tap", "--data", dir)
	if want := "is gone without a word: start it again with wiredesk up"; code != shell.Unreachable || !strings.Contains(talk, want) {
		t.Errorf("exit code %d, %q; want %d and %q", code, talk, shell.Unreachable, want)
	}
}
