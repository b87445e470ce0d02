package stream

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// tail is a set that is followed for its readers.
type tail struct {
	set     set
	tape    *tape
	readers int
	ends    *time.Timer // runs while there are no readers
	cancel  context.CancelFunc
}

var (
	errFull     = errors.New("no room for another reader")
	errStopping = errors.New("the server is stopping")
	errSlow     = errors.New("too slow")
)

// tapeBytes bounds the copy on one tape.
const tapeBytes = 8 << 20

// join admits a reader to a set. Whoever is admitted leaves once.
func (b *Board) join(s set) (*tail, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx.Err() != nil {
		return nil, errStopping
	}
	if b.readers >= b.MaxReaders {
		return nil, fmt.Errorf("%w: the limit is %d readers", errFull, b.MaxReaders)
	}
	t, ok := b.tails[s.key()]
	if !ok {
		if err := b.makeRoom(); err != nil {
			return nil, err
		}
		t = b.begin(s)
	}
	if t.ends != nil {
		t.ends.Stop()
		t.ends = nil
	}
	t.readers++
	b.readers++
	b.busy.Add(1)
	return t, nil
}

// makeRoom ends a set without readers where there are too many sets. It is for who holds the lock.
func (b *Board) makeRoom() error {
	if len(b.tails) < MaxTapes {
		return nil
	}
	for _, t := range b.tails {
		if t.readers == 0 {
			b.end(t)
			return nil
		}
	}
	return fmt.Errorf("%w: the limit is %d different sets of subjects at a time", errFull, MaxTapes)
}

// begin follows a set. It is for who holds the lock.
func (b *Board) begin(s set) *tail {
	ctx, cancel := context.WithCancel(b.ctx)
	t := &tail{set: s, tape: newTape(b.Behind, tapeBytes), cancel: cancel}
	b.tails[s.key()] = t
	seen := &once{set: s, shelf: b.shelf}
	f := &follower{shelf: b.shelf, set: s, place: place{from: newest}, ahead: 256}
	f.take = func(ctx context.Context, m *message) (err error) {
		if m.again, err = seen.again(ctx, m); err == nil {
			t.tape.put(m)
		}
		return err
	}
	f.opened = func(pending uint64) {
		if pending == 0 && f.place.after == 0 {
			t.tape.began()
		}
	}
	b.busy.Go(func() {
		err := f.run(ctx)
		if err == nil {
			err = errStopping
		} else {
			b.Log.Warn().Err(err).Strs("subjects", s).Msg("the news cannot be followed on; its readers come again")
		}
		t.tape.end(err)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.end(t)
	})
	return t
}

// end forgets a set. It is for who holds the lock.
func (b *Board) end(t *tail) {
	t.cancel()
	if b.tails[t.set.key()] == t {
		delete(b.tails, t.set.key())
	}
}

// leave is the end of a reader. A set is followed on for a while, for a reader who polls.
func (b *Board) leave(t *tail) {
	defer b.busy.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readers--
	if t.readers--; t.readers > 0 || b.ctx.Err() != nil {
		return
	}
	t.ends = time.AfterFunc(b.Linger, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if t.readers == 0 {
			b.end(t)
		}
	})
}
