package line

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
)

var errNoIngest = errors.New("line: this process does not play ingest: push to one that does")

// Take takes a document in as the line's own ways in do, for a program that shares its process; it is a
// [wiredesk.Take]. The stages work on it while Run runs.
func (l *Line) Take(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
	if l.ways.options.Take == nil {
		return wiredesk.Receipt{}, errNoIngest
	}
	return l.ways.options.Take(ctx, raw)
}

// Connect is one more connection to the line's broker, the way the line's own roles reach it, under the name given. The
// caller closes it.
func (l *Line) Connect(ctx context.Context, name string) (*nats.Conn, error) {
	return l.dial(ctx, Role(name))
}
