package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const exampleConfig = `feeds:
  - {name: sana-en, provider: sana}
outputs:
  - {name: archive, kind: file, path: archive}
`

const exampleCases = "cases:\n- name: the mill\n  file: story.txt\n  expect: {subjects: [news.source.reuters]}\n"

// newsroom is a folder with a line that runs in it, and everything that the examples name.
func newsroom(t *testing.T) *served {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("archive", 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, "wiredesk.yaml", exampleConfig)
	put(t, "stories.test.yaml", exampleCases)
	put(t, "story.txt", copyText+"\nIt is the oldest of the county, TASS reported.\n")
	s := serve(t, "--data", "wiredesk-data", "-c", "wiredesk.yaml")
	for _, name := range []string{"ferry", "storm"} {
		doc := fmt.Sprintf(`{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:example:%s","version":"1","type":"text","headlines":[{"value":"%[1]s"}],"bodies":[{"role":"main","value":"About a %[1]s."}]}`, name)
		if code, body := curl(t, s.HTTP+"/v1/push/sana-en", doc); code != 202 {
			t.Fatalf("push: %d %s", code, body)
		}
	}
	nc, err := nats.Connect(s.NATS)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	for range 3 {
		m := nats.NewMsg("wire.dead.enrich.sana-en")
		m.Header = nats.Header{
			stream.HStage: {"enrich"}, stream.HFeed: {"sana-en"}, stream.HProvider: {"sana"}, stream.HReason: {"poison"}, stream.HFormat: {"text"},
			stream.HReceived: {time.Now().UTC().Format(time.RFC3339Nano)}, stream.HFromStream: {stream.RAW}, stream.HFromSubject: {"wire.raw.sana-en"},
		}
		m.Data = []byte(copyText)
		if _, err := nc.RequestMsg(m, 10*time.Second); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// wait is how long an example may find its story not decided yet.
const wait = 2 * time.Second

var word = regexp.MustCompile(`'[^']*'|\S+`)

// TestExamples runs the examples of every command's help, as written but for addresses that are not of this test.
func TestExamples(t *testing.T) {
	root := command()
	s := newsroom(t)
	for _, c := range all(root) {
		if c.Example == "" {
			t.Errorf("%s: no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			var args []string
			for _, w := range word.FindAllString(line, -1) {
				args = append(args, strings.Trim(w, "'"))
			}
			if args[0] != "wiredesk" {
				t.Errorf("%s: the example %q is not of this program", c.CommandPath(), line)
				continue
			}
			runExample(t, c.CommandPath(), line, local(s, c.Name(), args[1:]))
		}
	}
}

// local puts this test's addresses and folders in place of an example's.
func local(s *served, name string, args []string) []string {
	for i, a := range args {
		switch {
		case strings.HasSuffix(a, "@broker.example:4222"), a == "nats://broker.example:4222":
			args[i] = s.NATS
		case name == "ready" && a == "127.0.0.1:8080":
			args[i] = strings.TrimPrefix(s.HTTP, "http://")
		case a == "127.0.0.1:8080", a == "127.0.0.1:8090":
			args[i] = "127.0.0.1:0"
		case name == "up" && a == "wiredesk-data":
			args[i] = "another"
		}
	}
	return args
}

// runsOn says whether a command goes on until it is stopped, or for long.
func runsOn(path string) bool {
	return slices.Contains([]string{"wiredesk up", "wiredesk tap", "wiredesk console", "wiredesk bench"}, path)
}

// runExample tries until the example does well: what an earlier one asked for may not be done yet.
func runExample(t *testing.T, path, line string, args []string) {
	t.Helper()
	deadline := time.Now().Add(wait)
	for {
		ctx, cancel := context.WithCancelCause(t.Context())
		var out, talk bytes.Buffer
		if runsOn(path) {
			timer := time.AfterFunc(time.Second, func() { cancel(shell.ErrInterrupted) })
			defer timer.Stop()
		}

		code := run(ctx, args, strings.NewReader(""), &out, &talk)
		stopped := ctx.Err() != nil
		cancel(nil)
		if code == shell.OK || path == "wiredesk bench" && stopped || // what it had begun, it breaks off
			runsOn(path) && code == shell.Interrupted {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("%s: exit code %d\n%s%s", line, code, out.String(), talk.String())
			return
		}
		<-time.After(50 * time.Millisecond)
	}
}

func TestMan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	code, _, talk := call(t, "", "man", dir)
	files, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if code != shell.OK || err != nil || len(files) != len(all(command())) {
		t.Fatalf("exit code %d, %s: %d pages for %d commands", code, talk, len(files), len(all(command())))
	}
	page, err := os.ReadFile(filepath.Join(dir, "wiredesk-replay.1"))
	for _, want := range []string{`.TH "WIREDESK-REPLAY" 1`, ".SH OPTIONS", `.B \-\-since TIME`, ".SH EXAMPLES", `wiredesk(1)`} {
		if err != nil || !strings.Contains(string(page), want) {
			t.Errorf("wiredesk-replay.1 lacks %q: %v\n%s", want, err, page)
		}
	}
}

// TestCompletion asks as the shells' scripts do.
func TestCompletion(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.yaml")
	put(t, file, "feeds: [{name: harbour}]\noutputs: [{name: archive, kind: file, path: .}]\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"rep"}, "replay\t"},
		{[]string{"parse", "--format", "nin"}, "ninjs\n"},
		{[]string{"send", "-c", file, "--feed", ""}, "harbour\n"},
		{[]string{"outputs", "resume", "-c", file, ""}, "archive\n"},
		{[]string{"contract", ""}, "openapi\n"},
	} {
		if code, out, _ := call(t, "", append([]string{"__complete"}, c.args...)...); code != shell.OK || !strings.Contains(out, c.want) {
			t.Errorf("%v: exit code %d, %q; want %q", c.args, code, out, c.want)
		}
	}
	for _, sh := range []string{"bash", "zsh", "fish"} {
		if code, out, _ := call(t, "", "completion", sh); code != shell.OK || !strings.Contains(out, "__complete") {
			t.Errorf("%s: exit code %d, %d bytes", sh, code, len(out))
		}
	}
}
