package subscriber

import (
	"context"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// lanes handle several stories at a time, each in a lane of its own. A lane that waits for its next try holds up nobody:
// what it has in hand stays in hand, and the broker is told so.
type lanes struct {
	o      Options
	nc     *nats.Conn
	c      jetstream.Consumer
	handle func(context.Context, Delivery) error
	places chan struct{} // one for each story at work
	busy   sync.WaitGroup
	look   chan struct{} // asks for a look at the consumer at once
	work   context.Context
	end    context.CancelCauseFunc

	mu        sync.Mutex
	held      map[uint64]*parcel // by sequence
	lanes     map[string]*lane
	settled   memory
	pin       string    // of the turn we had last
	gathering bool      // what another copy had in hand is not in ours yet
	since     time.Time // when that began
	foreign   bool      // the last look found the turn to be another copy's
	heard     time.Time // when the broker last answered
	failures  int       // since somebody last took something
	trying    context.Context
	cut       context.CancelFunc // ends what is at work
}

// parcel is a delivery in hand.
type parcel struct {
	d          Delivery
	m          jetstream.Msg
	opened     bool
	unreadable error
	came, told time.Time
	due        time.Time // of the next try
	asked      bool      // the handler itself named that time
}

func newLanes(nc *nats.Conn, c jetstream.Consumer, o Options, handle func(context.Context, Delivery) error) *lanes {
	return &lanes{
		o: o, nc: nc, c: c, handle: handle, places: make(chan struct{}, o.AtOnce), look: make(chan struct{}, 1),
		held: map[uint64]*parcel{}, lanes: map[string]*lane{}, heard: time.Now(),
	}
}

// follow is [Follow] with lanes.
func (l *lanes) follow(ctx context.Context) error {
	pull := []jetstream.PullMessagesOpt{jetstream.PullMaxMessages(2000), jetstream.PullExpiry(time.Second), jetstream.PullHeartbeat(500 * time.Millisecond)}
	if l.o.Name != "" {
		pull = append(pull, jetstream.PullPriorityGroup(turn))
	}
	messages, err := l.c.Messages(pull...)
	if err != nil {
		return err
	}
	l.work, l.end = context.WithCancelCause(ctx)
	l.trying, l.cut = context.WithCancel(l.work)
	unhook := context.AfterFunc(l.work, messages.Stop)
	defer unhook()
	l.busy.Go(l.watch)
	l.end(l.read(messages))
	messages.Stop()
	l.mu.Lock()   // whoever was about to start a lane has, and nobody will
	l.mu.Unlock() //nolint:staticcheck // an empty section on purpose
	l.busy.Wait()
	l.release()
	return ended(ctx, context.Cause(l.work))
}

// read takes in hand what the broker sends, until the end of work or of the subscription.
func (l *lanes) read(messages jetstream.MessagesContext) error {
	for {
		m, err := messages.Next()
		if err := goesOn(l.work, l.nc, err); err != nil {
			return err
		}
		switch {
		case l.work.Err() != nil:
			return giveBack(m)
		case err != nil:
			continue
		}
		if err := l.take(m); err != nil {
			return err
		}
	}
}

// take puts a message into its story's lane, unless it is there, or was settled and the broker does not know.
func (l *lanes) take(m jetstream.Msg) error {
	d := sealed(m) // it is read when its turn comes
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pinnedBy(m.Headers().Get("Nats-Pin-Id"))
	now := time.Now()
	if had := l.held[d.Sequence]; had != nil {
		had.m, had.told = m, now
		return nil
	}
	if l.settled.has(d.Sequence) {
		return acknowledged(m.Ack())
	}
	d.Try = 1
	p := &parcel{d: d, m: m, came: now, told: now}
	l.held[d.Sequence] = p
	l.join(stream.LastToken(d.Subject), p)
	return nil
}

// pinnedBy notices that it is our turn anew. Whoever had it before may have had deliveries in hand, which come to us once
// their time is up: until then nothing is handled, or a newer version could overtake them.
func (l *lanes) pinnedBy(pin string) {
	if pin == l.pin {
		return
	}
	l.pin, l.foreign, l.gathering, l.since = pin, false, true, time.Now()
	select {
	case l.look <- struct{}{}:
	default:
	}
}

// release gives back everything in hand.
func (l *lanes) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut()
	for _, ln := range l.lanes {
		ln.stop()
	}
	for _, p := range l.held {
		_ = giveBack(p.m) // where this cannot be sent, the broker waits until it is overdue
	}
	clear(l.held)
	clear(l.lanes)
	l.trying, l.cut = context.WithCancel(l.work)
}

// memory is the sequences that were settled of late: a broker that died may have forgotten their acknowledgements.
type memory struct{ young, old map[uint64]struct{} }

const remembered = 1 << 15

func (m *memory) add(sequence uint64) {
	if m.young == nil || len(m.young) >= remembered {
		m.young, m.old = map[uint64]struct{}{}, m.young
	}
	m.young[sequence] = struct{}{}
}

func (m *memory) has(sequence uint64) bool {
	_, young := m.young[sequence]
	_, old := m.old[sequence]
	return young || old
}
