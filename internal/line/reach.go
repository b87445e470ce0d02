package line

import (
	"context"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/config"
)

// Reach asks a polled feed for its document once, by the same guarded client that polls it, and keeps nothing.
func Reach(ctx context.Context, f config.Feed) error {
	o, err := polled(poll.Options{Formats: ingest.Formats()}, f)
	if err != nil {
		return err
	}
	return poll.Reach(ctx, o)
}
