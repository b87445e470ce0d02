// Package draft turns what the fields of an XML wire format say into a story: the same words, times, codes and notices
// mean the same in each of them.
package draft

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// Limits of a document, a story and its text, in bytes. A refusal names the limit.
const (
	MaxDocument = 10 << 20
	MaxStory    = 4 << 20
	MaxText     = 1 << 20
)

// Text is a document's bytes as valid UTF-8 without control characters, and what was mended. It refuses a document over
// the limit and what [charset.Decode] refuses, as faults.
func Text(raw wiredesk.Raw) (text string, repairs []string, err error) {
	if len(raw.Bytes) > MaxDocument {
		return "", nil, wiredesk.Faultf(1, 1, "document of %d bytes: the limit is %d", len(raw.Bytes), MaxDocument)
	}
	if len(raw.Bytes) == 0 {
		return "", nil, wiredesk.Faultf(1, 1, "the document is empty: was it sent whole?")
	}
	text, _, repairs, err = charset.Decode(raw.Bytes, raw.Charset)
	if err != nil {
		return "", nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	text, dropped := charset.Clean(text)
	return text, append(repairs, dropped...), nil
}

// Draft is a story in the making. Its methods fill the story; what they cannot read they note and leave out, and
// never guess. A Draft is for one goroutine.
type Draft struct {
	wiredesk.Story

	raw     wiredesk.Raw
	zone    *time.Location
	body    string
	notices []string
}

// New begins a story that came in raw.
func New(raw wiredesk.Raw, format string, repairs []string) *Draft {
	d := &Draft{raw: raw, zone: raw.House.Zone}
	d.Story = wiredesk.Story{
		Provider: raw.Provider, Feed: raw.Feed, Format: format,
		Repairs: slices.Clone(repairs), Originals: map[string]string{},
	}
	d.Item.Standard = wiredesk.NINJS()
	return d
}

// Zone sets the zone an agency is known to mean where it names none. A zone from the line's configuration wins.
func (d *Draft) Zone(name string) {
	if d.zone != nil {
		return
	}
	if z, err := time.LoadLocation(name); err == nil {
		d.zone = z
	}
}

// Identity sets the family's identity and the version. An id that is no URI becomes one, and is kept as an alternative.
func (d *Draft) Identity(id, version string) {
	id = strings.TrimSpace(id)
	d.Item.URI, d.Item.Version = ninjs.URI(d.raw.Provider, id), strings.TrimSpace(version)
	if d.Item.URI != id {
		d.AltID("guid", id)
	}
}

// AltID adds another identifier of the item, once.
func (d *Draft) AltID(role, value string) {
	id := wiredesk.AltID{Role: role, Value: strings.TrimSpace(value)}
	if id.Value != "" && !slices.Contains(d.Item.AltIDs, id) {
		d.Item.AltIDs = append(d.Item.AltIDs, id)
	}
}

// Original keeps a field in the sender's own spelling.
func (d *Draft) Original(field, value string) {
	if value = strings.TrimSpace(value); value != "" {
		d.Originals[field] = value
	}
}

// Repair notes what was mended, once.
func (d *Draft) Repair(format string, args ...any) {
	if note := fmt.Sprintf(format, args...); !slices.Contains(d.Repairs, note) {
		d.Repairs = append(d.Repairs, note)
	}
}

// Notice adds a line that may say what to do with the copy: an editors' note, a keyword line.
func (d *Draft) Notice(line string) { d.notices = append(d.notices, line) }
