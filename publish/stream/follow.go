package stream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// place is where to begin in NEWS.
type place struct {
	from  from
	after uint64    // behind this sequence
	since time.Time // at this time
}

type from int

const (
	behind  from = iota // behind a sequence; 0 is the oldest that NEWS holds
	sinceAt             // at a time
	current             // the last message of each subject, then what follows
	newest              // the last message of the set, then what follows
)

var errAnew = errors.New("the news begin anew: NEWS was made again")

// follower reads a set of NEWS from a place on, in order and without a gap, whatever happens to the broker.
type follower struct {
	shelf
	set   set
	place place
	ahead int // messages asked for at a time
	// take gets each message. Its error lets the follower come back to the same message, but for errEnough.
	take func(ctx context.Context, m *message) error
	// opened hears how many messages are there already, each time NEWS is opened.
	opened func(pending uint64)
}

var errEnough = errors.New("enough")

// run reads until ctx ends or take has enough: nil. It returns an error where it cannot go on: the connection is closed
// for good, or NEWS has been made again.
func (f *follower) run(ctx context.Context) error {
	for try := 0; ; try++ {
		before := f.place.after
		err := f.read(ctx, try > 0)
		switch {
		case ctx.Err() != nil, errors.Is(err, errEnough):
			return nil
		case errors.Is(err, errAnew):
			return err
		case f.nc.IsClosed():
			return fmt.Errorf("stream: %w", nats.ErrConnectionClosed)
		case f.place.after > before:
			try = 0
		}
		if !pause(ctx, min(time.Second, 20*time.Millisecond<<min(try, 10))) {
			return nil
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// read opens a consumer at the place and takes what it sends, until something goes wrong.
func (f *follower) read(ctx context.Context, again bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lost := f.nc.StatusChanged(nats.RECONNECTING, nats.CLOSED)
	defer f.nc.RemoveStatusListener(lost)
	go func() {
		select {
		case <-lost:
			cancel()
		case <-ctx.Done():
		}
	}()
	if again {
		if err := f.sameNews(ctx); err != nil {
			return err
		}
	}
	open, done := context.WithTimeout(ctx, askFor)
	c, err := f.js.CreateConsumer(open, stream.NEWS, f.config())
	done()
	if err != nil {
		return err
	}
	defer f.remove(ctx, c.CachedInfo().Name)
	f.begin(c.CachedInfo().NumPending)
	return f.drain(ctx, c)
}

// begin fixes the place where nothing is there yet, so that opening once more cannot miss what comes.
func (f *follower) begin(pending uint64) {
	if f.place.from == newest && pending == 0 {
		f.place = place{}
	}
	if f.opened != nil {
		f.opened(pending)
	}
}

func (f *follower) drain(ctx context.Context, c jetstream.Consumer) error {
	messages, err := c.Messages(jetstream.PullMaxMessages(f.ahead), jetstream.PullExpiry(30*time.Second), jetstream.PullHeartbeat(2*time.Second))
	if err != nil {
		return err
	}
	defer messages.Stop()
	for want := uint64(1); ; want++ {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		if meta.Sequence.Consumer != want {
			return errors.New("stream: a message was lost on its way here")
		}
		if meta.Sequence.Stream <= f.place.after {
			continue // current state, told before the broker went away
		}
		if err := f.take(ctx, read(m, meta)); err != nil {
			return err
		}
		f.place.after = meta.Sequence.Stream
		if f.place.from != current {
			f.place.from = behind
		}
	}
}

// sameNews fails where NEWS ends before our place: it was made again, and sequences mean other messages.
func (f *follower) sameNews(ctx context.Context) error {
	state, err := f.bounds(ctx)
	if err == nil && state.LastSeq < f.place.after {
		return errAnew
	}
	return err
}

// unused is when the broker forgets a consumer that nobody asks.
const unused = 30 * time.Second

func (f *follower) config() jetstream.ConsumerConfig {
	c := jetstream.ConsumerConfig{
		Name: stream.ReaderPrefix + strings.ToLower(rand.Text()), AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true, Replicas: 1, InactiveThreshold: unused,
	}
	if c.FilterSubjects = f.set; len(f.set) == 1 {
		c.FilterSubject, c.FilterSubjects = f.set[0], nil
	}
	switch f.place.from {
	case behind:
		c.DeliverPolicy, c.OptStartSeq = jetstream.DeliverByStartSequencePolicy, f.place.after+1
	case sinceAt:
		c.DeliverPolicy, c.OptStartTime = jetstream.DeliverByStartTimePolicy, &f.place.since
	case current:
		c.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	case newest:
		c.DeliverPolicy = jetstream.DeliverLastPolicy
	}
	return c
}

// remove lets go of a consumer at once; where the broker is away it does so by itself.
func (f *follower) remove(ctx context.Context, name string) {
	if !f.nc.IsConnected() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askFor)
	defer cancel()
	_ = f.js.DeleteConsumer(ctx, stream.NEWS, name)
}
