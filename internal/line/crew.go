package line

import (
	"context"
	"sync"
)

// crew is work that goes on until it is stopped, or until one part of it fails.
type crew struct {
	ctx    context.Context
	cancel context.CancelFunc
	fatal  func(error)
	busy   sync.WaitGroup

	once sync.Once
	err  error
}

func newCrew(ctx context.Context, fatal func(error)) *crew {
	c := &crew{fatal: fatal}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

// run starts a part. Its first error stops the others and is told.
func (c *crew) run(part func(context.Context) error) {
	c.busy.Go(func() {
		if err := part(c.ctx); err != nil && c.ctx.Err() == nil {
			c.once.Do(func() { c.err = err })
			c.cancel()
			c.fatal(err)
		}
	})
}

// wait returns once all parts have ended, with the first error.
func (c *crew) wait() error {
	c.busy.Wait()
	c.cancel()
	return c.err
}

// stop asks all parts to end, and says whether they did before ctx ended.
func (c *crew) stop(ctx context.Context) bool {
	c.cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.busy.Wait()
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
