package poll

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
)

// leaseFor is how long a worker may be silent before another takes its feed over.
const leaseFor = time.Minute

// lease makes sure that one worker polls a feed at a time. Nobody's clock is compared with anybody else's: a lease is
// over once its entry has not changed for its length, by the watch of the worker that wants it.
type lease struct {
	kv   jetstream.KeyValue
	key  string
	name string // of this worker
	last time.Duration
	log  zerolog.Logger

	revision uint64
	held     bool
	since    time.Time // when the entry was first seen as it is
	told     string    // the trouble that was told last
}

// try takes or renews the lease once, and says whether it is ours. An error leaves that as it was: while the broker is
// away, nobody else gets it either.
func (l *lease) try(ctx context.Context) (bool, error) {
	if l.held {
		return l.write(ctx)
	}
	e, err := l.kv.Get(ctx, l.key)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		l.revision = 0
		return l.write(ctx)
	case err != nil:
		return false, fmt.Errorf("poll: the lease cannot be read: %w", err)
	case e.Revision() != l.revision || l.since.IsZero():
		l.revision, l.since = e.Revision(), time.Now()
		return false, nil
	case time.Since(l.since) < l.last:
		return false, nil
	}
	return l.write(ctx)
}

func (l *lease) write(ctx context.Context) (bool, error) {
	var revision uint64
	var err error
	if l.revision == 0 {
		revision, err = l.kv.Create(ctx, l.key, []byte(l.name))
	} else {
		revision, err = l.kv.Update(ctx, l.key, []byte(l.name), l.revision)
	}
	switch {
	case errors.Is(err, jetstream.ErrKeyExists) || conflict(err):
		return l.lost(ctx), nil
	case err != nil:
		return l.held, fmt.Errorf("poll: the lease cannot be taken: %w", err)
	}
	l.held, l.revision, l.since = true, revision, time.Now()
	return true, nil
}

// lost looks who wrote in our place. It may have been this worker itself, where an answer got lost.
func (l *lease) lost(ctx context.Context) bool {
	l.held, l.since = false, time.Time{}
	if e, err := l.kv.Get(ctx, l.key); err == nil && string(e.Value()) == l.name {
		l.held, l.revision, l.since = true, e.Revision(), time.Now()
	}
	return l.held
}

// wait returns once the lease is ours, with a context that ends when it is lost, or an error when ctx ended.
func (l *lease) wait(ctx context.Context) (held context.Context, stop func(), err error) {
	for !l.ours(ctx) {
		if !sleep(ctx, l.last/6) {
			return nil, nil, ctx.Err()
		}
	}
	held, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer cancel()
		for sleep(held, l.last/3) {
			if !l.ours(held) {
				return
			}
		}
	}()
	return held, func() { cancel(); <-done }, nil
}

// ours is try for who cannot do anything about an error but tell it, once.
func (l *lease) ours(ctx context.Context) bool {
	ok, err := l.try(ctx)
	switch {
	case ctx.Err() != nil:
	case err == nil:
		l.told = ""
	case err.Error() != l.told:
		l.told = err.Error()
		l.log.Warn().Err(err).Bool("polling", ok).Msg("it cannot be settled who polls this feed: tried again")
	}
	return ok
}

// leave gives the lease back, so that another worker need not wait for its end.
func (l *lease) leave(ctx context.Context) {
	if l.held {
		_ = l.kv.Delete(ctx, l.key, jetstream.LastRevision(l.revision)) // else it runs out by itself
		l.held = false
	}
}

// sleep waits, and says whether ctx is still alive.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(max(0, d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
