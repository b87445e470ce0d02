package poll_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/poll"
)

func with(header, value string, status int, doc string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(header, value)
		w.WriteHeader(status)
		fmt.Fprint(w, doc)
	}
}

// TestWhenToLookAgain reads everything a server and a feed may say about that. The interval is ten minutes at first, with a
// floor of one minute and a ceiling of an hour.
func TestWhenToLookAgain(t *testing.T) {
	doc := channel(plain("ferry", "bakery", "comet", "bridge")...)
	says := func(words string) string {
		return strings.Replace(doc, "<description>wire", words+"<description>wire", 1)
	}
	const sy = `<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">4</sy:updateFrequency>`
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   time.Duration
	}{
		{"nothing said", with("X", "", 200, doc), 10 * time.Minute},
		{"max-age", with("Cache-Control", "public, max-age=1500", 200, doc), 25 * time.Minute},
		{"max-age beyond the ceiling", with("Cache-Control", "max-age=999999", 200, doc), time.Hour},
		{"no-cache", with("Cache-Control", "no-cache, max-age=1500", 200, doc), 10 * time.Minute},
		{"max-age that is no number", with("Cache-Control", "max-age=soon", 200, doc), 10 * time.Minute},
		{"ttl", with("X", "", 200, says("<ttl>20</ttl>")), 20 * time.Minute},
		{"ttl beyond the ceiling", with("X", "", 200, says("<ttl>1440</ttl>")), time.Hour},
		{"updatePeriod", with("X", "", 200, says(sy)), 15 * time.Minute},
		{"a ttl inside an item", with("X", "", 200, strings.Replace(doc, "<item>", "<item><ttl>50</ttl>", 1)), 10 * time.Minute},
		{"500", with("X", "", 500, ""), 10 * time.Minute},
		{"429 with seconds", with("Retry-After", "2700", 429, ""), 45 * time.Minute},
		{"503 with a date", with("Retry-After", "Tue, 06 May 2031 07:50:00 GMT", 503, ""), 50 * time.Minute},
		{"503 with a date that is over", with("Retry-After", "Tue, 06 May 2031 06:50:00 GMT", 503, ""), 10 * time.Minute},
		{"503 until doomsday", with("Retry-After", "99999999", 503, ""), 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRoom(t, nil)
			r.agency.says(tt.answer)
			if got := r.poll().Next; got != tt.want {
				t.Errorf("the next look is in %s; want %s", got, tt.want)
			}
		})
	}
}

func TestFailuresBackOffToTheCeilingAndNeverStop(t *testing.T) {
	r := newRoom(t, nil)
	var waits []string
	for range 6 {
		waits = append(waits, r.poll().Next.String())
	}
	if got := strings.Join(waits, " "); got != "10m0s 20m0s 40m0s 1h0m0s 1h0m0s 1h0m0s" {
		t.Errorf("after failures the feed waits %s", got)
	}
	if n := strings.Count(r.log.String(), "404"); n != 1 {
		t.Errorf("the same failure is told %d times; want once", n)
	}
	r.agency.serves(channel(plain("ferry")...))
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
}

func TestAHostsWishCountsForAllItsFeedsAndAfterARestart(t *testing.T) {
	hosts := &poll.Hosts{Gap: time.Nanosecond}
	r := newRoom(t, nil)
	r.restart(func(o *poll.Options) { o.Hosts = hosts })
	r.agency.says(with("Retry-After", "1800", 429, ""))
	wantError(t, r.poller.Poll(t.Context(), r.take), "429")
	_, before := r.agency.last()
	o := r.options()
	o.Feed, o.Hosts = "lantern-sport", hosts
	sport, err := poll.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if round := sport.Poll(t.Context(), r.take); round.Outcome != poll.OutcomeEarly || round.Next != 30*time.Minute {
		t.Errorf("another feed of the host: %s, next in %s; want it to wait 30m", round.Outcome, round.Next)
	}
	r.restart(nil)
	if round := r.poller.Poll(t.Context(), r.take); round.Outcome != poll.OutcomeEarly {
		t.Errorf("after a restart the look is %s; want the wish to be kept", round.Outcome)
	}
	if _, n := r.agency.last(); n != before {
		t.Errorf("%d requests to a host that asked for none", n-before)
	}
}

