// Package frame finds the messages in what a wire line sends: SOH … STX … ETX … EOT as ANPA 1312 and IPTC 7901 frame
// them, and ZCZC … NNNN as telex lines do. It finds its feet again after noise, and keeps every byte: the parts it
// cuts, put together, are the document.
package frame

import (
	"bytes"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/looks"
)

// Control characters of the line.
const (
	SOH = 0x01 // start of heading
	STX = 0x02 // start of text
	ETX = 0x03 // end of text
	EOT = 0x04 // end of transmission
	BEL = 0x07 // the alarm bell
	SYN = 0x16 // fill between messages
	DEL = 0x7f // fill, also in front of a message
)

// MaxParts is the most messages one document may hold.
const MaxParts = 10_000

// Frame is one message and where its parts stand in the document, as byte offsets.
type Frame struct {
	Start, End int // with whatever stood between the message before and this one
	Noise      int // bytes of that which were neither fill nor white space

	Head, Text, Tail Part

	// Fault says in words why the message is not whole; empty when it is.
	Fault string
}

// Part is a stretch of the document, half open.
type Part struct{ Start, End int }

// Of is the part's bytes.
func (p Part) Of(doc []byte) []byte { return doc[p.Start:p.End] }

// Split cuts a document into one Raw per frame. A document of one frame comes back whole. It fails when there is no
// frame at all, or more than [MaxParts].
func Split(raw wiredesk.Raw, find func([]byte) []Frame, opening string) ([]wiredesk.Raw, error) {
	frames := find(raw.Bytes)
	switch {
	case len(frames) == 0:
		return nil, wiredesk.Faultf(1, 1, "no message found: none opens with %s; this looks like %s", opening, looks.Like(string(raw.Bytes[:min(len(raw.Bytes), 4096)])))
	case len(frames) > MaxParts:
		return nil, wiredesk.Faultf(1, 1, "more than %d messages in one document: send it in pieces", MaxParts)
	case len(frames) == 1:
		return []wiredesk.Raw{raw}, nil
	}
	parts := make([]wiredesk.Raw, len(frames))
	line, column, at := 1, 1, 0
	for i, f := range frames {
		line, column = advance(line, column, raw.Bytes[at:f.Start])
		at = f.Start
		parts[i] = raw
		parts[i].Bytes = raw.Bytes[f.Start:f.End:f.End]
		parts[i].Item, parts[i].Line, parts[i].Column = i+1, line, column
	}
	return parts, nil
}

func advance(line, column int, over []byte) (int, int) {
	n := bytes.Count(over, []byte{'\n'})
	if n == 0 {
		return line, column + len([]rune(string(over)))
	}
	return line + n, 1 + len([]rune(string(over[bytes.LastIndexByte(over, '\n')+1:])))
}

func fill(b byte) bool {
	switch b {
	case SYN, DEL, 0, '\r', '\n', ' ', '\t', '\f', EOT:
		return true
	}
	return false
}

func noise(between []byte) int {
	n := 0
	for _, b := range between {
		if !fill(b) {
			n++
		}
	}
	return n
}
