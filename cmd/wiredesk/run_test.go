package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestMain lets a test start this program as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("WD_TEST_PROCESS") != "" {
		shell.Main(run)
	}
	os.Exit(m.Run())
}

// call runs the program in this process.
func call(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &out, &talk)
	return code, out.String(), talk.String()
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.yaml")
	put(t, bad, "htpp: {listen: x}\n")
	open := filepath.Join(dir, "open.yaml")
	put(t, open, "http: {listen: '0.0.0.0:0'}\n")
	for _, c := range []struct {
		args []string
		want int
		talk string // on stderr
	}{
		{[]string{"version"}, shell.OK, ""},
		{[]string{"--help"}, shell.OK, ""},
		{[]string{"anotate"}, shell.Usage, `did you mean "annotate"?`},
		{[]string{"dead", "lss"}, shell.Usage, `did you mean "ls"?`},
		{[]string{"parse"}, shell.Usage, "see wiredesk parse --help"},
		{[]string{"up", "--frob"}, shell.Usage, "unknown flag: --frob"},
		{[]string{"version", "extra"}, shell.Usage, "wiredesk version --help"},
		{[]string{"parse", "--format", "nift", "-"}, shell.Usage, `no format "nift"`},
		{[]string{"tap", "source.tass"}, shell.Usage, "write it like news.source.tass.*"},
		{[]string{"tap", "--from", "yesterday"}, shell.Usage, "use new, current or all"},
		{[]string{"dead", "drop"}, shell.Usage, "name dead letters by number"},
		{[]string{"dead", "drop", "none", "--data", dir}, shell.Usage, "no number of a dead letter"},
		{[]string{"send", "--via", "pigeon", "-", "--data", dir}, shell.Usage, "use http or nats"},
		{[]string{"check", bad}, shell.Configuration, `bad.yaml:1:1: no setting "htpp" at the top of the file, did you mean "http"?`},
		{[]string{"up", "-c", open, "--data", dir}, shell.Configuration, "http.token_file"},
		{[]string{"up", "--http", "0.0.0.0:0", "--data", dir}, shell.Configuration, "can be reached from outside"},
		{[]string{"up", "--set", "log.levle=info"}, shell.Configuration, `did you mean "log.level"?`},
		{[]string{"trace", "x", "--data", dir}, shell.Unreachable, "start one with wiredesk up"},
		{[]string{"dead", "ls", "--nats", "nats://127.0.0.1:1"}, shell.Unreachable, "check the address"},
		{[]string{"send", "-", "--to", "http://127.0.0.1:1", "--patience", "50ms"}, shell.Unreachable, "no receipt after"},
		{[]string{"explain", filepath.Join(dir, "none.txt")}, shell.Failed, "none.txt:1:1: no such file"},
	} {
		code, _, talk := call(t, "copy", c.args...)
		if code != c.want || !strings.Contains(talk, c.talk) {
			t.Errorf("wiredesk %s: exit code %d, stderr %q; want %d, %q", strings.Join(c.args, " "), code, talk, c.want, c.talk)
		}
	}
}

func TestAnInterruptIs130(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(shell.ErrInterrupted)
	var out, talk bytes.Buffer
	if code := run(ctx, []string{"parse", "demo"}, strings.NewReader(""), &out, &talk); code != shell.Interrupted {
		t.Errorf("exit code %d, want %d (%s)", code, shell.Interrupted, talk.String())
	}
}

func TestVersionAsJSON(t *testing.T) {
	_, out, _ := call(t, "", "version", "--json")
	var v shell.Version
	if err := json.Unmarshal([]byte(out), &v); err != nil || v.Go == "" || v.Version == "" {
		t.Errorf("%s: %v; want version and toolchain", out, err)
	}
}

func TestConfig(t *testing.T) {
	if _, out, _ := call(t, "", "config"); out != config.Commented() {
		t.Errorf("config prints\n%s\nwant the commented default", out)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "w.yaml")
	put(t, file, "log: {level: warn}\nhttp: {token: a-canary-that-stays-hidden}\n")
	code, out, talk := call(t, "", "config", "print", "--origin", "-c", file, "--data", dir)
	if code != 0 || strings.Contains(out+talk, "canary") {
		t.Errorf("exit code %d, %s%s: want 0 and no secret", code, out, talk)
	}
	for _, want := range []string{"# " + file + ":1:14", "# --set data", "*****", "# default"} {
		if !strings.Contains(out, want) {
			t.Errorf("config print --origin prints\n%s\nwant %q in it", out, want)
		}
	}
}

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "w.yaml")
	put(t, file, "feeds:\n  - {name: mill, dir: "+dir+"/later}\n")
	if code, out, talk := call(t, "", "check", file); code != 0 || !strings.Contains(talk, "warning: "+file+":2:23") || !strings.Contains(out, "well") {
		t.Errorf("exit code %d, %q, %q; want 0 and a warning with its place", code, out, talk)
	}
	if code, _, _ := call(t, "", "check", "--strict", file); code != shell.Configuration {
		t.Errorf("--strict: exit code %d, want %d", code, shell.Configuration)
	}
	put(t, file, "feeds:\n  - {name: mill, format: txet}\n")
	code, out, _ := call(t, "", "check", "--json", file)
	var got struct {
		OK       bool
		Problems []config.Problem
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if code != shell.Configuration || got.OK || len(got.Problems) != 1 || got.Problems[0].Line != 2 || !strings.Contains(got.Problems[0].Reason, `did you mean "text"?`) {
		t.Errorf("exit code %d, %+v; want %d and one problem in line 2 with a suggestion", code, got, shell.Configuration)
	}
}

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
