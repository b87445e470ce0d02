package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
)

// served is `wiredesk up`, running in this process.
type served struct {
	shell.Ready
	end  func(cause error) int // ends it as a signal would, and returns its exit code
	talk *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func serve(t *testing.T, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	out, in := io.Pipe()
	s := &served{talk: &lockedBuffer{}}
	done := make(chan int, 1)
	args = append([]string{"up", "--http", "127.0.0.1:0", "--data", t.TempDir(), "--set", "durability=relaxed"}, args...)
	go func() {
		code := run(ctx, args, strings.NewReader(""), in, s.talk)
		_ = in.Close()
		done <- code
	}()
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("no ready line: %v: %s", err, s.talk)
	}
	if err := json.Unmarshal(line, &s.Ready); err != nil || !s.Ready.Ready {
		t.Fatalf("ready line %s: %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	code := sync.OnceValue(func() int { return <-done })
	s.end = func(cause error) int { cancel(cause); return code() }
	t.Cleanup(func() { s.end(shell.ErrTerminated) })
	return s
}

func curl(t *testing.T, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "POST", url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := new(http.Client).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(answer)
}

const copyText = "Mill wheel turns again\n\nLUNDBY, Denmark (Reuters) - The wheel of the village mill turned on Monday.\n"

func TestUp(t *testing.T) {
	s := serve(t)
	if s.HTTP == "" || !strings.HasPrefix(s.NATS, "nats://127.0.0.1:") || s.Data == "" {
		t.Errorf("ready line %+v: want the three addresses", s.Ready)
	}
	code, answer := curl(t, s.HTTP+"/v1/push/mill", copyText)
	var receipt wiredesk.Receipt
	if err := json.Unmarshal([]byte(answer), &receipt); err != nil || code != 202 {
		t.Fatalf("push: %d %s", code, answer)
	}
	t.Run("tap", func(t *testing.T) {
		code, out, talk := call(t, "", "tap", "--data", s.Data, "--from", "all", "-n", "1", "--json", "news.wire.mill.*")
		var a wiredesk.Article
		if err := json.Unmarshal([]byte(out), &a); err != nil || code != 0 || a.Receipt != receipt.Receipt {
			t.Errorf("exit code %d, %q, %s: want the article pushed", code, out, talk)
		}
		if code, out, _ := call(t, "", "tap", "--data", s.Data, "--from", "current", "-n", "1", "--text"); code != 0 || !strings.Contains(out, "│ Mill wheel turns again") {
			t.Errorf("exit code %d, %q: want the text", code, out)
		}
		if code, out, _ := call(t, "", "tap", "--data", s.Data, "--wait", "50ms"); code != 0 || out != "" {
			t.Errorf("exit code %d, %q: want nothing new, and 0", code, out)
		}
	})
	t.Run("request", func(t *testing.T) {
		nc, err := nats.Connect(s.NATS)
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
		m, err := nc.Request("wire.push.mill", []byte(copyText), 5*time.Second)
		if err != nil || !strings.Contains(string(m.Data), receipt.Receipt) {
			t.Errorf("the same document over NATS: %v, want the same receipt", err)
		}
	})
	t.Run("send", func(t *testing.T) {
		for _, via := range []string{"http", "nats"} {
			code, out, talk := call(t, copyText, "send", "--data", s.Data, "--feed", "mill", "--via", via, "-")
			if code != 0 || !strings.HasPrefix(out, receipt.Receipt) || !strings.Contains(out, "here already") {
				t.Errorf("by %s: exit code %d, %q, %s: want the same receipt", via, code, out, talk)
			}
		}
		code, out, talk := call(t, "\x00\x01", "send", "--data", s.Data, "--feed", "mill", "-", filepath.Join("demo", "09.anadolu.kilim.txt"))
		if code != shell.Failed || !strings.HasPrefix(talk, "-:1:1: ") || !strings.Contains(out, "kilim") {
			t.Errorf("exit code %d, %q, %q: want 1, the place of the fault, and the other file taken", code, out, talk)
		}
	})
	t.Run("trace", func(t *testing.T) {
		for _, name := range []string{receipt.Stories[0].URI, receipt.Stories[0].Story, receipt.Receipt} {
			code, out, talk := call(t, "", "trace", "--data", s.Data, name)
			for _, want := range []string{"1 in = 1 published", "received", "feed mill  by http", "r1  new  published", "on news.wire.mill."} {
				if code != 0 || !strings.Contains(out, want) {
					t.Errorf("trace %s: exit code %d, %s%s: want %q", name, code, out, talk, want)
				}
			}
		}
		_, out, _ := call(t, "", "trace", "--data", s.Data, "--json", receipt.Stories[0].URI)
		var got fate.Story
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.In != 1 || got.Out["published"] != 1 {
			t.Errorf("trace --json: %s, %v", out, err)
		}
		if code, _, _ := call(t, "", "trace", "--data", s.Data, "urn:nobody:knows"); code != shell.Failed {
			t.Errorf("an unknown story: exit code %d, want 1", code)
		}
	})
	if code := s.end(shell.ErrInterrupted); code != shell.Interrupted {
		t.Errorf("exit code %d after an interrupt, want 130: %s", code, s.talk)
	}
	if _, err := os.Stat(filepath.Join(s.Data, "wiredesk.ready")); !os.IsNotExist(err) {
		t.Errorf("the ready line is left behind: %v", err)
	}
	if strings.Contains(s.talk.String(), "village mill") {
		t.Error("a story's words are in the log")
	}
}

func TestUpEndsWellWhenTerminated(t *testing.T) {
	if s := serve(t); s.end(shell.ErrTerminated) != shell.OK {
		t.Errorf("not 0: %s", s.talk)
	}
}

// TestTwoProcessesOneDirectory starts this program twice, as a person might.
func TestTwoProcessesOneDirectory(t *testing.T) {
	dir := t.TempDir()
	process := func() (*exec.Cmd, *bufio.Reader, *bytes.Buffer) {
		c := exec.CommandContext(t.Context(), os.Args[0], "up", "--http", "127.0.0.1:0", "--data", dir)
		c.Env = append(os.Environ(), "WD_TEST_PROCESS=1")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		talk := &bytes.Buffer{}
		c.Stderr = talk
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c, bufio.NewReader(out), talk
	}
	first, ready, _ := process()
	if _, err := ready.ReadBytes('\n'); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	idle := exec.CommandContext(t.Context(), os.Args[0], "version")
	idle.Env = append(os.Environ(), "WD_TEST_PROCESS=1")
	if err := idle.Run(); err != nil {
		t.Fatal(err)
	}
	toStart := time.Since(began) // what any process takes here and now
	began = time.Now()
	second, _, talk := process()
	_ = second.Wait()
	if code := second.ProcessState.ExitCode(); code != shell.Locked {
		t.Errorf("the second exits with %d, want %d", code, shell.Locked)
	}
	if took := time.Since(began) - toStart; took > time.Second {
		t.Errorf("it took %s more than any process, want less than a second", took)
	}
	if holder := fmt.Sprintf("pid %d", first.Process.Pid); !strings.Contains(talk.String(), holder) {
		t.Errorf("stderr %q, want %q in it", talk, holder)
	}
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	if code := first.ProcessState.ExitCode(); code != shell.OK {
		t.Errorf("the first exits with %d on SIGTERM, want 0", code)
	}
}

// TestSecretsStayInside looks for two tokens in everything the line says.
func TestSecretsStayInside(t *testing.T) {
	const feed, operator = "canary-of-the-feed-0123", "canary-of-the-operator-0123"
	s := serve(t, "--set", "feeds.mill.token="+feed, "--set", "http.token="+operator, "--set", "log.level=debug")
	ask := func(method, path, token string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, s.HTTP+path, strings.NewReader(copyText))
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		res, err := new(http.Client).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	said := ""
	for _, c := range []struct {
		method, path, token string
		want                int
	}{
		{"POST", "/v1/push/mill", "", 401},
		{"POST", "/v1/push/mill", operator, 401},
		{"POST", "/v1/push/mill", feed, 202},
		{"POST", "/v1/push/harbour", feed, 404},
		{"GET", "/metrics", feed, 401},
		{"GET", "/metrics", operator, 200},
		{"GET", "/readyz", "", 401},
		{"GET", "/readyz", operator, 200},
		{"GET", "/livez", "", 200},
	} {
		code, body := ask(c.method, c.path, c.token)
		if code != c.want {
			t.Errorf("%s %s with %q: status %d (%s), want %d", c.method, c.path, c.token, code, body, c.want)
		}
		said += body
	}
	s.end(shell.ErrTerminated)
	if all := said + s.talk.String(); strings.Contains(all, "canary") {
		t.Errorf("a secret is out:\n%s", all)
	}
}
