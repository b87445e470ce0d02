package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/deadletter"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// dead lists the letters until there are so many.
func deadLetters(t *testing.T, s *served, n int, args ...string) []deadletter.Letter {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		_, out, talk := call(t, "", append([]string{"dead", "ls", "--json", "--data", s.Data}, args...)...)
		var got []deadletter.Letter
		for line := range strings.Lines(out) {
			var d deadletter.Letter
			if err := json.Unmarshal([]byte(line), &d); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			got = append(got, d)
		}
		if len(got) == n {
			return got
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d dead letters, want %d (%s)", len(got), n, talk)
		}
	}
}

func storeRaw(t *testing.T, s *served, subject string, h nats.Header, data string) {
	t.Helper()
	nc, err := nats.Connect(s.NATS)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.PublishMsg(t.Context(), &nats.Msg{Subject: subject, Header: h, Data: []byte(data)}); err != nil {
		t.Fatal(err)
	}
}

func TestDead(t *testing.T) {
	s := serve(t)
	if code, answer := curl(t, s.HTTP+"/v1/push/mill", "\x00\x01\x02"); code != 422 {
		t.Fatalf("push of binary: %d %s", code, answer)
	}
	first := deadLetters(t, s, 1)[0]
	if first.Stage != "ingest" || first.Feed != "mill" || !strings.HasPrefix(first.Reason, "1:1: ") || first.Bytes != 3 {
		t.Errorf("letter %+v: want ingest, mill, the place and three bytes", first)
	}
	if _, out, _ := call(t, "", "dead", "show", "1", "--raw", "--data", s.Data); out != "\x00\x01\x02" {
		t.Errorf("show --raw prints %q, want the original bytes", out)
	}
	if _, out, _ := call(t, "", "dead", "show", "1", "--data", s.Data); !strings.Contains(out, "Wire-Feed:") || strings.ContainsRune(out, 0) {
		t.Errorf("show prints %q, want the headers and nothing that acts on a terminal", out)
	}
	if _, out, _ := call(t, "", "trace", first.Receipt, "--data", s.Data); !strings.Contains(out, "1 in = 1 dead") {
		t.Errorf("trace of its receipt prints %q", out)
	}
	if code, _, talk := call(t, "", "dead", "retry", "1", "--data", s.Data); code != shell.Failed || !strings.Contains(talk, "422") {
		t.Errorf("retry of what cannot be read: exit code %d, %q; want 1 and why", code, talk)
	}
	if code, out, _ := call(t, "", "dead", "drop", "--reason", "1:1", "--dry-run", "--data", s.Data); code != 0 || out != "would drop 1\n" {
		t.Errorf("dry run: exit code %d, %q", code, out)
	}
	if code, out, _ := call(t, "", "dead", "drop", "--all", "--data", s.Data); code != 0 || out != "dropped 1\n" {
		t.Errorf("drop: exit code %d, %q", code, out)
	}
	deadLetters(t, s, 0)
	if code, _, talk := call(t, "", "dead", "show", "1", "--data", s.Data); code != shell.Failed || !strings.Contains(talk, "no dead letter 1") {
		t.Errorf("show of a dropped one: exit code %d, %q", code, talk)
	}
}

// TestRetryGoesBackWhereItFailed buries one message of each stage's stream and tries them again: each is handled
// anew, fails anew, and has a new letter in place of the old one.
func TestRetryGoesBackWhereItFailed(t *testing.T) {
	s := serve(t)
	raw := nats.Header{stream.HFeed: {"mill"}, stream.HProvider: {"mill"}, stream.HReceived: {time.Now().UTC().Format(time.RFC3339Nano)}, stream.HFormat: {"text"}}
	storeRaw(t, s, "wire.raw.mill", raw, "\x00\x01")
	storeRaw(t, s, "wire.article.nostory", nats.Header{stream.HFeed: {"mill"}}, "{}")
	for _, stage := range []string{"enrich", "publish"} {
		before := deadLetters(t, s, 1, "--stage", stage)[0]
		code, out, talk := call(t, "", "dead", "retry", "--stage", stage, "--data", s.Data)
		if code != 0 || !strings.HasPrefix(out, "tried again ") {
			t.Errorf("%s: exit code %d, %q, %q; want it tried again", stage, code, out, talk)
		}
		deadline := time.Now().Add(10 * time.Second)
		for {
			after := deadLetters(t, s, 1, "--stage", stage)[0]
			if after.Seq > before.Seq && after.From != before.From {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: no new letter after %+v", stage, before)
			}
		}
	}
	storeRaw(t, s, "wire.article.nostory", nats.Header{stream.HFeed: {"mill"}}, "{}")
	letters := deadLetters(t, s, 2, "--stage", "publish")
	code, _, talk := call(t, "", "dead", "retry", "--stage", "publish", "--data", s.Data)
	if code != shell.Failed || strings.Count(talk, "a newer revision of the story has come since") != 1 {
		t.Errorf("retry of %d and %d: exit code %d, %q; want the older refused", letters[0].Seq, letters[1].Seq, code, talk)
	}
}
