package stage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// The broker goes away in the middle, twice; nothing is lost, doubled or buried for it.
func TestOutageLosesNothing(t *testing.T) {
	for name, opts := range map[string][]brokertest.Option{"in process": nil, "over TCP": {brokertest.Listen()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const stories, versions = 150, 4
			b := brokertest.New(t, opts...)
			d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
				<-time.After(time.Millisecond)
				return pass(ctx, in)
			})
			d.options.Tries, d.options.Workers = 2, 2
			d.options.Log = d.options.Log.Level(5)
			d.file(stories, versions)
			d.start()
			for _, n := range []int{100, 300} {
				until(t, fmt.Sprint(n, " are done"), func() bool { return d.tally.of(stage.Done) >= n })
				b.Restart(t)
				began := time.Now()
				until(t, "it goes on", func() bool { return d.tally.of(stage.Done) > n+20 })
				if took := time.Since(began); took > 2*time.Second {
					t.Errorf("it took %s to go on once the broker was back", took)
				}
			}
			until(t, "all are stored", func() bool {
				s, err := b.JS.Stream(t.Context(), stream.ARTICLES)
				return err == nil && s.CachedInfo().State.Msgs >= stories*versions
			})
			d.end()
			if n := len(all(t, b, stream.ARTICLES)); n != stories*versions {
				t.Errorf("%d stored; want %d", n, stories*versions)
			}
			if n := len(all(t, b, stream.DEAD)); n != 0 {
				t.Errorf("%d dead letters: an outage must not make any", n)
			}
		})
	}
}

// A loop that has nothing to do notices that the broker was away, and asks it anew.
func TestOutageWhileIdle(t *testing.T) {
	b := brokertest.New(t)
	d := newDesk(t, b, pass).start()
	d.push("a", "1")
	until(t, "the first is done", func() bool { return d.tally.of(stage.Done) == 1 })
	b.Restart(t)
	until(t, "the broker is back", func() bool { return b.NC.IsConnected() })
	d.push("a", "2")
	began := time.Now()
	until(t, "the second is done", func() bool { return d.tally.of(stage.Done) == 2 })
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %s", took)
	}
	d.end()
}

// Where the dead letter cannot be written the message stays unsettled, and comes back.
func TestDeadLetterThatCannotBeStored(t *testing.T) {
	b := brokertest.New(t)
	if err := b.JS.DeleteStream(t.Context(), stream.DEAD); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, b, func(context.Context, stage.Message) ([]stream.Message, error) { return nil, stage.Reject(errWire) })
	d.options.Log = d.options.Log.Level(5)
	d.options.Drain = 100 * time.Millisecond
	d.push("a", "copy")
	d.start()
	until(t, "it waits", func() bool { return d.tally.of(stage.Unavailable) > 2 })
	if info := d.consumer(); info.NumAckPending != 1 {
		t.Errorf("%d unsettled; want 1", info.NumAckPending)
	}
	d.end()
	if info := d.consumer(); info.NumAckPending+int(info.NumPending) != 1 {
		t.Errorf("%d unsettled after the end; want 1", info.NumAckPending)
	}
	if err := broker.Ensure(t.Context(), b.JS, stream.Defaults(), true); err != nil {
		t.Fatal(err)
	}
	impatient(t, b)
	d.start()
	d.settled()
	d.end()
	if n := len(all(t, b, stream.DEAD)); n != 1 {
		t.Errorf("%d dead letters; want 1", n)
	}
}

// impatient makes the consumer of enrich deliver again what nobody settles within a second.
func impatient(t *testing.T, b *brokertest.Broker) {
	t.Helper()
	c := stream.Consumers()[stream.RAW][0]
	c.AckWait = time.Second
	if _, err := b.JS.UpdateConsumer(t.Context(), stream.RAW, c); err != nil {
		t.Fatal(err)
	}
}

func TestFullStoreIsWaitedFor(t *testing.T) {
	b := brokertest.New(t)
	s, err := b.JS.Stream(t.Context(), stream.ARTICLES)
	if err != nil {
		t.Fatal(err)
	}
	wide := s.CachedInfo().Config
	full := wide
	full.Discard, full.MaxBytes = jetstream.DiscardNew, 10
	if _, err := b.JS.UpdateStream(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, b, pass)
	d.options.Tries = 1
	d.options.Log = d.options.Log.Level(5)
	d.push("a", "copy")
	d.start()
	until(t, "it waits for room", func() bool { return d.tally.of(stage.Full) > 2 })
	wide.Discard = jetstream.DiscardNew
	if _, err := b.JS.UpdateStream(t.Context(), wide); err != nil {
		t.Fatal(err)
	}
	d.settled()
	d.end()
	if n := len(all(t, b, stream.ARTICLES)); n != 1 || d.tally.of(stage.Dead) != 0 {
		t.Errorf("%d stored, %v; want 1 and no dead letter", n, d.tally.count)
	}
}

