package frame

import "bytes"

// Control finds frames that open with SOH. A frame without STX keeps all it has in Head; one that a new SOH or the
// end of the document interrupts within its text has a Fault. It stops looking after one frame too many.
func Control(doc []byte) []Frame {
	var found []Frame
	at := 0
	for at < len(doc) && len(found) <= MaxParts {
		soh := bytes.IndexByte(doc[at:], SOH)
		if soh < 0 {
			break
		}
		f := control(doc, at+soh)
		f.Start, f.Noise = at, noise(doc[at:at+soh])
		f.End = trailing(doc, f.Tail.End)
		found = append(found, f)
		at = f.End
	}
	if n := len(found); n > 0 {
		found[n-1].End = len(doc)
	}
	return found
}

func control(doc []byte, soh int) Frame {
	f := Frame{}
	f.Head.Start = soh + 1
	stx := index(doc, f.Head.Start, STX, SOH, EOT)
	f.Head.End = stx
	f.Text, f.Tail = Part{stx, stx}, Part{stx, stx}
	if stx == len(doc) || doc[stx] != STX {
		return f
	}
	f.Text.Start = stx + 1
	etx := index(doc, f.Text.Start, ETX, SOH, EOT)
	f.Text.End = etx
	f.Tail = Part{etx, etx}
	switch {
	case etx == len(doc):
		f.Fault = "the message breaks off: the document ends within its text, before ETX"
	case doc[etx] == SOH:
		f.Fault = "the message breaks off: another begins within its text, before ETX"
	case doc[etx] == EOT:
		f.Fault = "the message breaks off: the transmission ends within its text, before ETX"
		f.Tail.End = etx + 1
	default:
		f.Tail.Start = etx + 1
		f.Tail.End = index(doc, etx+1, EOT, SOH)
		if f.Tail.End < len(doc) && doc[f.Tail.End] == EOT {
			f.Tail.End++
		}
	}
	return f
}

// index is where the first of the marks stands at or after from, or the end of the document.
func index(doc []byte, from int, marks ...byte) int {
	for i := from; i < len(doc); i++ {
		for _, m := range marks {
			if doc[i] == m {
				return i
			}
		}
	}
	return len(doc)
}

// trailing is where the fill after a frame ends, up to and with the line end: DEL and CR LF that close a message
// belong to it, the SYN of the next one do not.
func trailing(doc []byte, at int) int {
	for at < len(doc) && doc[at] != SYN && fill(doc[at]) {
		at++
		if doc[at-1] == '\n' {
			break
		}
	}
	return at
}
