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

// A hand far smaller than the backlog holds what it should, and never starves: neither while it is full nor when
// nearly all of it waits.
func TestSmallHand(t *testing.T) {
	const hand, waiting, good = 16, 15, 300
	b := brokertest.New(t)
	gate := make(chan struct{})
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		<-gate
		if n, _ := strconv.Atoi(story(in)[1:]); n < waiting {
			return nil, stage.After(time.Hour, errWire)
		}
		return pass(ctx, in)
	})
	d.options.InHand, d.options.Log = hand, d.options.Log.Level(5)
	d.file(waiting+good, 1)
	d.start()
	until(t, "the hand is full", func() bool { return d.tally.of(stage.Taken) >= hand })
	if info := d.consumer(); info.NumAckPending != hand {
		t.Errorf("%d in hand; want %d", info.NumAckPending, hand)
	}
	close(gate)
	until(t, "the good ones pass by the waiting ones", func() bool { return d.tally.of(stage.Done) == good })
	d.end()
}

// The broker may deliver a message that is in hand already. It is handled once, and settled.
func TestDeliveredWhileInHand(t *testing.T) {
	b := brokertest.New(t)
	gate := make(chan struct{})
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		<-gate
		return pass(ctx, in)
	})
	d.push("a", "copy")
	d.start()
	until(t, "it is in hand", func() bool { return d.tally.of(stage.Taken) == 1 })
	if err := b.NC.Publish("$JS.ACK.RAW.enrich.1.1.1.0.0", []byte("-NAK")); err != nil {
		t.Fatal(err)
	}
	until(t, "it is delivered again", func() bool { return d.consumer().NumRedelivered == 1 })
	d.push("b", "copy")
	until(t, "the next is in hand", func() bool { return d.tally.of(stage.Taken) > 1 })
	close(gate)
	d.settled()
	d.end()
	if taken, done := d.tally.of(stage.Taken), d.tally.of(stage.Done); taken != 2 || done != 2 {
		t.Errorf("%d taken, %d done; want 2 and 2", taken, done)
	}
}

// The next version may come at the very moment when the lane of its story runs empty.
func TestLaneThatRunsEmpty(t *testing.T) {
	b := brokertest.New(t)
	d := newDesk(t, b, func(context.Context, stage.Message) ([]stream.Message, error) { return nil, nil })
	taken := make(chan struct{}, 2)
	d.options.Observe = observe(func(e stage.Event) {
		d.tally.Observe(e)
		switch {
		case e.Outcome == stage.Taken:
			taken <- struct{}{}
		case e.Outcome == stage.Done && d.tally.of(stage.Done) == 1:
			<-taken
			d.push("a", "2")
			<-taken
		}
	})
	d.push("a", "1")
	d.start()
	until(t, "both are done", func() bool { return d.tally.of(stage.Done) == 2 })
	d.end()
}

type observe func(stage.Event)

func (o observe) Observe(e stage.Event) { o(e) }

// Messages without a key wait for nobody.
func TestNoKeyNoOrder(t *testing.T) {
	b := brokertest.New(t)
	gate := make(chan struct{})
	d := newDesk(t, b, func(_ context.Context, in stage.Message) ([]stream.Message, error) {
		if in.Sequence == 1 {
			<-gate
		}
		return nil, nil
	})
	d.options.Key = func(stage.Message) string { return "" }
	d.file(1, 5)
	d.start()
	until(t, "the others are done", func() bool { return d.tally.of(stage.Done) == 4 })
	close(gate)
	d.settled()
	d.end()
}

// What a handler returns after it was left behind counts for nothing.
func TestLateAnswerIsNotHeard(t *testing.T) {
	b := brokertest.New(t)
	late, returned := make(chan struct{}), make(chan struct{})
	d := newDesk(t, b, func(_ context.Context, in stage.Message) ([]stream.Message, error) {
		if story(in) == "late" && in.Try == 1 {
			defer close(returned)
			<-late
		}
		return []stream.Message{{Subject: stream.ArticleSubject(story(in)), Data: fmt.Append(nil, in.Try)}}, nil
	})
	d.options.Deadline, d.options.Log = 100*time.Millisecond, d.options.Log.Level(5)
	d.push("late", "copy")
	d.start()
	until(t, "the second try is done", func() bool { return d.tally.of(stage.Done) == 1 })
	close(late)
	<-returned
	d.push("next", "copy")
	d.settled()
	d.end()
	got := all(t, b, stream.ARTICLES)
	if len(got) != 2 || string(got[0].Data) != "2" || got[1].Subject != stream.ArticleSubject("next") {
		t.Errorf("%d stored; want the answer of the second try only, and the next", len(got))
	}
}

// A message that another process left behind comes after its successor, which waits for it: it must not queue behind
// the one that waits.
func TestPredecessorOfAWaitingStory(t *testing.T) {
	b := brokertest.New(t)
	first := make(chan struct{})
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		if in.Sequence == 1 {
			close(first)
			return pass(ctx, in)
		}
		select {
		case <-first:
			return pass(ctx, in)
		default:
			return nil, stage.After(5*time.Millisecond, errWire)
		}
	})
	d.options.Log = d.options.Log.Level(5)
	d.file(1, 3)
	c, err := b.JS.Consumer(t.Context(), d.options.Stream, d.options.Consumer)
	if err != nil {
		t.Fatal(err)
	}
	left, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	d.start()
	for d.tally.of(stage.Postponed) < 3 {
		select {
		case <-t.Context().Done():
			t.Fatal("the successor does not wait")
		case <-time.After(time.Millisecond):
		}
	}
	if err := left.Nak(); err != nil {
		t.Fatal(err)
	}
	d.settled()
	d.end()
	for i, m := range all(t, b, stream.ARTICLES) {
		if string(m.Data) != strconv.Itoa(i+1) {
			t.Errorf("version %s at place %d", m.Data, i+1)
		}
	}
}