// A store that does not answer costs no try, though the dead letter could be stored.
func TestStoreIsWaitedFor(t *testing.T) {
	b := brokertest.New(t)
	if err := b.JS.DeleteStream(t.Context(), stream.ARTICLES); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, b, pass)
	d.options.Tries, d.options.Log = 1, d.options.Log.Level(5)
	d.push("a", "copy")
	d.start()
	until(t, "it waits", func() bool { return d.tally.of(stage.Unavailable) > 2 })
	if err := broker.Ensure(t.Context(), b.JS, stream.Defaults(), true); err != nil {
		t.Fatal(err)
	}
	d.settled()
	d.end()
	if stored, dead := len(all(t, b, stream.ARTICLES)), len(all(t, b, stream.DEAD)); stored != 1 || dead != 0 {
		t.Errorf("%d stored, %d dead letters; want 1 and 0", stored, dead)
	}
}

// A drain finishes what has begun and gives the rest back, for others to take at once.
func TestDrain(t *testing.T) {
	begun, finish := make(chan struct{}, 80), make(chan struct{})
	var handled atomic.Int64
	b := brokertest.New(t)
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		if story(in) == "s7" {
			return nil, stage.After(time.Hour, errWire)
		}
		handled.Add(1)
		begun <- struct{}{}
		<-finish
		return pass(ctx, in)
	})
	d.options.Workers = 2
	d.file(8, 10)
	d.start()
	<-begun
	<-begun
	until(t, "all are in hand", func() bool { return d.tally.of(stage.Taken) == 80 && d.tally.of(stage.Postponed) == 1 })
	d.stop()
	until(t, "the waiting are given back", func() bool { return d.tally.of(stage.Released) >= 10 })
	close(finish)
	if err := d.wait(); err != nil {
		t.Errorf("Run = %v", err)
	}
	done, released := d.tally.of(stage.Done), d.tally.of(stage.Released)
	if done == 0 || done > 7 || done != int(handled.Load()) || done+released != 80 {
		t.Errorf("%d done and %d given back of 80; want the %d that had begun done", done, released, handled.Load())
	}
	next := newDesk(t, b, pass)
	began := time.Now()
	next.start()
	next.settled()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the next process got them after %s; want at once", took)
	}
	next.end()
	if n := len(all(t, b, stream.ARTICLES)); n != 80 {
		t.Errorf("%d stored; want 80", n)
	}
}

// What does not finish in time is given back all the same.
func TestDrainThatTakesTooLong(t *testing.T) {
	release, heard := make(chan struct{}), make(chan struct{}, 1)
	defer close(release)
	b := brokertest.New(t)
	d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
		if story(in) == "s0" {
			<-release
		}
		<-ctx.Done()
		heard <- struct{}{}
		return nil, ctx.Err()
	})
	d.options.Deadline = time.Hour
	d.options.Drain, d.options.Log = 200*time.Millisecond, d.options.Log.Level(5)
	d.file(2, 2)
	d.start()
	until(t, "all are in hand", func() bool { return d.tally.of(stage.Taken) == 4 })
	d.end()
	select {
	case <-heard:
	case <-time.After(5 * time.Second):
		t.Error("the handler is not told to stop")
	}
	next := newDesk(t, b, pass)
	began := time.Now()
	next.start()
	next.settled()
	next.end()
	if took := time.Since(began); took > 2*time.Second || d.tally.of(stage.Released) != 4 {
		t.Errorf("%d given back, settled elsewhere after %s; want 4, at once", d.tally.of(stage.Released), took)
	}
}

func TestWhatCannotGoOn(t *testing.T) {
	for name, hit := range map[string]func(t *testing.T, d *desk){
		"connection closed": func(_ *testing.T, d *desk) { d.nc.Close() },
		"long subject": func(t *testing.T, d *desk) {
			if err := d.nc.Publish(strings.Repeat("a", 5000), nil); err != nil {
				t.Fatal(err)
			}
		},
		"consumer deleted": func(t *testing.T, d *desk) {
			if err := d.b.JS.DeleteConsumer(t.Context(), stream.RAW, stream.EnrichConsumer); err != nil {
				t.Fatal(err)
			}
		},
		"stream deleted": func(t *testing.T, d *desk) {
			if err := d.b.JS.DeleteStream(t.Context(), stream.RAW); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := brokertest.New(t)
			d := newDesk(t, b, pass)
			d.nc = b.Connect(t)
			d.start()
			d.push("a", "copy")
			d.settled()
			hit(t, d)
			began := time.Now()
			if err := d.wait(); err == nil {
				t.Error("Run = nil; want an error: it cannot go on")
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("it took %s to notice", took)
			}
		})
	}
	b := brokertest.New(t)
	d := newDesk(t, b, pass)
	d.options.Consumer = "nobody"
	d.start()
	if err := d.wait(); !errors.Is(err, jetstream.ErrConsumerNotFound) {
		t.Errorf("Run without a consumer = %v; want ErrConsumerNotFound", err)
	}
}

