package frame

import "bytes"

var (
	zczc = []byte("ZCZC")
	nnnn = []byte("NNNN")
)

// Telex finds frames that open with ZCZC and close with NNNN. Head is the rest of the opening line. A frame that a
// new ZCZC at a line's begin or the end of the document interrupts has a Fault. It stops looking after one frame too many.
func Telex(doc []byte) []Frame {
	var found []Frame
	at := 0
	for at < len(doc) && len(found) <= MaxParts {
		open := opening(doc, at)
		if open < 0 {
			break
		}
		f := telex(doc, open)
		f.Start, f.Noise = at, noise(doc[at:open])
		f.End = trailing(doc, f.Tail.End)
		found = append(found, f)
		at = f.End
	}
	if n := len(found); n > 0 {
		found[n-1].End = len(doc)
	}
	return found
}

func telex(doc []byte, open int) Frame {
	f := Frame{}
	f.Head.Start = open + len(zczc)
	f.Head.End = len(doc)
	if i := bytes.IndexByte(doc[f.Head.Start:], '\n'); i >= 0 {
		f.Head.End = f.Head.Start + i
	}
	f.Text.Start = min(f.Head.End+1, len(doc))
	shut := closing(doc, f.Text.Start)
	next := opening(doc, f.Text.Start)
	switch {
	case shut >= 0 && (next < 0 || shut < next):
		f.Text.End = shut
		f.Tail = Part{shut, shut + len(nnnn)}
	case next >= 0:
		f.Text.End = next
		f.Tail = Part{next, next}
		f.Fault = "the message breaks off: another ZCZC comes before NNNN"
	default:
		f.Text.End = len(doc)
		f.Tail = Part{len(doc), len(doc)}
		f.Fault = "the message breaks off: the document ends before NNNN"
	}
	return f
}

// opening is where the next ZCZC stands that opens a message: at the begin of a line, or after control characters.
func opening(doc []byte, from int) int { return word(doc, from, zczc) }

func closing(doc []byte, from int) int { return word(doc, from, nnnn) }

func word(doc []byte, from int, w []byte) int {
	for at := from; ; {
		i := bytes.Index(doc[at:], w)
		if i < 0 {
			return -1
		}
		at += i
		if at == 0 || doc[at-1] < ' ' || doc[at-1] == DEL {
			return at
		}
		at += len(w)
	}
}
