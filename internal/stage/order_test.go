package stage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Whatever fails and is tried again, the versions of a story come out in the order in which they came in.
func TestStoriesKeepTheirOrder(t *testing.T) {
	const stories, versions = 40, 12
	b := brokertest.New(t)
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		if in.Try < 4 && rand.N(3) == 0 {
			return nil, errWire
		}
		if rand.N(10) == 0 {
			return nil, stage.After(time.Millisecond, errWire)
		}
		return pass(ctx, in)
	})
	d.options.Log = d.options.Log.Level(5)
	d.options.InHand = 100
	d.file(stories, versions)
	d.start()
	d.settled()
	d.end()
	last := map[string]int{}
	for _, m := range all(t, b, stream.ARTICLES) {
		v, err := strconv.Atoi(string(m.Data))
		if err != nil || v != last[m.Subject]+1 {
			t.Fatalf("%s: version %s after %d", m.Subject, m.Data, last[m.Subject])
		}
		last[m.Subject] = v
	}
	if len(last) != stories {
		t.Errorf("%d stories came out; want %d", len(last), stories)
	}
	if n := d.tally.of(stage.Taken); n != stories*versions || d.tally.of(stage.Done) != n {
		t.Errorf("outcomes %v; want %d taken and as many done", d.tally.count, stories*versions)
	}
	if d.tally.of(stage.Retried) == 0 || d.tally.of(stage.Postponed) == 0 {
		t.Error("nothing was tried again: the test shows nothing")
	}
}

// A story that hangs, whether or not it hears its deadline, one that panics and one that waits for its next try delay
// nobody else, even when there are as many as there are workers.
func TestBadStoryDelaysOnlyItself(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	b := brokertest.New(t)
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		switch n, _ := strconv.Atoi(story(in)[1:]); {
		case n < 2:
			<-release
		case n < 4:
			<-ctx.Done()
			return nil, ctx.Err()
		case n < 8:
			panic("no headline")
		case n < 12:
			return nil, stage.After(time.Hour, errWire)
		}
		return pass(ctx, in)
	})
	d.options.Workers, d.options.Deadline = 4, 1500*time.Millisecond
	d.options.Log = d.options.Log.Level(5)
	d.start()
	began := time.Now()
	d.file(112, 1)
	until(t, "a hundred good stories are done", func() bool { return d.tally.of(stage.Done) == 100 })
	if took := time.Since(began); took > time.Second {
		t.Errorf("the good stories took %s; want less than a second", took)
	}
	until(t, "two handlers are left behind", func() bool { return d.tally.of(stage.Abandoned) == 2 })
	until(t, "the panics are buried", func() bool { return d.tally.of(stage.Dead) >= 4 })
	d.stop()
	if err := d.wait(); err != nil {
		t.Errorf("Run = %v", err)
	}
}

// While a message is in hand, at work or waiting, the broker hears of it: it is delivered to nobody else, and a retry
// is never a negative acknowledgement, which would let the next version overtake.
func TestHeldMessagesAreNotRedelivered(t *testing.T) {
	b := brokertest.New(t)
	consumer, err := b.JS.CreateConsumer(t.Context(), stream.RAW, jetstream.ConsumerConfig{
		Durable: "hasty", AckPolicy: jetstream.AckExplicitPolicy, AckWait: time.Second, FilterSubject: stream.RawPrefix + "*",
	})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	calls := map[string]int{}
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		mu.Lock()
		calls[story(in)]++
		n := calls[story(in)]
		mu.Unlock()
		switch {
		case story(in) == "s0" && string(in.Data) == "1":
			<-time.After(2500 * time.Millisecond)
		case story(in) == "s1" && n == 1:
			return nil, stage.After(2500*time.Millisecond, errWire)
		case story(in) == "s2" && n < 4:
			return nil, errWire
		}
		return pass(ctx, in)
	})
	d.options.Consumer = "hasty"
	d.file(3, 2)
	d.start()
	d.settled()
	d.end()
	mu.Lock()
	defer mu.Unlock()
	if want := (map[string]int{"s0": 2, "s1": 3, "s2": 5}); fmt.Sprint(calls) != fmt.Sprint(want) {
		t.Errorf("calls %v; want %v", calls, want)
	}
	if info, err := consumer.Info(t.Context()); err != nil || info.Delivered.Consumer != 6 {
		t.Errorf("%d deliveries of 6 messages (%v)", info.Delivered.Consumer, err)
	}
}

// A hand far smaller than the backlog never starves, and never holds more than it should.
func TestSmallHand(t *testing.T) {
	b := brokertest.New(t)
	var mu sync.Mutex
	now, most := 0, 0
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		out, err := pass(ctx, in)
		mu.Lock()
		now--
		mu.Unlock()
		return out, err
	})
	d.options.InHand = 3
	d.file(300, 1)
	began := time.Now()
	d.start()
	d.settled()
	took := time.Since(began)
	d.end()
	if most > 3 || took > 5*time.Second {
		t.Errorf("%d at a time in %s; want 3 at most, and no stall", most, took)
	}
	if n := len(all(t, b, stream.ARTICLES)); n != 300 {
		t.Errorf("%d stored; want 300", n)
	}
}
