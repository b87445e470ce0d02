package line_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// standing waits until a story stands on so many subjects that match, and is how many do.
func standing(t *testing.T, r *running, subject string, want int) int {
	t.Helper()
	js, err := jetstream.New(r.Conn())
	if err != nil {
		t.Fatal(err)
	}
	got := -1
	for end := time.Now().Add(10 * time.Second); got != want && time.Now().Before(end); <-time.After(10 * time.Millisecond) {
		s, err := js.Stream(t.Context(), stream.NEWS)
		if err != nil {
			t.Fatal(err)
		}
		info, err := s.Info(t.Context(), jetstream.WithSubjectFilter(subject))
		if err != nil {
			t.Fatal(err)
		}
		got = len(info.State.Subjects)
	}
	return got
}

// TestDesksGoThroughTheWholeLine reads the configuration again while the line runs, well and not so well.
func TestDesksGoThroughTheWholeLine(t *testing.T) {
	c := settings(t)
	c.Desks = []config.Desk{{Name: "ferries", When: `text contains "ferry" and "reuters" in sources`}, {Name: "broken", When: `genres[9] == "x"`}}
	r := start(t, c, line.Everything()...)
	tell := func(text string) {
		t.Helper()
		if _, err := push(t, r, "mill", text+"\n\nLUNDBY, Denmark (Reuters) - The "+text+" sails again on Monday.\n", adapter.Document{}); err != nil {
			t.Fatal(err)
		}
	}
	tell("ferry one")
	if n := standing(t, r, "news.desk.ferries.*", 1); n != 1 {
		t.Errorf("%d stories on the desk, want 1", n)
	}
	next := *c
	next.Desks = []config.Desk{{Name: "boats", When: `text contains "ferry"`}}
	next.Limits.Workers = 3
	r.Reload(&next, nil)
	tell("ferry two")
	if n := standing(t, r, "news.desk.boats.*", 1); n != 1 {
		t.Errorf("%d stories on the new desk, want 1", n)
	}
	r.Reload(nil, config.Problems{{File: "wiredesk.yaml", Line: 3, Column: 9, Reason: "desks[0].when: no", Near: "token: secret"}})
	tell("ferry three")
	if n := standing(t, r, "news.desk.boats.*", 2); n != 2 {
		t.Errorf("%d stories on the desk after an invalid file, want 2", n)
	}
	code, ready := get(t, r.at.HTTP+"/readyz")
	if want := "the desks from before stay at work: wiredesk.yaml:3:9: desks[0].when: no"; code != 200 || !strings.Contains(ready, want) || strings.Contains(ready, "secret") {
		t.Errorf("/readyz says %d %s; want 200 and %q", code, ready, want)
	}
	_, figures := get(t, r.at.HTTP+"/metrics")
	for _, want := range []string{`wiredesk_configuration_reads_total{outcome="applied"} 1`, `wiredesk_configuration_reads_total{outcome="invalid"} 1`, `wiredesk_route_failures_total{desk="broken"} 1`} {
		if !strings.Contains(figures, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	r.Reload(&next, nil)
	if _, ready := get(t, r.at.HTTP+"/readyz"); strings.Contains(ready, "desks") {
		t.Errorf("/readyz after a good reading: %s", ready)
	}
	if n := standing(t, r, "news.desk.ferries.*", 1); n != 1 {
		t.Errorf("%d stories on the desk of before, want 1", n)
	}
}

type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// TestReloadSaysWhatWaits logs the settings that a new reading cannot change, and desks that do not compile.
func TestReloadSaysWhatWaits(t *testing.T) {
	log := &lockedLog{}
	c := settings(t)
	l, err := line.Open(t.Context(), line.Options{Config: c, Roles: line.Everything(), Log: zerolog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	t.Cleanup(func() { _ = l.Run(ended, func(line.Address) {}) })
	next := *c
	next.Limits.Workers, next.Desks = 3, []config.Desk{{Name: "a", When: "mining"}}
	l.Reload(&next, nil)
	l.Reload(&next, errors.New("no such file"))
	log.mu.Lock()
	defer log.mu.Unlock()
	for _, want := range []string{`"for_the_next_start":["limits.workers"],"desks":1`, "stay at work: no such file"} {
		if !strings.Contains(log.b.String(), want) {
			t.Errorf("the log lacks %s:\n%s", want, log.b.String())
		}
	}
}
