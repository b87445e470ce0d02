package publish

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// keepConfirmation is how long the line can say when an output took the notice of a kill.
const keepConfirmation = 90 * 24 * time.Hour

// confirm keeps that the output took the notice of a kill. Until that is stored the notice is not taken.
func (c *Courier) confirm(ctx context.Context, d subscriber.Delivery) error {
	if c.Confirms == nil || d.Article.Event != wiredesk.EventKill {
		return nil
	}
	subject, err := stream.ConfirmSubject(c.Name, d.Article.Story)
	if err != nil {
		return fmt.Errorf("publish: output %s: %w", c.Name, err)
	}
	m := stream.Message{Subject: subject, Keep: keepConfirmation, Header: nats.Header{stream.HRevision: {strconv.Itoa(d.Article.Revision)}}}
	if _, err := c.Confirms.Put(ctx, m); err != nil {
		return fmt.Errorf("publish: confirmation of a kill: %w", err)
	}
	return nil
}