// The process dies between any two steps; the next one takes up the work, and nothing is lost or stored twice.
func TestCrashAtEveryStep(t *testing.T) {
	crash := errors.New("power cut")
	for _, point := range []string{"handled", "stored", "acked", "buried"} {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			b := brokertest.New(t)
			impatient(t, b)
			d := newDesk(t, b, func(ctx context.Context, in stage.Message) ([]stream.Message, error) {
				if story(in) == "s3" {
					return nil, stage.Reject(errWire)
				}
				return pass(ctx, in)
			})
			d.options.Log = d.options.Log.Level(5)
			var passed atomic.Int64
			d.options.Fault = func(at string) error {
				if at == point && passed.Add(1) == 3 {
					return crash
				}
				return nil
			}
			d.file(5, 5)
			d.start()
			if err := d.wait(); !errors.Is(err, crash) {
				t.Fatalf("Run = %v; want the crash", err)
			}
			d.options.Fault = nil
			d.start()
			d.settled()
			d.end()
			if stored, dead := len(all(t, b, stream.ARTICLES)), len(all(t, b, stream.DEAD)); stored != 20 || dead != 5 {
				t.Errorf("%d stored and %d dead letters; want 20 and 5", stored, dead)
			}
		})
	}
}

// A message that is delivered over and over and never settled is what ends the process each time. The broker would
// deliver it for ever, or drop it without a word.
func TestMenaceIsBuried(t *testing.T) {
	b := brokertest.New(t)
	d := newDesk(t, b, pass)
	d.push("a", "copy")
	c, err := b.JS.Consumer(t.Context(), stream.RAW, stream.EnrichConsumer)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		m, err := c.Next()
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Nak(); err != nil {
			t.Fatal(err)
		}
	}
	d.start()
	d.settled()
	d.end()
	dead := all(t, b, stream.DEAD)
	if len(dead) != 1 || !strings.Contains(stream.TextValue(dead[0].Header.Get(stream.HReason)), "never settled") {
		t.Errorf("%d dead letters; want one that says why", len(dead))
	}
}

func TestDeadLetterOfTheLargest(t *testing.T) {
	b := brokertest.New(t)
	why := errors.New(strings.Repeat("سبب\n", 2000))
	d := newDesk(t, b, func(context.Context, stage.Message) ([]stream.Message, error) { return nil, stage.Reject(why) })
	d.options.Log = d.options.Log.Level(7)
	m := nats.NewMsg(stream.RawPrefix + "sana")
	m.Header.Set(stream.HFeed, "SANA > *")
	m.Header.Set("Nats-Rollup", "kept out")
	m.Data = make([]byte, stream.MaxMessage-100)
	m.Header.Del("Nats-Rollup")
	if _, err := b.JS.PublishMsg(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	wordy := nats.NewMsg(stream.RawPrefix + "sana")
	wordy.Header.Set(stream.HName, strings.Repeat("a", 65_000))
	wordy.Header.Set(stream.HFeed, strings.Repeat("b", 300))
	if _, err := b.JS.PublishMsg(t.Context(), wordy); err != nil {
		t.Fatal(err)
	}
	d.start()
	d.settled()
	d.end()
	dead := all(t, b, stream.DEAD)
	if len(dead) != 2 {
		t.Fatalf("%d dead letters; want 2", len(dead))
	}
	for _, m := range dead {
		reason := stream.TextValue(m.Header.Get(stream.HReason))
		switch m.Subject {
		case "wire.dead.enrich._53_41_4e_41_20_3e_20_2a":
			if len(m.Data) < stream.MaxMessage-10_000 || !strings.Contains(reason, fmt.Sprintf("kept %d of %d bytes", len(m.Data), stream.MaxMessage-100)) {
				t.Errorf("%d bytes kept, reason ends %q", len(m.Data), reason[len(reason)-60:])
			}
		case "wire.dead.enrich.unknown":
			if m.Header.Get(stream.HFromSubject) != "wire.raw.sana" {
				t.Errorf("headers %v", m.Header)
			}
		default:
			t.Errorf("dead letter on %s", m.Subject)
		}
	}
}
