package ingest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Limits of one document's reading.
const (
	MaxItems   = 10_000          // in one document
	MaxReading = 5 * time.Second // of one document; a parser that takes longer is abandoned
	MaxURI     = 2048            // bytes of an item's or a document's identity
	MaxVersion = 255             // bytes of a version
	maxStuck   = 16              // abandoned parsers that may still be running
)

// Part is one piece of a document as it is stored and read again by itself. Raw.Format is the recognised format.
// Stories and Err may both be set: then Err holds the faults of the items that could not be read.
type Part struct {
	Raw     wiredesk.Raw
	Stories []wiredesk.Story
	Err     error
}

// Reading is a document, recognised, cut and parsed.
type Reading struct {
	Format string
	Why    string // how the format was recognised, in words for the sender
	Parts  []Part
}

// Reader reads documents with the formats of a table. It is safe for concurrent use. Whatever a parser does, short of
// ending the process, becomes an error: a panic is a fault of its part, and a parser that takes longer than the
// deadline is left behind.
type Reader struct {
	formats  []wiredesk.Format
	deadline time.Duration
	stuck    atomic.Int32
}

// NewReader makes a reader over a format table. A deadline of zero is [MaxReading].
func NewReader(formats []wiredesk.Format, deadline time.Duration) *Reader {
	if deadline <= 0 {
		deadline = MaxReading
	}
	return &Reader{formats: formats, deadline: deadline}
}

// Read recognises, cuts and parses a document with the formats of this program.
func Read(raw wiredesk.Raw) (Reading, error) { return NewReader(Formats(), 0).Read(raw) }

// Parse reads one stored part with the formats of this program, as [Reader.Parse] does.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) { return NewReader(Formats(), 0).Parse(raw) }

// Read recognises the format of a document, cuts it into its parts and parses each. The error says that not even
// the frame could be read; what is wrong with a part is in the part. A [intake.TooLarge] names the limit.
func (r *Reader) Read(raw wiredesk.Raw) (Reading, error) {
	if len(raw.Bytes) > stream.MaxDocument {
		return Reading{}, &intake.TooLarge{What: "the document", Size: len(raw.Bytes), Limit: stream.MaxDocument}
	}
	until := time.Now().Add(r.deadline)
	format, why, err := recognise(r.formats, raw)
	if err != nil {
		return Reading{}, err
	}
	raw.Format = format.Name
	out := Reading{Format: format.Name, Why: why}
	parts, err := r.cut(format, raw, until)
	if err != nil {
		return out, err
	}
	for _, p := range parts {
		out.Parts = append(out.Parts, r.part(format, p, until))
	}
	return out, nil
}

// Parse reads one part as [Reader.Read] left it: it is parsed whole in the format that Raw names, else in the one
// recognised. Good stories and the joined faults of the others may come back together.
func (r *Reader) Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	format, _, err := recognise(r.formats, raw)
	if err != nil {
		return nil, err
	}
	raw.Format = format.Name
	p := r.part(format, raw, time.Now().Add(r.deadline))
	return p.Stories, p.Err
}

// cut splits a whole document. A part of an earlier document stays as it is.
func (r *Reader) cut(format wiredesk.Format, raw wiredesk.Raw, until time.Time) ([]wiredesk.Raw, error) {
	if format.Split == nil || raw.Item > 0 {
		return []wiredesk.Raw{raw}, nil
	}
	parts, err := within(r, until, func() ([]wiredesk.Raw, error) { return format.Split(raw) })
	switch {
	case err != nil:
		return nil, err
	case len(parts) == 0:
		return nil, wiredesk.Faultf(1, 1, "the document holds no item")
	case len(parts) > MaxItems:
		return nil, wiredesk.Faultf(1, 1, "the document holds %d items: the limit is %d", len(parts), MaxItems)
	}
	for i := range parts {
		parts[i].Format = format.Name
		if len(parts) > 1 && parts[i].Item == 0 {
			parts[i].Item = i + 1
		}
	}
	return parts, nil
}

func (r *Reader) part(format wiredesk.Format, raw wiredesk.Raw, until time.Time) Part {
	if len(raw.Bytes) > stream.MaxStory {
		what := "one item of the document"
		if raw.Item == 0 {
			what = "one story"
		}
		return Part{Raw: raw, Err: &intake.TooLarge{What: what, Size: len(raw.Bytes), Limit: stream.MaxStory}}
	}
	stories, err := within(r, until, func() ([]wiredesk.Story, error) { return format.Parse(raw) })
	good, faults := sound(format.Name, raw, stories)
	if err == nil && len(good) == 0 && faults == nil {
		err = wiredesk.Faultf(1, 1, "%s: no story in it", format.Name)
	}
	return Part{Raw: raw, Stories: good, Err: join(err, faults)}
}

func join(a, b error) error {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return errors.Join(a, b)
}

type answer[T any] struct {
	value T
	err   error
}

// within runs a piece of a parser until the deadline at most. What runs longer is left behind and counted, so that
// hostile copy cannot fill the process with such leftovers.
func within[T any](r *Reader, until time.Time, work func() (T, error)) (T, error) {
	var none T
	if r.stuck.Load() >= maxStuck {
		return none, &intake.Busy{Why: fmt.Sprintf("%d parsers are stuck", maxStuck), After: r.deadline}
	}
	if time.Until(until) <= 0 {
		return none, wiredesk.Faultf(1, 1, "not read: reading its document took longer than %s", r.deadline)
	}
	done := make(chan answer[T], 1)
	go func() {
		v, err := guarded(work)
		done <- answer[T]{v, err}
	}()
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case a := <-done:
		return a.value, a.err
	case <-timer.C:
		r.stuck.Add(1)
		go func() {
			<-done
			r.stuck.Add(-1)
		}()
		return none, wiredesk.Faultf(1, 1, "reading took longer than %s", r.deadline)
	}
}

func guarded[T any](work func() (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = wiredesk.Faultf(1, 1, "the parser failed on it: %v", p)
		}
	}()
	return work()
}
