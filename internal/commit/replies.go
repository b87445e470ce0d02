package commit

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// replies matches the broker's answers with what waits for them.
type replies struct {
	nc *nats.Conn

	mu     sync.Mutex
	prefix string // empty until opened
	next   uint64
	calls  map[uint64]call
}

type call struct {
	index  int
	answer func(index int, r reply, err error)
}

func newReplies(nc *nats.Conn) *replies { return &replies{nc: nc, calls: map[uint64]call{}} }

// open subscribes to the answers, once.
func (r *replies) open() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.prefix != "" {
		return nil
	}
	prefix := r.nc.NewInbox() + "."
	sub, err := r.nc.Subscribe(prefix+"*", r.take)
	if err != nil {
		return unsent(err)
	}
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		return unsent(err)
	}
	r.prefix = prefix
	go r.watch(r.nc.StatusChanged(nats.RECONNECTING, nats.CLOSED))
	return nil
}

// watch fails everything that waits when the connection breaks: its answers went with it.
func (r *replies) watch(changes chan nats.Status) {
	for status := range changes {
		r.mu.Lock()
		calls := r.calls
		r.calls = map[uint64]call{}
		r.mu.Unlock()
		err := fmt.Errorf("commit: %w: %w", ErrUnavailable, nats.ErrDisconnected)
		if status == nats.CLOSED {
			err = fmt.Errorf("commit: %w: %w", ErrUnavailable, nats.ErrConnectionClosed)
		}
		for _, c := range calls {
			c.answer(c.index, reply{}, err)
		}
		if status == nats.CLOSED {
			return
		}
	}
}

// expect makes room for n answers and returns the number of the first.
func (r *replies) expect(n int, answer func(int, reply, error)) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	first := r.next
	r.next += uint64(n)
	for i := range n {
		r.calls[first+uint64(i)] = call{index: i, answer: answer}
	}
	return first
}

func (r *replies) subject(number uint64) string { return r.prefix + strconv.FormatUint(number, 36) }

// forget gives up n answers that did not come.
func (r *replies) forget(first uint64, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range n {
		delete(r.calls, first+uint64(i))
	}
}

// expire fails those of n answers that did not come in time.
func (r *replies) expire(first uint64, n int, after time.Duration) {
	for i := range n {
		r.fail(first+uint64(i), fmt.Errorf("commit: %w: no answer within %s", ErrUnavailable, after))
	}
}

func (r *replies) fail(number uint64, err error) { r.settle(number, reply{}, err) }

func (r *replies) settle(number uint64, answer reply, err error) {
	r.mu.Lock()
	c, ok := r.calls[number]
	delete(r.calls, number)
	r.mu.Unlock()
	if ok {
		c.answer(c.index, answer, err)
	}
}

func (r *replies) take(m *nats.Msg) {
	number, err := strconv.ParseUint(m.Subject[len(r.prefix):], 36, 64)
	if err != nil {
		return
	}
	if len(m.Data) == 0 {
		r.fail(number, fmt.Errorf("commit: %w: %w", ErrUnavailable, nats.ErrNoResponders))
		return
	}
	var answer reply
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		r.fail(number, fmt.Errorf("commit: the broker's answer: %w", err))
		return
	}
	r.settle(number, answer, nil)
}
