// Package edict is the operator's own word about a story: kill it, hold it back, lift that hold. An edict goes through
// the line like any other message: it is stored in RAW first, enrich decides what it means, publish tells everyone who
// got any version. What the sender says of the story afterwards does not undo it.
package edict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Act is what an edict does.
type Act string

// Acts of an operator. A kill is final: no version of the sender's brings the story back. A hold keeps every version
// from subscribers until it is lifted; lifting gives the newest version the meaning its sender gave it.
const (
	Kill Act = "kill"
	Hold Act = "hold"
	Lift Act = "lift"
)

// Limits of what an operator writes, in bytes.
const (
	MaxReason = 1000
	MaxBy     = 100
)

// Format is what RAW says of an edict where a document has its format.
const Format = "edict"

// Edict is one word of an operator about one story. The story is named by its id, or by its URI and, where several
// agencies use that URI, by its provider.
type Edict struct {
	Act      Act       `json:"act"`
	Story    string    `json:"story"`
	URI      string    `json:"uri,omitempty"`
	Provider string    `json:"provider,omitempty"`
	Reason   string    `json:"reason"` // sent to everyone who had the story
	By       string    `json:"by"`     // who says so; kept, not sent
	At       time.Time `json:"at"`
}

// Check says what is wrong with an edict, in words for whoever wrote it.
func (e Edict) Check() error {
	switch {
	case e.Act != Kill && e.Act != Hold && e.Act != Lift:
		return fmt.Errorf("edict: no act %q: kill, hold or lift", e.Act)
	case e.Act == Kill && strings.TrimSpace(e.Reason) == "":
		return errors.New("edict: a kill needs a reason (--reason TEXT): everyone who had the story is told it")
	case len(e.Reason) > MaxReason:
		return fmt.Errorf("edict: a reason of %d bytes: the limit is %d", len(e.Reason), MaxReason)
	case len(e.By) > MaxBy:
		return fmt.Errorf("edict: a name of %d bytes: the limit is %d", len(e.By), MaxBy)
	case !utf8.ValidString(e.Reason) || !utf8.ValidString(e.By):
		return errors.New("edict: the reason and the name must be UTF-8")
	case e.Story == "" && e.URI == "":
		return errors.New("edict: name the story by its URI or its id")
	}
	return nil
}

// Read reads an edict from its message in RAW. Only messages on [stream.EdictSubject] are edicts.
func Read(subject string, data []byte) (Edict, error) {
	var e Edict
	if subject != stream.EdictSubject {
		return e, fmt.Errorf("edict: a message on %s is none", subject)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, fmt.Errorf("edict: %w", err)
	}
	if err := e.Check(); err != nil {
		return e, err
	}
	if e.URI == "" || e.Provider == "" || e.Story != wiredesk.StoryID(e.Provider, e.URI) {
		return e, fmt.Errorf("edict: story %q is not that of %q by %q", e.Story, e.URI, e.Provider)
	}
	return e, nil
}

// raw is the edict as RAW keeps it, like any document.
func (e Edict) raw() (wiredesk.Raw, error) {
	body, err := json.Marshal(e)
	return wiredesk.Raw{
		Feed: stream.EdictFeed, Provider: e.Provider, Via: "operator", Format: Format, MediaType: "application/json", Received: e.At, Bytes: body,
	}, err
}

func message(raw wiredesk.Raw, e Edict) stream.Message {
	text := func(s string) []string { return []string{stream.HeaderValue(s)} }
	h := nats.Header{
		stream.HFeed: text(raw.Feed), stream.HProvider: text(raw.Provider), stream.HVia: text(raw.Via), stream.HFormat: text(raw.Format),
		stream.HMediaType: text(raw.MediaType), stream.HReceived: {raw.Received.Format(time.RFC3339Nano)}, stream.HReceipt: {raw.Receipt()},
		stream.HSHA256: {raw.SHA256()}, stream.HStory: {e.Story}, stream.HURI: text(e.URI),
		stream.HCESpec: {"1.0"}, stream.HCEID: {raw.Receipt()}, stream.HCEType: {"org.wiredesk.edict"}, stream.HCESource: {"/operator"},
		stream.HCETime: {raw.Received.Format(time.RFC3339Nano)}, stream.HCEContent: {raw.MediaType},
	}
	return stream.Message{Subject: stream.EdictSubject, ID: raw.Receipt(), Header: h, Data: raw.Bytes}
}
