package enrich

import (
	"context"
	"errors"
	"fmt"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// errNoTarget says that an order names an item nobody has seen.
var errNoTarget = errors.New("the item it names has never been seen")

// order carries out what a document demands of another item of the same provider: the other item gets a revision of
// its own, with the copy it had.
func (d *Desk) order(ctx context.Context, by *wiredesk.Story, o wiredesk.Order, raw wiredesk.Raw, at arrival) ([]stream.Message, error) {
	target := wiredesk.Story{
		Provider: by.Provider, Feed: by.Feed, Format: by.Format, Partial: true,
		Item: wiredesk.Item{URI: o.URI, Type: "text", PubStatus: o.Status, EdNote: by.Item.EdNote, VersionCreated: by.Item.VersionCreated},
	}
	st, err := d.last(ctx, target.ID())
	if err != nil {
		return nil, err
	}
	if st == nil && o.Status != wiredesk.Canceled {
		return nil, stage.Reject(fmt.Errorf("%s sets %s to %s, but %w", by.Item.URI, o.URI, o.Status, errNoTarget))
	}
	if st == nil {
		target.Partial = false
	}
	return d.revise(ctx, st, &target, raw, at)
}
