package wiredesk

import (
	"errors"
	"fmt"
	"strings"
)

// Fault is why copy could not be read, with its place. Its text is "line:col: reason", in the words of the person
// who sent it. Parsers return it, or several joined with [errors.Join].
type Fault struct {
	Line   int    `json:"line"`           // counted from 1
	Column int    `json:"column"`         // in characters, counted from 1
	Item   int    `json:"item,omitempty"` // in a document of many items, counted from 1
	Reason string `json:"reason"`
}

func (f *Fault) Error() string { return fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Reason) }

// Faultf makes a Fault at a place of the document.
func Faultf(line, column int, format string, args ...any) *Fault {
	return &Fault{Line: max(line, 1), Column: max(column, 1), Reason: fmt.Sprintf(format, args...)}
}

// FaultAt makes a Fault at a byte offset of the document, counting lines and characters up to it.
func FaultAt(doc []byte, offset int, format string, args ...any) *Fault {
	head := string(doc[:min(max(offset, 0), len(doc))])
	line := 1 + strings.Count(head, "\n")
	last := head[strings.LastIndexByte(head, '\n')+1:]
	return Faultf(line, 1+len([]rune(last)), format, args...)
}

// From moves a fault found in a part of a document to its place in the whole, given where the part began.
func (f *Fault) From(line, column int) *Fault {
	if line < 1 {
		return f
	}
	moved := *f
	if f.Line == 1 && column > 1 {
		moved.Column += column - 1
	}
	moved.Line += line - 1
	return &moved
}

// Faults are all faults inside an error, in order; an error that holds none becomes one fault at 1:1.
func Faults(err error) []*Fault {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Fault
		for _, e := range many.Unwrap() {
			all = append(all, Faults(e)...)
		}
		return all
	}
	var f *Fault
	if errors.As(err, &f) {
		return []*Fault{f}
	}
	return []*Fault{Faultf(1, 1, "%s", err)}
}
