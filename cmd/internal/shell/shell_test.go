package shell_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// worker runs a worker binary's whole program in this process until the test ends, and checks that it ends well.
func worker(t *testing.T, role line.Role, args ...string) shell.Ready {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	out, in := io.Pipe()
	var talk bytes.Buffer
	done := make(chan int, 1)
	go func() {
		if role == line.Ingest {
			args = append(args, "--http", "127.0.0.1:0")
		}
		code := shell.Worker(ctx, role, "works", args, in, &talk)
		_ = in.Close()
		done <- code
	}()
	t.Cleanup(func() {
		cancel(shell.ErrTerminated)
		if code := <-done; code != shell.OK {
			t.Errorf("%s exits with %d, want 0: %s", role, code, talk.String())
		}
	})
	ready, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("%s: no ready line: %v", role, err)
	}
	var r shell.Ready
	if err := json.Unmarshal(ready, &r); err != nil || !r.Ready || r.HTTP == "" || r.Data != "" {
		t.Fatalf("%s: ready line %s, %v", role, ready, err)
	}
	return r
}

// TestWorkersShareTheWork runs the three binaries, two copies each, against a broker of their own.
func TestWorkersShareTheWork(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	url := []string{"--nats", b.Server.URL()}
	at := worker(t, line.Ingest, url...).HTTP
	worker(t, line.Ingest, url...)
	for range 2 {
		worker(t, line.Enrich, url...)
		worker(t, line.Publish, url...)
	}
	desk, err := adapter.New(at, "mill")
	if err != nil {
		t.Fatal(err)
	}
	const n = 25
	for i := range n {
		if _, err := desk.Push(t.Context(), fmt.Appendf(nil, "Headline\n\nLUNDBY (Reuters) - Story number %d of the day.\n", i), adapter.Document{}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	seen := map[string]int{}
	err = subscriber.Follow(ctx, b.NC, subscriber.Options{From: subscriber.All}, func(_ context.Context, d subscriber.Delivery) error {
		if seen[d.Article.Story]++; len(seen) == n {
			cancel()
		}
		return nil
	})
	if err != nil || len(seen) != n {
		t.Errorf("%d stories came out (%v), want %d", len(seen), err, n)
	}
	for story, times := range seen {
		if times != 1 {
			t.Errorf("story %s came out %d times", story, times)
		}
	}
}

func TestAWorkerNeedsABroker(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen(), brokertest.Options(func(o *broker.Options) { o.Users = []broker.User{{Name: "desk", Password: "tray"}} }))
	stranger := strings.Replace(b.Server.URL(), "desk:tray@", "stranger:tray@", 1)
	for _, c := range []struct {
		args []string
		want int
		talk string
	}{
		{nil, shell.Configuration, "nats.url is not set"},
		{[]string{"--frob"}, shell.Usage, "unknown flag"},
		{[]string{"more"}, shell.Usage, "--help"},
		{[]string{"--nats", "http://x"}, shell.Configuration, "nats.url: not an address"},
		{[]string{"--nats", stranger, "--http", "127.0.0.1:0"}, shell.Unreachable, "check the credentials"},
	} {
		var talk bytes.Buffer
		code := shell.Worker(t.Context(), line.Enrich, "works", c.args, io.Discard, &talk)
		if code != c.want || !strings.Contains(talk.String(), c.talk) {
			t.Errorf("%v: exit code %d, %q; want %d, %q", c.args, code, talk.String(), c.want, c.talk)
		}
	}
}

func TestCode(t *testing.T) {
	ended := func(cause error) context.Context {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(cause)
		return ctx
	}
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"well", t.Context(), nil, 0},
		{"any error", t.Context(), errors.New("no"), 1},
		{"an error that brings its code", t.Context(), fmt.Errorf("x: %w", &shell.Exit{Code: 5}), 5},
		{"problems", t.Context(), config.Problems{{Reason: "no"}}, 3},
		{"drift", t.Context(), fmt.Errorf("x: %w", broker.Drifts{{What: "RAW"}}), 3},
		{"no broker", t.Context(), fmt.Errorf("x: %w", nats.ErrNoServers), 4},
		{"closed for good", t.Context(), fmt.Errorf("x: %w", line.ErrClosed), 4},
		{"locked", t.Context(), fmt.Errorf("x: %w", broker.ErrLocked), 6},
		{"interrupted", ended(shell.ErrInterrupted), nil, 130},
		{"interrupted in the middle", ended(shell.ErrInterrupted), context.Canceled, 130},
		{"interrupted, and failed besides", ended(shell.ErrInterrupted), errors.New("no"), 1},
		{"terminated and drained", ended(shell.ErrTerminated), nil, 0},
		{"terminated in the middle", ended(shell.ErrTerminated), context.Canceled, 1},
	} {
		if got := shell.Code(c.ctx, c.err); got != c.want {
			t.Errorf("%s: code %d, want %d", c.name, got, c.want)
		}
	}
}

// TestTheLogCannotBeForged looks for raw control characters in both forms of the log.
func TestTheLogCannotBeForged(t *testing.T) {
	for _, format := range []string{"json", "console"} {
		var out bytes.Buffer
		log := shell.Logger(&out, config.Log{Level: "debug", Format: format})
		log.Info().Str("feed", "a\x1b[2Jb\nlevel=error\u202e").Err(errors.New("x\x1b]0;y\x07\r")).Msg("one\x1b[31m line\nand more")
		text := strings.TrimSuffix(out.String(), "\n")
		if strings.ContainsAny(text, "\x1b\x07\r\n") {
			t.Errorf("%s: %q acts on the terminal, or is more than one record", format, text)
		}
		log.Trace().Msg("not at this level")
		if strings.Contains(out.String(), "not at this level") {
			t.Errorf("%s: the level is ignored", format)
		}
	}
}

func TestPrintable(t *testing.T) {
	if got, want := shell.Printable("a\x1b[31m\tb\u202e\nc\u0085"), "a·[31m\tb·\nc·"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := shell.Cut("one  two\nthree", 8), "one two…"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
