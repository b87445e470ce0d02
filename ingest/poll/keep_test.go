package poll_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestNothingIsLostWhileTheBrokerIsAway lets a feed roll on past its window while nothing can be stored.
func TestNothingIsLostWhileTheBrokerIsAway(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.says(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"1"`)
		fmt.Fprint(w, channel(plain("ferry")...))
	})
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	revision := r.cursor().Revision()
	r.broker.Stop()
	for _, window := range [][]string{{"bakery", "ferry"}, {"comet", "bakery"}, {"bridge", "comet"}} {
		r.agency.serves(channel(plain(window...)...))
		r.pass(time.Hour)
		round := r.poll()
		if round.Outcome != poll.OutcomeWaiting || round.New != 1 || round.Err == nil {
			t.Errorf("the look is %s with %d new and error %v; want it to wait with 1", round.Outcome, round.New, round.Err)
		}
		if round.Next > 10*time.Second {
			t.Errorf("the next try is in %s; want it soon", round.Next)
		}
	}
	r.broker.Start(t)
	eventually(t, "the broker is back", r.broker.NC.IsConnected)
	if got := r.cursor().Revision(); got != revision {
		t.Errorf("the cursor moved from %d to %d before anything was stored", revision, got)
	}
	eventually(t, "the items in hand are stored", func() bool { r.poll(); return r.stored(stream.RAW) == 4 })
	eventually(t, "the cursor moves", func() bool { r.poll(); return r.cursor().Revision() > revision })
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if got := r.stored(stream.RAW); got != 4 {
		t.Errorf("RAW holds %d documents; want 4, each once", got)
	}
}

// TestACrashBetweenStoreAndCursorIsHarmless ends a poller after it stored an item and before it kept its place.
func TestACrashBetweenStoreAndCursorIsHarmless(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry", "bakery", "comet")...))
	real, n := r.take, 0
	r.take = func(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
		if n++; n > 2 {
			return wiredesk.Receipt{}, &intake.Busy{Why: "a test", After: time.Second}
		}
		return real(ctx, raw)
	}
	if round := r.poll(); round.Outcome != poll.OutcomeWaiting {
		t.Errorf("the look is %s; want waiting", round.Outcome)
	}
	if r.cursor() != nil {
		t.Error("the cursor moved although an item is not stored")
	}
	r.take = real
	first := r.stories()
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeChanged, 3, 0)
	again := r.stories()
	if len(first) != 2 || len(again) != 3 || !slices.Contains(again, first[0]) || !slices.Contains(again, first[1]) {
		t.Errorf("stories %v before the crash and %v after; want the same ones and one more", first, again)
	}
	if got := r.stored(stream.RAW); got != 3 {
		t.Errorf("RAW holds %d documents; want 3: the same bytes are a duplicate", got)
	}
}

func TestAnItemOverTheLimitDoesNotStopTheFeed(t *testing.T) {
	r := newRoom(t, nil)
	big := plain("bakery")[0]
	big.text = strings.Repeat("bread and salt ", stream.MaxStory/15+1)
	r.agency.serves(channel(append(plain("ferry"), big)...))
	for range 3 {
		r.poll()
	}
	if got := r.stored(stream.RAW); got != 1 {
		t.Errorf("RAW holds %d documents; want the one that fits", got)
	}
	if !strings.Contains(r.log.String(), fmt.Sprint(stream.MaxStory)) {
		t.Errorf("the limit is not named:\n%s", r.log)
	}
}

func TestOneWorkerAtATimePolls(t *testing.T) {
	r := newRoom(t, nil)
	var asked [2]atomic.Int32
	r.agency.says(func(w http.ResponseWriter, req *http.Request) {
		i := 0
		if req.Header.Get("X-Worker") == "1" {
			i = 1
		}
		asked[i].Add(1)
		fmt.Fprint(w, channel(plain("ferry")...))
	})
	var stops [2]func()
	for i := range stops {
		o := r.options()
		o.Alone, o.Now, o.Headers = false, nil, http.Header{"X-Worker": {fmt.Sprint(i)}}
		o.Every, o.Least, o.Most, o.Lease = 20*time.Millisecond, 20*time.Millisecond, 20*time.Millisecond, 300*time.Millisecond
		p, err := poll.New(o)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- p.Receive(ctx, r.take) }()
		stops[i] = func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("worker %d: %v", i, err)
			}
		}
		if i == 0 {
			eventually(t, "the first worker polls", func() bool { return asked[0].Load() > 0 })
		}
	}
	eventually(t, "the first worker polls on", func() bool { return asked[0].Load() > 20 })
	if n := asked[1].Load(); n != 0 {
		t.Errorf("the second worker polled %d times beside the first", n)
	}
	stops[0]()
	eventually(t, "the second worker takes over", func() bool { return asked[1].Load() > 3 })
	stops[1]()
	if got := r.stored(stream.RAW); got != 1 {
		t.Errorf("RAW holds %d documents; want 1: the place is handed over too", got)
	}
}

// TestADeadWorkersFeedIsTakenOver leaves a lease behind that nobody renews.
func TestADeadWorkersFeedIsTakenOver(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry")...))
	o := r.options()
	o.Alone, o.Lease = false, 200*time.Millisecond
	if _, err := o.Cursors.Create(t.Context(), "lease.lantern", []byte("a worker that died")); err != nil {
		t.Fatal(err)
	}
	p, err := poll.New(o)
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = p.Receive(ctx, r.take) }()
	eventually(t, "the feed is polled", func() bool { return r.stored(stream.RAW) == 1 })
	if took := time.Since(begun); took < 200*time.Millisecond {
		t.Errorf("the lease of another worker was taken after %s; it lasts 200ms", took)
	}
	cancel()
	<-done
	if _, err := o.Cursors.Get(t.Context(), "lease.lantern"); err == nil {
		t.Error("the lease is kept after the end")
	}
}

// TestTheSlowerOfTwoWorkersYields moves the cursor under a poller, as a worker would that took the lease over.
func TestTheSlowerOfTwoWorkersYields(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry")...))
	r.poll()
	slow := r.poller
	r.restart(nil)
	r.agency.serves(channel(plain("bakery", "ferry")...))
	r.pass(time.Hour)
	r.poll()
	revision := r.cursor().Revision()
	r.poller = slow
	r.pass(time.Hour)
	if round := r.poll(); round.Outcome != poll.OutcomeWaiting || !strings.Contains(fmt.Sprint(round.Err), "another worker") {
		t.Errorf("the look is %s (%v); want it to yield", round.Outcome, round.Err)
	}
	if got := r.cursor().Revision(); got != revision {
		t.Errorf("the cursor of the other worker was overwritten: revision %d, was %d", got, revision)
	}
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	if got := r.stored(stream.RAW); got != 2 {
		t.Errorf("RAW holds %d documents; want 2", got)
	}
}

func TestACursorThatCannotBeReadBeginsAnew(t *testing.T) {
	r := newRoom(t, nil)
	r.agency.serves(channel(plain("ferry")...))
	kv := r.options().Cursors
	if _, err := kv.Put(t.Context(), "cursor.lantern", []byte("no cursor")); err != nil {
		t.Fatal(err)
	}
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	if err := kv.Delete(t.Context(), "cursor.lantern"); err != nil {
		t.Fatal(err)
	}
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	r.restart(nil)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
}

func TestALeaseThatCannotBeHadIsTold(t *testing.T) {
	r := newRoom(t, nil)
	nc := r.broker.Connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	o := r.options()
	if o.Cursors, err = js.KeyValue(t.Context(), stream.CursorBucket); err != nil {
		t.Fatal(err)
	}
	o.Alone, o.Lease = false, 60*time.Millisecond
	nc.Close()
	p, err := poll.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.Receive(ctx, r.take) }()
	eventually(t, "the trouble is told", func() bool { return strings.Contains(r.log.String(), "who polls this feed") })
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Receive = %v; want nil", err)
	}
}

func TestWhatAPollerNeeds(t *testing.T) {
	r := newRoom(t, nil)
	for _, change := range []func(*poll.Options){
		func(o *poll.Options) { o.Feed = "" },
		func(o *poll.Options) { o.Provider = "" },
		func(o *poll.Options) { o.Formats = nil },
		func(o *poll.Options) { o.Cursors = nil },
		func(o *poll.Options) { o.URL = "mailto:desk@lantern.example" },
		func(o *poll.Options) { o.CA = []byte("no certificate") },
	} {
		o := r.options()
		change(&o)
		if _, err := poll.New(o); err == nil {
			t.Error("a poller without what it needs is made")
		}
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(15 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("not within 15 s: %s", what)
		}
		<-tick.C
	}
}
