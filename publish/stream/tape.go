package stream

import (
	"context"
	"slices"
	"sync"
)

// tape holds the newest messages of a set, for all who read it live: each keeps a place on it and nothing else, so a
// slow reader costs no memory. A notice takes the earlier text of its story off the tape.
type tape struct {
	most, mostBytes int

	mu     sync.Mutex
	known  bool   // whether start is
	start  uint64 // every message of the set after it is on the tape, or was taken off by a notice
	list   []*message
	bytes  int
	fault  error // the tape has ended
	moved  chan struct{}
	killed map[string]uint64 // by story, where its last notice stands
}

func newTape(most, mostBytes int) *tape {
	return &tape{most: most, mostBytes: mostBytes, moved: make(chan struct{}), killed: map[string]uint64{}}
}

// began says that NEWS holds nothing of the set: what comes is all there is.
func (t *tape) began() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = true
	t.wake()
}

// put adds the next message.
func (t *tape) put(m *message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.known {
		t.known, t.start = true, m.seq-1
	}
	if m.notice() {
		t.takeOff(m)
	}
	t.list = append(t.list, m)
	t.bytes += len(m.body)
	for len(t.list) > 1 && (len(t.list) > t.most || t.bytes > t.mostBytes) {
		t.start = t.list[0].seq
		t.bytes -= len(t.list[0].body)
		t.list[0] = nil
		t.list = t.list[1:]
	}
	t.wake()
}

// maxKilled bounds the notices that are remembered for readers who are still catching up.
const maxKilled = 50_000

func (t *tape) takeOff(notice *message) {
	if len(t.killed) >= maxKilled {
		clear(t.killed)
	}
	t.killed[notice.story] = notice.seq
	t.list = slices.DeleteFunc(t.list, func(m *message) bool {
		if m.story != notice.story {
			return false
		}
		t.bytes -= len(m.body)
		return true
	})
}

// gone says whether a notice has replaced the message since.
func (t *tape) gone(m *message) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.killed[m.story] > m.seq
}

// reaches says whether everything after a sequence is on the tape, or will be.
func (t *tape) reaches(seq uint64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known && seq >= t.start
}

// movement is closed at the next change.
func (t *tape) movement() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.moved
}

// ready returns once the tape knows how far back it reaches.
func (t *tape) ready(ctx context.Context) error {
	for {
		t.mu.Lock()
		known, fault, moved := t.known, t.fault, t.moved
		t.mu.Unlock()
		if known || fault != nil {
			return fault
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return errAway
		}
	}
}

// after is the next message behind a sequence; nil where there is none yet. Then moved is closed once there may be one.
func (t *tape) after(seq uint64) (m *message, moved <-chan struct{}, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fault != nil {
		return nil, nil, t.fault
	}
	if !t.known {
		return nil, t.moved, nil
	}
	if seq < t.start {
		return nil, nil, errSlow
	}
	i, _ := slices.BinarySearchFunc(t.list, seq+1, func(m *message, want uint64) int {
		switch {
		case m.seq < want:
			return -1
		case m.seq > want:
			return 1
		}
		return 0
	})
	if i == len(t.list) {
		return nil, t.moved, nil
	}
	return t.list[i], nil, nil
}

// end lets nobody read on.
func (t *tape) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fault = err
	t.wake()
}

// wake is for who holds the lock.
func (t *tape) wake() {
	close(t.moved)
	t.moved = make(chan struct{})
}
