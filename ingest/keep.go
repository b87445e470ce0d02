package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// unread turns the failure of a whole document into its verdict.
func (d *Desk) unread(ctx context.Context, whole stored, err error, seen *Arrival) error {
	var large *intake.TooLarge
	var busy *intake.Busy
	if errors.As(err, &large) || errors.As(err, &busy) {
		return err
	}
	return d.reject(ctx, whole, faultsOf(whole.raw, err), seen)
}

// reject keeps the whole document as one dead letter, and tells the sender what is wrong with it.
func (d *Desk) reject(ctx context.Context, whole stored, faults []wiredesk.Fault, seen *Arrival) error {
	if len(whole.raw.Bytes) == 0 {
		return &intake.Unreadable{Faults: faults}
	}
	whole.raw.URI, whole.raw.Version = cut(whole.raw.URI, MaxURI), cut(whole.raw.Version, MaxVersion)
	letter, err := whole.letter(faults)
	if err != nil {
		return err
	}
	if err := d.bury(ctx, seen, letter); err != nil {
		return err
	}
	return &intake.Unreadable{Receipt: whole.receipt, Faults: faults}
}

func cut(text string, most int) string { return text[:min(len(text), most)] }

func (d *Desk) bury(ctx context.Context, seen *Arrival, letters ...stream.Message) error {
	if len(letters) == 0 {
		return nil
	}
	if _, err := d.Dead.Put(ctx, letters...); err != nil {
		return unstored(err)
	}
	seen.Dead += len(letters)
	return nil
}

// keep stores the readable parts as one unit, and says whether all of them were there already.
func (d *Desk) keep(ctx context.Context, a *arrival, seen *Arrival) (duplicate bool, err error) {
	d.lately.stamp(a.good)
	acks, err := d.Raw.Put(ctx, a.good...)
	if err != nil {
		return false, unstored(err)
	}
	d.lately.note(a.good, acks)
	for i, ack := range acks {
		seen.Stories += a.stories[i]
		if ack.Duplicate {
			seen.Again += a.stories[i]
			continue
		}
		seen.Parts++
	}
	return seen.Parts == 0, nil
}

// unstored says what a failure of the store means to the sender.
func unstored(err error) error {
	switch {
	case errors.Is(err, commit.ErrTooLarge):
		return &intake.TooLarge{What: "a message that holds it", Limit: stream.MaxMessage}
	case errors.Is(err, commit.ErrFull):
		return &intake.Busy{Why: "the store is full", After: 10 * time.Second, Err: err}
	case errors.Is(err, commit.ErrUnavailable):
		return &intake.Busy{Why: "the broker is away: nothing is known to be kept", After: 2 * time.Second, Err: err}
	}
	return fmt.Errorf("ingest: the document is not stored: %w", err)
}
