package poll

import (
	"context"
	"fmt"
)

// Reach asks a feed for its document once, as a poller would, and says why it could not be had or read. It keeps nothing:
// no cursor, and no story. Formats, Feed, Provider and URL of the options are required.
func Reach(ctx context.Context, o Options) error {
	home, err := ParseAddress(o.URL)
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	roots, err := trusted(o.CA)
	if err != nil {
		return err
	}
	o.defaults()
	now := o.Now()
	a, err := newFetcher(&o, home, roots).fetch(ctx, home, validators{}, now)
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	if _, err := newReader(&o, home).read(a.doc, a.header.Get("Content-Type"), now); err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}
