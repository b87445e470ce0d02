// Package anpa reads ANPA 1312, the American wire format, in the forms that agencies give it: AP's, Kyodo's, and the
// ZCZC … NNNN messages of telex lines such as AAP's. The format has no identity: one is derived from what the message
// says, so that reading it again gives the same story.
package anpa

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/frame"
)

const name = "anpa"

// Sniff scores the head of a document: a header of service, number, priority and category after SOH, Kyodo's opening,
// or ZCZC at the begin of a line.
func Sniff(head []byte) (int, string) {
	for _, f := range frame.Control(head) {
		if _, ok := readHeader(string(f.Head.Of(head))); ok {
			return 97, "SOH, a service letter with its number, then priority and category as in ANPA 1312"
		}
		if kyodo(f.Head.Of(head)) {
			return 95, "SOH and KYODO with the stamp of its line"
		}
	}
	if len(frame.Telex(head)) > 0 && bytes.IndexByte(head, frame.SOH) < 0 {
		return 90, "ZCZC opens a line: a telex message"
	}
	return 0, "neither an ANPA 1312 header nor ZCZC"
}

// Split cuts a transmission into its messages. What stands between two messages stays with the later one.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	return frame.Split(raw, finder(raw.Bytes), "SOH (byte 01) or ZCZC")
}

// finder is how the document frames its messages. ZCZC counts only where no SOH does.
func finder(doc []byte) func([]byte) []frame.Frame {
	if bytes.IndexByte(doc, frame.SOH) >= 0 {
		return frame.Control
	}
	return frame.Telex
}

// Parse reads every message of a transmission. A message that breaks off, or whose header no ANPA line sends, is a
// fault with its place; the others are returned all the same.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, _, repairs, err := charset.Decode(raw.Bytes, custom(raw))
	if err != nil {
		return nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	doc := []byte(text)
	frames := finder(doc)(doc)
	if len(frames) == 0 {
		return nil, wiredesk.Faultf(1, 1, "no message found: an ANPA message opens with SOH (byte 01), a telex message with ZCZC")
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
		m.repairs = append(append([]string{}, repairs...), m.repairs...)
		if f.Noise > 0 {
			m.repairs = append(m.repairs, fmt.Sprintf("%d bytes of line noise skipped in front of the message", f.Noise))
		}
		stories = append(stories, m.story(raw, len(frames) == 1))
	}
	return stories, errors.Join(faults...)
}

// custom is the charset to try first: lines that are not seven-bit send Latin-1.
func custom(raw wiredesk.Raw) string {
	if raw.Charset != "" {
		return raw.Charset
	}
	return "iso-8859-1"
}

// read reads one frame in the form its header has.
func read(doc []byte, f frame.Frame) (*message, *wiredesk.Fault) {
	head := f.Head.Of(doc)
	if f.Start < len(doc) && bytes.IndexByte(doc, frame.SOH) < 0 {
		if f.Fault != "" {
			return nil, wiredesk.FaultAt(doc, f.Text.End, "%s", f.Fault)
		}
		if n := f.Text.End - f.Text.Start; n > draft.MaxText {
			return nil, wiredesk.FaultAt(doc, f.Text.Start, "a text of %d bytes: the limit is %d", n, draft.MaxText)
		}
		return readTelex(string(head), string(f.Text.Of(doc))), nil
	}
	if kyodo(head) {
		return readKyodo(doc, f)
	}
	if f.Fault != "" {
		return nil, wiredesk.FaultAt(doc, f.Text.End, "%s", f.Fault)
	}
	h, ok := readHeader(string(head))
	if !ok {
		return nil, wiredesk.FaultAt(doc, f.Head.Start, "the header is not one of ANPA 1312: after SOH stand the service letter and "+
			"four digits, and on the next line priority, category and keyword")
	}
	if f.Text.Start == f.Text.End {
		return nil, wiredesk.FaultAt(doc, f.Head.End, "the message has no text: none stands between STX and ETX")
	}
	if n := f.Text.End - f.Text.Start; n > draft.MaxText {
		return nil, wiredesk.FaultAt(doc, f.Text.Start, "a text of %d bytes: the limit is %d", n, draft.MaxText)
	}
	m := &message{header: h, footer: clean(string(f.Tail.Of(doc)))}
	m.sort(lines(string(f.Text.Of(doc)), h.tabular))
	return m, nil
}
