package ingest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// BacklogOptions are when a [Backlog] closes. Zero values are the defaults.
type BacklogOptions struct {
	Messages uint64        // unread ones in RAW; 100,000
	Share    float64       // of RAW's size limit that unread copy fills; 0.9
	Every    time.Duration // between two looks; 500 ms
}

// Backlog is a [Gate] that closes while enrich is too far behind: RAW drops its oldest copy when it is full, so copy
// that nobody has read yet must never fill it. It is safe for concurrent use, and asks the broker once in an
// interval however many ask it.
type Backlog struct {
	js jetstream.JetStream
	o  BacklogOptions

	mu     sync.Mutex
	looked time.Time
	state  error
}

// NewBacklog makes a gate over RAW and the enrich consumer. The role it runs in needs to see both: the API subjects
// STREAM.INFO.RAW and CONSUMER.INFO.RAW.enrich.
func NewBacklog(js jetstream.JetStream, o BacklogOptions) *Backlog {
	if o.Messages == 0 {
		o.Messages = 100_000
	}
	if o.Share == 0 {
		o.Share = 0.9
	}
	if o.Every == 0 {
		o.Every = 500 * time.Millisecond
	}
	return &Backlog{js: js, o: o}
}

const lookTimeout = 2 * time.Second

// Admit is nil while copy is taken. Else the error is a [intake.Busy] that says how far behind the line is, or that the
// broker does not answer.
func (b *Backlog) Admit(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.looked.IsZero() && time.Since(b.looked) < b.o.Every {
		return b.state
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	b.state = b.look(ctx)
	b.looked = time.Now()
	return b.state
}

func (b *Backlog) look(ctx context.Context) error {
	away := func(err error) error {
		return &intake.Busy{Why: "the broker does not answer", After: time.Second, Err: err}
	}
	if !b.js.Conn().IsConnected() {
		return away(nil)
	}
	raw, err := b.js.Stream(ctx, stream.RAW)
	if err != nil {
		return away(err)
	}
	enrich, err := raw.Consumer(ctx, stream.EnrichConsumer)
	if err != nil {
		return away(err)
	}
	unread := enrich.CachedInfo().NumPending + uint64(enrich.CachedInfo().NumAckPending)
	if unread > b.o.Messages {
		why := fmt.Sprintf("enrich is %d messages behind: the limit is %d", unread, b.o.Messages)
		return &intake.Busy{Why: why, After: 5 * time.Second}
	}
	info := raw.CachedInfo()
	if share := fill(info.State, info.Config.MaxBytes, unread); share > b.o.Share {
		why := fmt.Sprintf("unread copy fills %.0f %% of what RAW may hold: the limit is %.0f %%", 100*share, 100*b.o.Share)
		return &intake.Busy{Why: why, After: 5 * time.Second}
	}
	return nil
}

// fill estimates which share of a stream's size limit its unread messages take, from the mean size of a message.
func fill(s jetstream.StreamState, most int64, unread uint64) float64 {
	if most <= 0 || s.Msgs == 0 {
		return 0
	}
	return float64(s.Bytes) / float64(s.Msgs) * float64(unread) / float64(most)
}
