package publish

import (
	"context"
	"fmt"
	"strconv"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Advisory is the facet of copy that is not for publication, where an operator asks for it.
const Advisory = "advisory"

// advisory is the message for a revision that goes to no audience of the news: copy that is not for publication goes to
// the facet of its provider's advisories, and a kill or hold takes it back there. Everything else yields none.
func (d *Desk) advisory(ctx context.Context, r revision, in stage.Message) ([]stream.Message, error) {
	if !d.Advisories || r.notFor == "" && !replaces(r.event) {
		return nil, nil
	}
	subject, err := stream.News(wiredesk.Facet{Name: Advisory, Value: r.provider}, r.story)
	if err != nil {
		return nil, stage.Reject(fmt.Errorf("publish: advisory: %w", err))
	}
	standing, err := d.Shelf.Story(ctx, r.story)
	if err != nil {
		return nil, err
	}
	if err := d.inTurn(ctx, r, standing); err != nil {
		return nil, err
	}
	before, body := standing[subject], in.Data
	if replaces(r.event) {
		if before.Sequence == 0 {
			return nil, nil
		}
		if body, err = notice(in.Data); err != nil {
			return nil, stage.Reject(err)
		}
	}
	if before.Revision >= r.number {
		return nil, nil
	}
	return []stream.Message{{
		Subject: stream.NewsInput(subject), ID: r.story + "." + strconv.Itoa(r.number) + "." + subject, Header: newsHeader(in.Header), Data: body,
		Expect: stream.Last(before.Sequence), Rollup: replaces(r.event),
	}}, nil
}

// afterAdvisory makes sure that a revision before this one, which may have been an advisory, has gone out: unlike those
// of the news it is followed by no number. Where the one before it is of the news, inTurn sees to that.
func (d *Desk) afterAdvisory(ctx context.Context, r revision) error {
	if r.previousSeq == 0 || r.follows == r.number-1 {
		return nil
	}
	done, err := d.Settlement.Settled(ctx, r.previousSeq)
	if err == nil && !done {
		err = stage.After(turnWait, errTurn)
	}
	return err
}
