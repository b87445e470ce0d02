package poll

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// errMoved says that another worker has moved the cursor since it was read here.
var errMoved = errors.New("poll: another worker polls this feed")

// maxCursor bounds what is kept of one feed, in bytes, well below what a message may have.
const maxCursor = stream.MaxMessage / 2

// shelf keeps the cursor of one feed where every worker finds it.
type shelf struct {
	kv       jetstream.KeyValue
	key      string
	revision uint64
}

// load reads the cursor; a feed that was never polled has an empty one.
func (s *shelf) load(ctx context.Context) (cursor, error) {
	var c cursor
	e, err := s.kv.Get(ctx, s.key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		s.revision = 0
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("poll: the cursor cannot be read: %w", err)
	}
	s.revision = e.Revision()
	if err := json.Unmarshal(e.Value(), &c); err != nil {
		return cursor{}, nil //nolint:nilerror // what cannot be read is as good as none: all items are offered again, which is harmless
	}
	return c, nil
}

// save moves the cursor, unless another worker did so meanwhile: then the error is errMoved.
func (s *shelf) save(ctx context.Context, c *cursor) error {
	value, err := json.Marshal(c)
	for err == nil && len(value) > maxCursor && len(c.Seen) > 1 {
		c.Seen = c.Seen[:len(c.Seen)/2]
		value, err = json.Marshal(c)
	}
	if err != nil {
		return fmt.Errorf("poll: the cursor cannot be written: %w", err)
	}
	var revision uint64
	if s.revision == 0 {
		revision, err = s.kv.Create(ctx, s.key, value)
	} else {
		revision, err = s.kv.Update(ctx, s.key, value, s.revision)
	}
	if errors.Is(err, jetstream.ErrKeyExists) || conflict(err) {
		return errMoved
	}
	if err != nil {
		return fmt.Errorf("poll: the cursor cannot be stored: %w", err)
	}
	s.revision = revision
	return nil
}

func conflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence
}
