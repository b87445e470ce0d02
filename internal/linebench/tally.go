package linebench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// silence is how long nothing may arrive before the rest is given up as lost.
const silence = 20 * time.Second

// tally keeps which stories were pushed and which have arrived.
type tally struct {
	first int
	began []atomic.Int64 // nanoseconds since start
	start time.Time
	room  chan struct{}

	mu    sync.Mutex
	took  []time.Duration // 0 until it arrives
	left  int
	twice int
	last  time.Time
	done  chan struct{}
}

func newTally(first, stories, window int) *tally {
	now := time.Now()
	return &tally{
		first: first, began: make([]atomic.Int64, stories), took: make([]time.Duration, stories), left: stories,
		start: now, last: now, room: make(chan struct{}, window), done: make(chan struct{}),
	}
}

// enter waits until there is room for one more story on the way; false when ctx ends.
func (t *tally) enter(ctx context.Context) bool {
	select {
	case t.room <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (t *tally) sent(n int) { t.began[n-t.first].Store(int64(time.Since(t.start))) }

// arrived counts the story in. Those of an earlier tally, and of nobody, do not count.
func (t *tally) arrived(n int) {
	i := n - t.first
	if i < 0 || i >= len(t.took) {
		return
	}
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = now
	if t.took[i] != 0 {
		t.twice++
		return
	}
	t.took[i] = max(now.Sub(t.start)-time.Duration(t.began[i].Load()), 1)
	select {
	case <-t.room:
	default:
	}
	if t.left--; t.left == 0 {
		close(t.done)
	}
}

var errMiscount = errors.New("stories lost or sent twice")

// wait returns once everything has arrived. Its error says what did not, or came twice.
func (t *tally) wait(ctx context.Context) error {
	clock := time.NewTicker(silence / 20)
	defer clock.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-t.done:
			return t.verdict()
		case <-clock.C:
			if t.quiet() > silence {
				return t.verdict()
			}
		}
	}
}

func (t *tally) quiet() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Since(t.last)
}

func (t *tally) verdict() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left == 0 && t.twice == 0 {
		return nil
	}
	return fmt.Errorf("%w: of %d stories %d did not arrive within %s, %d came twice", errMiscount, len(t.took), t.left, silence, t.twice)
}

// count is how many have arrived.
func (t *tally) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.took) - t.left
}

// times are how long each story took.
func (t *tally) times() []time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.took)
}