func TestTheIntervalFollowsTheFeed(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry", "bakery")...))
	r.poll()
	var last time.Duration
	for range 20 {
		last = r.poll().Next
	}
	if last != time.Hour {
		t.Errorf("a feed that never changes is looked at every %s; want the ceiling of 1h", last)
	}
	for i := range 30 {
		r.agency.serves(channel(plain(fmt.Sprint("n", i+3), fmt.Sprint("n", i+2), fmt.Sprint("n", i+1), fmt.Sprint("n", i))...))
		last = r.poll().Next
	}
	if last != time.Minute {
		t.Errorf("a feed that always brings something is looked at every %s; want the floor of 1m", last)
	}
}

func TestWhatMayHaveBeenMissedIsTold(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry", "bakery")...))
	if r.poll().Missed {
		t.Error("the first look is said to have missed something")
	}
	r.agency.serves(channel(plain("comet", "bakery")...))
	if r.poll().Missed {
		t.Error("a look that shares an item with the last is said to have missed something")
	}
	r.agency.serves(strings.Replace(channel(plain("bridge", "choir")...), "<description>wire", "<ttl>55</ttl><description>wire", 1))
	if round := r.poll(); !round.Missed || round.Next != time.Minute {
		t.Errorf("no item in common: missed is %t, next in %s; want true and the floor, whatever the feed advises", round.Missed, round.Next)
	}
	if !strings.Contains(r.log.String(), "may have been missed") {
		t.Error("the gap is not told")
	}
}

func TestASilenceThatTheRhythmDoesNotExplainIsTold(t *testing.T) {
	r := newRoom(t, nil)
	for i := range 12 {
		r.agency.serves(channel(plain(fmt.Sprint("n", i+1), fmt.Sprint("n", i))...))
		r.poll()
		r.pass(20 * time.Minute)
	}
	quiet := 0
	begun := r.clock()
	for r.clock().Sub(begun) < 12*time.Hour {
		if r.poll().Quiet {
			quiet++
		}
	}
	if n := strings.Count(r.log.String(), "is quiet"); n != 1 || quiet == 0 {
		t.Errorf("the silence is told %d times in %d quiet looks; want once", n, quiet)
	}
	r.agency.serves(channel(plain("ferry", "n12")...))
	if r.poll().Quiet {
		t.Error("the feed is still quiet after it spoke")
	}
}

func TestAFeedWithoutARhythmIsNeverQuiet(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry")...))
	r.poll()
	r.pass(1000 * time.Hour)
	if r.poll().Quiet {
		t.Error("a feed that spoke once is said to be quiet")
	}
}

func TestOneRequestAtATimeToAHost(t *testing.T) {
	r := newRoom(t, nil)
	var now, most atomic.Int32
	r.agency.says(func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		fmt.Fprint(w, channel(plain("ferry")...))
	})
	hosts := &poll.Hosts{Gap: 30 * time.Millisecond}
	begun := time.Now()
	done := make(chan poll.Round)
	for i := range 5 {
		o := r.options()
		o.Feed, o.Hosts = fmt.Sprint("lantern-", i), hosts
		p, err := poll.New(o)
		if err != nil {
			t.Fatal(err)
		}
		go func() { done <- p.Poll(t.Context(), r.take) }()
	}
	for range 5 {
		want(t, <-done, poll.OutcomeChanged, 1, 0)
	}
	if most.Load() != 1 || time.Since(begun) < 4*30*time.Millisecond {
		t.Errorf("%d requests at a time, five of them in %s; want one, and gaps of 30ms", most.Load(), time.Since(begun))
	}
}

func TestJitter(t *testing.T) {
	r := newRoom(t, nil)
	for chance, want := range map[float64]time.Duration{0: 9 * time.Minute, 0.5: 10 * time.Minute, 1: 11 * time.Minute} {
		r.restart(func(o *poll.Options) { o.Chance = func() float64 { return chance } })
		if got := r.poller.Poll(t.Context(), r.take).Next; got != want {
			t.Errorf("by chance %g the next look is in %s; want %s", chance, got, want)
		}
	}
}

func TestTheEndOfTheLineEndsALook(t *testing.T) {
	r := newRoom(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	r.agency.says(func(_ http.ResponseWriter, req *http.Request) { cancel(); <-req.Context().Done() })
	r.poller.Poll(ctx, r.take)
	if strings.Contains(r.log.String(), "failed") {
		t.Errorf("the end is told as a failure of the feed:\n%s", r.log)
	}
}
