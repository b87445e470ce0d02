package commit

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// unit is the messages of one Put on their way.
type unit struct {
	stream   string   // empty when they belong to several
	streams  []string // each once
	messages []*nats.Msg
	bytes    int
	largest  int

	mu     sync.Mutex
	acks   []Ack
	errs   []error
	left   int
	failed bool
	done   chan struct{}
}

func (c *Committer) unit(messages []stream.Message) (*unit, error) {
	n := len(messages)
	u := &unit{messages: make([]*nats.Msg, n), acks: make([]Ack, n), errs: make([]error, n), left: n, done: make(chan struct{})}
	for i, m := range messages {
		name, err := c.check(m)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(u.streams, name) {
			u.streams = append(u.streams, name)
		}
		if i == 0 {
			u.stream = name
		} else if u.stream != name {
			u.stream = ""
		}
		u.messages[i] = build(m)
		size := u.messages[i].Size()
		u.bytes, u.largest = u.bytes+size, max(u.largest, size)
	}
	return u, nil
}

// answer settles the i-th message.
func (u *unit) answer(i int, r reply, err error) {
	if err == nil {
		err = r.refusal(u.messages[i].Subject)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.acks[i], u.errs[i] = Ack{Sequence: r.Sequence, Duplicate: r.Duplicate}, err
	u.failed = u.failed || err != nil
	if u.left--; u.left == 0 {
		close(u.done)
	}
}

// stored settles the whole unit with consecutive sequences.
func (u *unit) stored(first uint64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for i := range u.acks {
		u.acks[i] = Ack{Sequence: first + uint64(i)}
	}
	close(u.done)
}

// wait returns the acks once all are there. What has no answer when it is late, or when ctx ends, may be stored or not.
func (u *unit) wait(ctx context.Context, late <-chan time.Time) ([]Ack, error) {
	select {
	case <-u.done:
	case <-late:
		return nil, fmt.Errorf("commit: %s: %w: no answer in time", u.messages[0].Subject, ErrUnavailable)
	case <-ctx.Done():
		return nil, fmt.Errorf("commit: %s: %w: no answer: %w", u.messages[0].Subject, ErrUnavailable, ctx.Err())
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.failed {
		return u.acks, nil
	}
	for _, err := range u.errs {
		if err != nil {
			return nil, err
		}
	}
	return u.acks, nil
}
