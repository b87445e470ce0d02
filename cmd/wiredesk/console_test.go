package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestConsoleOfALineElsewhere serves the pages against a line's broker, and ends when it is told to.
func TestConsoleOfALineElsewhere(t *testing.T) {
	s := serve(t)
	if code, body := curl(t, s.HTTP+"/v1/push/mill", copyText); code != 202 {
		t.Fatalf("push: %d %s", code, body)
	}
	ctx, end := context.WithCancelCause(t.Context())
	out, in := io.Pipe()
	done := make(chan int, 1)
	talk := &lockedBuffer{}
	go func() {
		code := run(ctx, []string{"console", "--data", s.Data, "--http", "127.0.0.1:0"}, strings.NewReader(""), in, talk)
		_ = in.Close()
		done <- code
	}()
	var ready shell.Ready
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil || json.Unmarshal(line, &ready) != nil || !ready.Ready {
		t.Fatalf("ready line %q, %v: %s", line, err, talk)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		status, body := visit(t, ready.HTTP+"/console/api/wire/before?seq=1000")
		if status == http.StatusOK && strings.Contains(body, "Mill wheel turns again") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the wire: %d %s", status, body)
		}
	}
	if status, body := visit(t, ready.HTTP+"/"); status != http.StatusOK || !strings.Contains(body, "/console/web/app.js") {
		t.Errorf("the root leads to %d %s; want the page", status, body)
	}
	end(shell.ErrTerminated)
	if code := <-done; code != shell.OK {
		t.Errorf("exit code %d: %s", code, talk)
	}
}

func visit(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}
