package wiredesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Parser reads a document into its stories. It is pure: no clock (Raw.Received is the time it may use), no network,
// no state, and safe to call concurrently; the same Raw gives the same stories for ever. What it cannot read is an
// error made of [Fault] values, never a guess. Where some items are good and some are not, it returns both: the good
// stories and the joined faults of the others.
type Parser func(Raw) ([]Story, error)

// Splitter cuts a document of many items into parts that its Parser reads alone, so that each item can be stored
// and read again by itself. Each part keeps Raw's fields but for Bytes, Item, Line and Column. A document of one item
// comes back whole, byte for byte. It fails only where not even the frame can be read.
type Splitter func(Raw) ([]Raw, error)

// Sniffer says how sure it is that a document is of its format, 0 (it is not) to 100 (nothing else looks like
// this), and why, in words for an adapter's author. It sees the beginning of the document, at least 4 KiB where
// there is as much, with any byte-order mark cut off.
type Sniffer func(head []byte) (score int, reason string)

// Format is a line in the format table.
type Format struct {
	Name  string // as --format, the push API and Raw.Format spell it
	Sniff Sniffer
	Split Splitter // nil where a document is always one story
	Parse Parser
}

// Take stores a document and answers with its receipt. It returns nil only once the bytes are durable; it may be
// called again with the same document, which is harmless.
type Take func(ctx context.Context, raw Raw) (Receipt, error)

// Feed is a transport that receives documents. Receive runs until ctx ends; a document counts as received once take
// returned nil, and is offered again until then.
type Feed interface {
	Receive(ctx context.Context, take Take) error
}

// Sink is a way out that delivers one article at a time. Deliver may be called again with an article it has already
// taken: doing it twice must be harmless. An error means that the same article is offered again, with growing pauses
// and before anything newer, unless it wraps [ErrUndeliverable].
type Sink interface {
	Deliver(ctx context.Context, a Article) error
}

// ErrUndeliverable is what a Sink's error wraps when no later try could succeed: the article becomes a dead letter of
// that output, and the next one is offered.
var ErrUndeliverable = errors.New("can never be delivered")

// ErrGone is what a Sink's error wraps when the destination asked to be sent nothing any more: the output is disabled, in
// every process and over restarts, until an operator resumes it. What it has not taken waits for that.
var ErrGone = errors.New("the destination wants nothing any more")

// After is a Sink's error that asks for the same article again in d, and not sooner.
func After(d time.Duration, err error) error { return &after{d, err} }

// Wait is how long an error that is, or wraps, that of [After] asks to be left alone; 0 for any other.
func Wait(err error) time.Duration {
	var a *after
	if !errors.As(err, &a) {
		return 0
	}
	return max(a.d, 0)
}

type after struct {
	d time.Duration
	error
}

func (a *after) Unwrap() error { return a.error }

// Pace is how a Sink is served. What is zero is as for any other sink.
type Pace struct {
	AtOnce  int           // how many stories are offered at a time, each in its own order; by default one article after another
	Try     time.Duration // what one Deliver may take
	Longest time.Duration // to which the pauses between two tries of an article grow
	GiveUp  time.Duration // how old a revision may get before it is a dead letter; by default it is tried for as long as it is in the news
}

// Paced is a Sink that says how it is to be served. Pace is asked once.
type Paced interface {
	Pace() Pace
}

// Settings decodes a plug's own settings, strictly: an unknown name is an error.
func Settings(from json.RawMessage, into any) error {
	if len(bytes.TrimSpace(from)) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(from))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("settings: more than one value")
	}
	return nil
}
