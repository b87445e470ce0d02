package linebench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// trial is one side at work on fresh streams.
type trial struct {
	push    func(ctx context.Context, n int) error // the n-th story; returns once it is on its way
	pushers int                                    // how many push at a time
	most    int                                    // stories on the way at a time, less than Options.Window; 0 is no less
	nc      *nats.Conn                             // the subscriber's
	close   func() error

	js  jetstream.JetStream
	now atomic.Pointer[tally]
}

type opener func(ctx context.Context, o Options, m mode, dir string) (*trial, error)

// try runs one side once: throughput first, then latency.
func try(ctx context.Context, o Options, m mode, open opener) (f Figures, err error) {
	err = within(ctx, o, m, open, func(t *trial) error {
		stories := o.Stories
		if m.durability == Durable {
			stories = max(stories/4, 1)
		}
		busy := processorTime()
		if f.Stories, err = profiled(o, func() (float64, error) { return t.throughput(ctx, stories, t.window(o)) }); err != nil {
			return err
		}
		f.CPUMs = milliseconds(processorTime()-busy) / float64(stories)
		late, err := t.latency(ctx, stories, max(int(o.Seconds*float64(o.Rate)), 1), o.Rate)
		if err != nil {
			return err
		}
		f.P50Ms, f.P99Ms, f.P999Ms = percentile(late, 0.5), percentile(late, 0.99), percentile(late, 0.999)
		f.Messages, err = t.fanOut(ctx)
		return err
	})
	return f, err
}

func (t *trial) window(o Options) int {
	if t.most > 0 {
		return min(t.most, o.Window)
	}
	return o.Window
}

// within opens a side in a directory of its own, lets a subscriber follow, and closes it after the work.
func within(ctx context.Context, o Options, m mode, open opener, work func(*trial) error) error {
	debug.FreeOSMemory()
	dir, err := os.MkdirTemp(o.Dir, "wiredesk-bench-")
	if err != nil {
		return fmt.Errorf("a directory for the streams: %w", err)
	}
	t, err := open(ctx, o, m, dir)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	stop, err := t.follow(ctx)
	if err == nil {
		err = work(t)
		stop()
	}
	t.nc.Close()
	return errors.Join(err, t.close(), os.RemoveAll(dir))
}

func profiled(o Options, work func() (float64, error)) (float64, error) {
	if o.Profile == nil {
		return work()
	}
	if err := pprof.StartCPUProfile(o.Profile); err != nil {
		return 0, err
	}
	defer pprof.StopCPUProfile()
	return work()
}

// follow is the subscriber: a durable pull consumer of the canonical copies, the same on both sides.
func (t *trial) follow(ctx context.Context) (stop func(), err error) {
	if t.js, err = jetstream.New(t.nc); err != nil {
		return nil, err
	}
	c, err := t.js.CreateConsumer(ctx, stream.NEWS, jetstream.ConsumerConfig{
		Durable: "bench", FilterSubject: stream.NewsPrefix + "wire.*.*", AckPolicy: jetstream.AckExplicitPolicy, MaxAckPending: 4096,
	})
	if err != nil {
		return nil, err
	}
	run, err := consume(c, func(m jetstream.Msg) {
		n := number(m.Headers().Get(stream.HURI))
		if now := t.now.Load(); now != nil {
			now.arrived(n)
		}
		if err := m.Ack(); err != nil {
			return // it comes again, and the tally tells
		}
	})
	if err != nil {
		return nil, err
	}
	return run.Stop, nil
}

// consume pulls the way that never stalls for long with this client.
func consume(c jetstream.Consumer, handle func(jetstream.Msg)) (jetstream.ConsumeContext, error) {
	return c.Consume(handle, jetstream.PullMaxMessages(2000), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
}

// throughput pushes so many stories, with at most window of them between push and subscriber, and returns how many
// arrived in a second.
func (t *trial) throughput(ctx context.Context, stories, window int) (float64, error) {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	ta := newTally(0, stories, window)
	t.now.Store(ta)
	began := time.Now()
	var next atomic.Int64
	var pushers sync.WaitGroup
	for range t.pushers {
		pushers.Go(func() {
			for n := int(next.Add(1)) - 1; n < stories && ta.enter(ctx); n = int(next.Add(1)) - 1 {
				ta.sent(n)
				if err := t.push(ctx, n); err != nil {
					fail(err)
				}
			}
		})
	}
	pushers.Wait()
	err := ta.wait(ctx)
	return float64(stories) / time.Since(began).Seconds(), err
}

// latency pushes so many stories at a steady rate, however long each takes, and returns how long each took from the
// push to the subscriber's handler. Its stories have the numbers from first on.
func (t *trial) latency(ctx context.Context, first, stories, rate int) ([]time.Duration, error) {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	ta := newTally(first, stories, stories)
	t.now.Store(ta)
	began := time.Now()
	clock := time.NewTimer(0)
	defer clock.Stop()
	var pushes sync.WaitGroup
	for i := 0; i < stories && ctx.Err() == nil; i++ {
		clock.Reset(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(rate))))
		select {
		case <-clock.C:
		case <-ctx.Done():
		}
		pushes.Go(func() {
			ta.sent(first + i)
			if err := t.push(ctx, first+i); err != nil {
				fail(err)
			}
		})
	}
	pushes.Wait()
	err := ta.wait(ctx)
	return ta.times(), err
}

// fanOut is how many messages NEWS got for each story, all in all.
func (t *trial) fanOut(ctx context.Context) (float64, error) {
	out, err := t.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return 0, err
	}
	in, err := t.js.Stream(ctx, stream.RAW)
	if err != nil {
		return 0, err
	}
	return float64(out.CachedInfo().State.Msgs) / float64(in.CachedInfo().State.Msgs), nil
}
