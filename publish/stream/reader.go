package stream

import (
	"context"
	"errors"
	"time"
)

// reader is one reader's place in the news. It is not safe for concurrent use.
type reader struct {
	board *Board
	tail  *tail
	seq   uint64 // everything up to here was handed out
	live  bool   // on the tape; else still catching up
	known bool   // seq is a place in NEWS; else it is not known before the first message
	poll  bool   // takes what is there and does not wait for more

	fresh chan *message // of the follower that catches up; nil says that nothing is there
	stop  context.CancelFunc
}

var errQuiet = errors.New("nothing new")

// start begins at a place: on the tape where it reaches so far back, else with a follower of the reader's own.
func (b *Board) start(ctx context.Context, t *tail, p place) *reader {
	r := &reader{board: b, tail: t, seq: p.after, known: p.from == behind, stop: func() {}}
	if p.from == behind && t.tape.reaches(p.after) {
		r.live = true
		return r
	}
	seen := &once{set: t.set, shelf: b.shelf, complete: p.from == current || p.from == behind && p.after == 0}
	r.fresh = make(chan *message)
	ctx, r.stop = context.WithCancel(ctx)
	f := &follower{shelf: b.shelf, set: t.set, place: p, ahead: 32}
	f.take = func(asking context.Context, m *message) (err error) {
		if m.again, err = seen.again(asking, m); err != nil {
			return err
		}
		return r.hand(ctx, m) // also while the broker is away: what was seen once must not be lost
	}
	f.opened = func(pending uint64) {
		if pending == 0 {
			_ = r.hand(ctx, nil)
		}
	}
	b.busy.Go(func() {
		defer close(r.fresh)
		if err := f.run(ctx); err != nil {
			b.Log.Warn().Err(err).Msg("a reader cannot catch up")
		}
	})
	return r
}

// hand gives one message to the reader, once it has time for it.
func (r *reader) hand(ctx context.Context, m *message) error {
	select {
	case r.fresh <- m:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close frees what the reader holds.
func (r *reader) close() { r.stop() }

// next is the next message for the reader. Its error is errQuiet where none came within the wait, errSlow where the
// reader has fallen too far behind, errAnew or errStopping where the news cannot go on, or the context's.
func (r *reader) next(ctx context.Context, wait time.Duration) (*message, error) {
	t := time.NewTimer(wait)
	defer t.Stop()
	for {
		m, err := r.step(ctx, t.C)
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		r.seq, r.known = max(r.seq, m.seq), true
		if !m.again && (r.live || !r.tail.tape.gone(m)) {
			return m, nil
		}
	}
}

// ready says whether the next message is there already.
func (r *reader) ready() bool {
	if !r.live {
		return false
	}
	m, _, err := r.tail.tape.after(r.seq)
	return err == nil && m != nil && !m.again
}

// step is the next message of the set, or nil where it is worth another look. A reader who has caught up goes over to the
// tape.
func (r *reader) step(ctx context.Context, end <-chan time.Time) (*message, error) {
	moved := r.tail.tape.movement()
	if !r.live && r.known && r.tail.tape.reaches(r.seq) {
		r.live = true
		r.stop()
	}
	if r.live {
		return r.onTape(ctx, end)
	}
	select {
	case m, ok := <-r.fresh:
		switch {
		case !ok && ctx.Err() != nil:
			return nil, ctx.Err()
		case !ok:
			return nil, errAnew
		case m == nil && r.poll:
			return nil, errQuiet
		}
		return m, nil
	case <-moved:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.board.ctx.Done():
		return nil, errStopping
	case <-end:
		return nil, errQuiet
	}
}

func (r *reader) onTape(ctx context.Context, end <-chan time.Time) (*message, error) {
	for {
		m, moved, err := r.tail.tape.after(r.seq)
		switch {
		case err != nil || m != nil:
			return m, err
		case r.poll:
			return nil, errQuiet
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-r.board.ctx.Done():
			return nil, errStopping
		case <-end:
			return nil, errQuiet
		}
	}
}
