// Package draft turns what the fields of an XML wire format say into a story: the same words, times, codes and notices
// mean the same in each of them.
package draft

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
	"github.com/wiredesk/wiredesk/internal/wiretime"
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
	d := &Draft{raw: raw}
	if zone := raw.House.Zone; zone != time.UTC {
		d.zone = zone
	}
	d.Story = wiredesk.Story{
		Provider: raw.Provider, Feed: raw.Feed, Format: format,
		Repairs: slices.Clone(repairs), Originals: map[string]string{},
	}
	d.Item.Standard = wiredesk.NINJS()
	return d
}

// Zone sets the zone an agency is known to mean where it names none. A zone from the line's configuration wins; UTC is
// no one's choice, it is what a line has that says nothing.
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

// Time reads the time of a field. One that cannot be read is zero, kept among the originals, and noted.
func (d *Draft) Time(field, value string) time.Time {
	r, ok := d.read(field, value)
	if !ok {
		return time.Time{}
	}
	return r.Time
}

func (d *Draft) read(field, value string) (wiretime.Reading, bool) {
	if value = strings.TrimSpace(value); value == "" {
		return wiretime.Reading{}, false
	}
	d.Original(field, value)
	r, err := wiretime.Parse(value, wiretime.Setting{Zone: d.zone, Received: d.raw.Received})
	if err != nil {
		d.Repair("%s %q is no time that can be read", field, value[:min(len(value), 60)])
		return wiretime.Reading{}, false
	}
	for _, n := range r.Notes {
		d.Repair("%s: %s", field, n)
	}
	return r, true
}

// Embargo reads the end of an embargo. An empty or unreadable one, or a day without an hour, is an embargo whose end is
// unknown; an hour that happened twice is the later one.
func (d *Draft) Embargo(value string) {
	r, ok := d.read("embargoedUntil", value)
	if !ok || r.DateOnly || r.Ambiguous && r.Latest().Equal(r.Time) {
		d.EmbargoUnknown = true
		return
	}
	if r.Latest().After(d.Item.EmbargoedUntil) {
		d.Item.EmbargoedUntil = r.Latest()
	}
}

// Status sets the publishing status from any standard's word. It reports an embargo, which is a status in some formats
// and a time in ninjs. A word that is none withholds the item.
func (d *Draft) Status(word string) (embargoed bool) {
	status, ok := newscodes.Status(word)
	switch {
	case !ok:
		d.Original("pubStatus", word)
		d.Repair("unknown status %q: withheld until the sender says otherwise", word[:min(len(word), 40)])
		d.Item.PubStatus = wiredesk.Withheld
	case status == newscodes.Embargoed:
		d.Original("pubStatus", word)
		d.Item.PubStatus = wiredesk.Usable
		return true
	default:
		if plain := strings.ToLower(word[strings.LastIndexByte(word, ':')+1:]); plain != "" && plain != status {
			d.Original("pubStatus", word)
		}
		d.Item.PubStatus = status
	}
	return false
}

// Urgency reads an urgency of 1 to 9 or in the house's own words.
func (d *Draft) Urgency(value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	d.Original("urgency", value)
	if u, ok := d.raw.House.Urgency[value]; ok {
		d.Item.Urgency = min(max(u, 1), 9)
	} else if len(value) == 1 && value[0] >= '1' && value[0] <= '9' {
		d.Item.Urgency = int(value[0] - '0')
	}
}

// Notice adds a line that may say what to do with the copy: an editors' note, a keyword line.
func (d *Draft) Notice(line string) { d.notices = append(d.notices, line) }

// Finish completes the story: text, counts, defaults of the line, and what notices in prose demand. It refuses a story
// whose text is over the limit.
func (d *Draft) Finish() (wiredesk.Story, error) {
	d.compose(d.body)
	if len(d.Text) > MaxText {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "story with a text of %d bytes: the limit is %d", len(d.Text), MaxText)
	}
	if d.Item.Language == "" {
		d.Item.Language = d.raw.House.Language
	}
	if d.Item.UsageTerms == "" {
		d.Item.UsageTerms = d.raw.House.Usage
	}
	d.notice(d.body)
	if len(d.Originals) == 0 {
		d.Originals = nil
	}
	return d.Story, nil
}

func (d *Draft) notice(body string) {
	clock := notice.Clock{Received: d.raw.Received, Zone: d.zone}
	if at := d.Item.VersionCreated; !at.IsZero() && at.Before(d.raw.Received) {
		clock.Received = at // "Friday" is the Friday after it was written
	}
	for _, l := range append(d.notices, d.Item.Headline(), d.Item.Slugline) {
		notice.Line(l, clock).Apply(&d.Story)
	}
	for l := range strings.SplitSeq(d.Item.EdNote, "\n") {
		notice.Line(l, clock).Apply(&d.Story)
	}
	notice.Read(body, clock).Apply(&d.Story)
}

// compose makes the story's text, and a headline out of the body where urgent copy has none.
func (d *Draft) compose(body string) {
	head := d.Item.Headline()
	if head == body {
		d.Text = body
		return
	}
	if head == "" && body != "" && d.Item.Type == "text" {
		head = wirecopy.FirstSentences(body, 100)
		d.Item.Headlines = wirecopy.Headline(head)
		d.Repair("no headline: the first words of the text stand in for it")
		d.Text = body
		return
	}
	d.Text = wirecopy.Compose(head, body)
}

// Words counts words as people do: what stands between spaces.
func Words(text string) int {
	n, inWord := 0, false
	for _, r := range text {
		space := unicode.IsSpace(r)
		if !space && !inWord {
			n++
		}
		inWord = !space
	}
	return n
}

// Body adds a body as HTML with its plain text. words is what the sender counted, 0 where it did not. Text below a
// sentence that says it is not for publication is cut off.
func (d *Draft) Body(role, html, plain string, words int) {
	if cut := notice.Cut(plain); cut < len(plain) {
		d.Original("belowTheLine", plain[cut:])
		plain = strings.TrimSpace(plain[:cut])
		html = markup.Paragraphs(plain)
		d.Repair("text below the line that is not for publication was cut off")
	}
	d.add(wiredesk.Content{Role: role, ContentType: "text/html", Value: html, WordCount: words}, plain)
}

// Lines adds a body of plain text, which stays plain text. Text below the line is cut off as in [Draft.Body].
func (d *Draft) Lines(role string, words int, text string) {
	plain := strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if cut := notice.Cut(plain); cut < len(plain) {
		d.Original("belowTheLine", plain[cut:])
		plain = strings.TrimSpace(plain[:cut])
		d.Repair("text below the line that is not for publication was cut off")
	}
	d.add(wiredesk.Content{Role: role, ContentType: "text/plain", Value: plain, WordCount: words}, plain)
}

func (d *Draft) add(body wiredesk.Content, plain string) {
	if plain == "" {
		return
	}
	if body.CharCount = utf8.RuneCountInString(plain); body.WordCount <= 0 {
		body.WordCount = Words(plain)
	}
	d.Item.Bodies = append(d.Item.Bodies, body)
	if d.body != "" {
		plain = d.body + "\n\n" + plain
	}
	d.body = plain
}

// Plain is the text of all bodies so far.
func (d *Draft) Plain() string { return d.body }

// HasBody says whether there is any text yet.
func (d *Draft) HasBody() bool { return d.body != "" }
