// Package ingest receives copy: it recognises a document's format, cuts it into its items, reads each, stores them
// in RAW and answers with a receipt. Transports (push, dir, poll …) hand documents to [Desk.Take]; [Formats] is the
// table of what can be read.
//
// A document is read before it is stored, because its story decides the lane it is worked on in, but what reading
// says never decides whether the bytes are kept: readable parts go to RAW, the others to DEAD with the reason, each
// part to exactly one of the two, and a parser that fails or hangs counts as unreadable. There is no receipt before
// the broker has acknowledged all of it. A document that ends the process has no receipt either: its sender offers
// it again, and it waits in no queue where it would end every worker after this one.
package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// What senders declare is kept as far as this, in bytes.
const (
	maxName = 1024
	maxHint = 255
)

// Options are what a desk works with. Raw, Dead and Feeds are required.
type Options struct {
	Raw, Dead commit.Store
	Feeds     *intake.Lines
	Gate      Gate              // nil is always open
	Observe   Observer          // may be nil
	Formats   []wiredesk.Format // nil is Formats()
	Reading   time.Duration     // of one document at most; 0 is MaxReading
	Now       func() time.Time  // nil is time.Now
}

// Desk takes documents in for all transports. It is safe for concurrent use.
type Desk struct {
	Options
	reader *Reader
	lately lately
}

// New makes a desk.
func New(o Options) *Desk {
	if o.Formats == nil {
		o.Formats = Formats()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{Options: o, reader: NewReader(o.Formats, o.Reading)}
}

// Take stores a document and answers with its receipt; it is a [wiredesk.Take]. The transport says which feed, how
// it came and what the sender declared; provider, house and time are the desk's. The error is an [intake.Unreadable], a
// [intake.TooLarge], a [intake.TooFast], a [intake.Busy], wraps [intake.ErrUnknownFeed], or is the broker's: then nothing is known to be kept,
// and the same document is to be offered again, which is harmless.
func (d *Desk) Take(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
	begun := d.Now()
	seen := Arrival{Feed: raw.Feed, Via: raw.Via, Bytes: len(raw.Bytes)}
	receipt, err := d.take(ctx, raw, &seen)
	seen.Outcome = outcome(receipt, err)
	seen.Took = d.Now().Sub(begun)
	if d.Observe != nil {
		d.Observe.Arrived(seen)
	}
	return receipt, err
}

func outcome(r wiredesk.Receipt, err error) string {
	var unreadable *intake.Unreadable
	switch {
	case errors.As(err, &unreadable):
		return OutcomeRejected
	case err != nil:
		return OutcomeRefused
	case r.Duplicate:
		return OutcomeDuplicate
	}
	return OutcomeStored
}

func (d *Desk) take(ctx context.Context, raw wiredesk.Raw, seen *Arrival) (wiredesk.Receipt, error) {
	if err := d.admit(ctx, &raw); err != nil {
		return wiredesk.Receipt{}, err
	}
	a := arrival{asked: raw.Format, receipt: raw.Receipt(), trace: intake.Trace(ctx)}
	if err := identity(raw.URI, raw.Version); err != nil {
		return wiredesk.Receipt{}, d.reject(ctx, a.whole(raw), faultsOf(raw, err), seen)
	}
	reading, err := d.reader.Read(raw)
	if err != nil {
		return wiredesk.Receipt{}, d.unread(ctx, a.whole(raw), err, seen)
	}
	raw.Format = reading.Format
	if err := a.sort(reading.Parts); err != nil {
		return wiredesk.Receipt{}, err
	}
	if len(a.good) == 0 {
		return wiredesk.Receipt{}, d.reject(ctx, a.whole(raw), a.faults, seen)
	}
	if err := d.bury(ctx, seen, a.dead...); err != nil {
		return wiredesk.Receipt{}, err
	}
	duplicate, err := d.keep(ctx, &a, seen)
	if err != nil {
		return wiredesk.Receipt{}, err
	}
	return wiredesk.Receipt{
		Receipt: a.receipt, Feed: raw.Feed, Format: reading.Format, Why: reading.Why, Received: raw.Received,
		Duplicate: duplicate, Stories: a.taken, Rejected: a.faults,
	}, nil
}

// admit stamps the document with what the desk knows, and turns away what the line does not take.
func (d *Desk) admit(ctx context.Context, raw *wiredesk.Raw) error {
	feed, err := d.Feeds.Find(raw.Feed)
	if err != nil {
		return err
	}
	if len(raw.Bytes) > stream.MaxDocument {
		return &intake.TooLarge{What: "the document", Size: len(raw.Bytes), Limit: stream.MaxDocument}
	}
	now := d.Now()
	if err := feed.Admit(now); err != nil {
		return err
	}
	if d.Gate != nil {
		if err := d.Gate.Admit(ctx); err != nil {
			return err
		}
	}
	raw.Provider, raw.House = feed.Provider, feed.House
	if raw.Format == "" || raw.Format == "auto" {
		raw.Format = feed.Format
	}
	if raw.Received.IsZero() {
		raw.Received = now
	}
	raw.Received = raw.Received.UTC().Round(0)
	raw.Name, raw.MediaType, raw.Charset = cut(raw.Name, maxName), cut(raw.MediaType, maxHint), cut(raw.Charset, maxHint)
	return nil
}
