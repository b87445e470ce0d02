package line

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/deadletter"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// PushAgain sends a dead letter of ingest down its feed once more, as its adapter did, and returns once it is stored or
// refused. It waits 15 seconds at most.
func PushAgain(ctx context.Context, nc *nats.Conn, c *config.Config, l deadletter.Letter) error {
	client, err := adapter.NATS(nc, l.Feed, adapter.Token(TokenOf(c, l.Feed)))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	_, err = client.Push(ctx, l.Body, adapter.Document{
		Format: stream.Text(l.Header, stream.HAsked), MediaType: stream.Text(l.Header, stream.HMediaType),
		URI: stream.Text(l.Header, stream.HURI), Version: stream.Text(l.Header, stream.HVersion),
	})
	return err
}

// TokenOf is a token by which a configured feed may push; empty where it needs none.
func TokenOf(c *config.Config, feed string) string {
	for _, f := range c.Feeds {
		if f.Name == feed && len(f.Tokens) > 0 {
			return f.Tokens[0].Reveal()
		}
	}
	return ""
}
