package model_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestEmbargoProof holds many stories while the broker is restarted and the workers' clocks jump by an hour: no word of
// any of them can be had before its hour, and each is there right after it, once. The long form, which also bounds the
// delay: go test ./internal/model -run EmbargoProof -long -v.
func TestEmbargoProof(t *testing.T) {
	together(t)
	n, lead, spread := 150, 2500*time.Millisecond, 1500*time.Millisecond
	if *long {
		n, lead, spread = 1000, 8*time.Second, 20*time.Second
	}
	l := newLine(t)
	defer l.end()
	for range 2 {
		l.enrich()
		l.publish()
	}
	early := l.listen()
	until := l.holdAll(n, lead, spread)
	eventually(t, "everything is held", time.Minute, func() bool { return l.quiet(stages()) })
	if got := len(l.stored(stream.NEWS, "news.>")) + early.count(); got != 0 {
		t.Fatalf("%d messages of held stories in the news", got)
	}
	l.Restart(t)
	eventually(t, "the broker is back", time.Minute, func() bool {
		_, err := l.JS.Stream(t.Context(), stream.NEWS)
		return err == nil
	})
	seen := l.listen()
	l.off.Store(int64(time.Hour))
	searched := l.searchUntilReleased(until)
	errs := l.releases(until)
	for subject, all := range seen.sights() {
		for _, s := range all {
			if s.token == "" {
				t.Errorf("a notice on %s of a story that nobody had", subject)
			}
		}
	}
	at := func(q int) time.Duration { return errs[(len(errs)-1)*q/100] }
	t.Logf("%d stories held through a restart of the broker and a clock that jumps by an hour; everything readable searched %d times, nothing before its hour; released late by: median %s, p99 %s, most %s",
		n, searched, at(50).Round(time.Microsecond), at(99).Round(time.Microsecond), errs[len(errs)-1].Round(time.Microsecond))
	if *long && at(99) > 100*time.Millisecond {
		t.Errorf("99 of 100 are released within %s; want 100 ms", at(99))
	}
}

// holdAll pushes stories whose embargoes end over a while, and returns when, by story.
func (l *line) holdAll(n int, lead, spread time.Duration) map[string]time.Time {
	first := time.Now().Add(lead)
	until := map[string]time.Time{}
	for i := range n {
		h := history{uri: fmt.Sprintf("urn:held:%d", i)}
		s := step{doc: doc{Version: 1, Lang: "en", Token: fmt.Sprintf("token%dx0end", i)}}
		end := first.Add(time.Duration(rand.Int64N(int64(spread)))).UTC().Round(0)
		s.until = time.Until(end)
		body, d := s.body(h.uri, time.Now())
		until[h.story()] = d.Until
		l.push("first", h.story(), 0, body)
	}
	return until
}

// searchUntilReleased reads everything that a subscriber can read, over and over, until every story is out. The clocks
// jump meanwhile. It returns how often it looked.
func (l *line) searchUntilReleased(until map[string]time.Time) int {
	l.t.Helper()
	looks := 0
	eventually(l.t, "every story is released", 2*time.Minute, func() bool {
		l.off.Store(-l.off.Load())
		<-time.After(200 * time.Millisecond) // reading it all takes its share of the machine
		looks++
		out := map[string]bool{}
		for _, m := range l.stored(stream.NEWS, "news.>") {
			out[stream.LastToken(m.Subject())] = true
		}
		now := time.Now()
		for story := range out {
			if end := until[story]; end.After(now) {
				l.t.Errorf("story %s can be read %s before its hour", story, end.Sub(now))
			}
		}
		return len(out) == len(until)
	})
	eventually(l.t, "the line settles", time.Minute, func() bool { return l.quiet(stages()) })
	return looks
}

// releases are how late each story was there, sorted. Each is there once, on its two subjects, and not before its time.
func (l *line) releases(until map[string]time.Time) []time.Duration {
	l.t.Helper()
	var late []time.Duration
	count := map[string]int{}
	for _, m := range l.stored(stream.NEWS, "news.>") {
		meta, err := m.Metadata()
		if err != nil {
			l.t.Fatal(err)
		}
		count[m.Subject()]++
		by := meta.Timestamp.Sub(until[stream.LastToken(m.Subject())])
		if by < 0 || m.Headers().Get(stream.HEvent) != wiredesk.EventRelease {
			l.t.Errorf("%s: %s, %s after its hour", m.Subject(), m.Headers().Get(stream.HEvent), by)
		}
		if f, _, ok := stream.ParseNews(m.Subject()); ok && f.Name == "wire" {
			late = append(late, by)
		}
	}
	for subject, n := range count {
		if n != 1 {
			l.t.Errorf("%s holds %d messages; want one", subject, n)
		}
	}
	if len(count) != 2*len(until) || len(late) != len(until) {
		l.t.Fatalf("%d subjects and %d stories; want %d and %d", len(count), len(late), 2*len(until), len(until))
	}
	slices.Sort(late)
	return late
}
