// Package iptc7901 reads the messages of IPTC 7901, the seven-bit standard that European agencies still send: a line
// of codes, the slug, a headline, text wrapped at 69 columns, and a trailer with the only true time. It knows the
// house forms of dpa and of the Swiss agency.
package iptc7901

import (
	"errors"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/frame"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

const name = "iptc7901"

// Sniff scores the head of a document: SOH and a header line of this standard are its alone.
func Sniff(head []byte) (int, string) {
	for _, f := range frame.Control(head) {
		if _, ok := readHeader(string(f.Head.Of(head))); !ok {
			continue
		}
		if len(f.Text.Of(head)) > 0 {
			return 96, "SOH, a header of service, number, priority and category, then STX"
		}
		return 70, "SOH and a header of service, number, priority and category"
	}
	return 0, "no SOH with an IPTC 7901 header"
}

// Split cuts a transmission into its messages. What stands between two messages stays with the later one.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	return frame.Split(raw, frame.Control, "SOH (byte 01)")
}

// Parse reads every message of a transmission. A message that breaks off, or whose header is not the standard's, is a
// fault with its place; the others are returned all the same. The identity of a story is made of the agency, the
// trailer's day, the slug and the headline, so that the same story sent on several services is one story.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, _, repairs, err := charset.Decode(raw.Bytes, custom(raw))
	if err != nil {
		return nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	doc := []byte(text)
	frames := frame.Control(doc)
	if len(frames) == 0 {
		return nil, wiredesk.Faultf(1, 1, "no message found: an IPTC 7901 message opens with SOH (byte 01)")
	}
	var stories []wiredesk.Story
	var faults []error
	for i, f := range frames {
		m, fault := read(doc, f)
		if fault != nil {
			if len(frames) > 1 {
				fault.Item = i + 1
			}
			faults = append(faults, fault)
			continue
		}
		m.many = len(frames) > 1
		m.repairs = append(append([]string{}, repairs...), m.repairs...)
		stories = append(stories, m.story(raw))
	}
	return stories, errors.Join(faults...)
}

// custom is the charset to try first. Latin-1 is what 7901 lines send without saying so; a document that is mostly
// beyond ASCII is not in it, and is left to the letters to tell.
func custom(raw wiredesk.Raw) string {
	if raw.Charset != "" {
		return raw.Charset
	}
	high := 0
	for _, b := range raw.Bytes {
		if b >= 0x80 {
			high++
		}
	}
	if high*6 > len(raw.Bytes) {
		return ""
	}
	return "iso-8859-1"
}

// message is one frame, read.
type message struct {
	header
	heading
	notepad
	body    string
	signOff string
	trailer string
	bells   bool
	many    bool // the document holds others as well
	repairs []string
}

func read(doc []byte, f frame.Frame) (message, *wiredesk.Fault) {
	if f.Fault != "" {
		return message{}, wiredesk.FaultAt(doc, f.Text.End, "%s", f.Fault)
	}
	var m message
	var ok bool
	if m.header, ok = readHeader(string(f.Head.Of(doc))); !ok {
		return message{}, wiredesk.FaultAt(doc, f.Head.Start, "the header is not one of IPTC 7901: after SOH stand the service and its number, "+
			"the priority, the category and the word count")
	}
	if f.Text.Start == f.Text.End {
		return message{}, wiredesk.FaultAt(doc, f.Head.End, "the message has no text: none stands between STX and ETX")
	}
	if n := f.Text.End - f.Text.Start; n > draft.MaxText {
		return message{}, wiredesk.FaultAt(doc, f.Text.Start, "a text of %d bytes: the limit is %d", n, draft.MaxText)
	}
	text := string(f.Text.Of(doc))
	m.bells = strings.IndexByte(text, frame.BEL) >= 0
	text = strings.ReplaceAll(text, string(rune(frame.BEL)), "")
	text, m.repairs = charset.Clean(text)
	if f.Noise > 0 {
		m.repairs = append(m.repairs, noise(f.Noise))
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	m.heading, lines = readHeading(lines)
	lines, m.signOff = cutSignOff(lines, m.agency)
	lines, m.notepad = readNotepad(lines)
	m.body = wirecopy.Paragraphs(lines)
	m.body = strings.TrimSpace(m.body[:notice.Cut(m.body)])
	m.trailer = strings.TrimSpace(strings.Trim(string(f.Tail.Of(doc)), "\x7f\x04\r\n \x00"))
	return m, nil
}
