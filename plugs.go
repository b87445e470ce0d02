package wiredesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
