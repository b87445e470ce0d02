package strictjson

import (
	"bytes"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Parts cuts a document at values that stand in it one behind the other, as their own documents with their number and
// place.
func Parts(raw wiredesk.Raw, doc []byte, items []Value) []wiredesk.Raw {
	cut := cutter{raw: raw, doc: doc, line: 1, column: 1}
	for i := range items {
		cut.part(items[i].Start, items[i].End)
	}
	return cut.parts
}

// MaxLines bounds the items of a document that has one on each line.
const MaxLines = 10_000

// Lines cuts a document at its line ends, where its first line is an object by itself; empty lines are left out. It is
// nil where the document is of another shape. A line that is no JSON is cut like the others, for its parser to refuse.
// More than MaxLines lines are refused.
func Lines(raw wiredesk.Raw, doc []byte) ([]wiredesk.Raw, error) {
	first, rest, found := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(doc, []byte("\ufeff")), " \t\r\n"), []byte("\n"))
	if !found || !bytes.HasPrefix(first, []byte("{")) || len(bytes.TrimSpace(rest)) == 0 {
		return nil, nil
	}
	if _, err := Read(first); err != nil {
		return nil, nil
	}
	cut := cutter{raw: raw, doc: doc, line: 1, column: 1}
	for at := 0; at < len(doc); {
		stop := len(doc)
		if i := bytes.IndexByte(doc[at:], '\n'); i >= 0 {
			stop = at + i
		}
		line := bytes.TrimSpace(bytes.TrimPrefix(doc[at:stop], []byte("\ufeff")))
		if len(cut.parts) == MaxLines && len(line) > 0 {
			return nil, wiredesk.FaultAt(doc, at, "more than %d lines of JSON in one document: the limit is %d", MaxLines, MaxLines)
		}
		if len(line) > 0 {
			start := at + bytes.Index(doc[at:stop], line)
			cut.part(start, start+len(line))
		}
		at = stop + 1
	}
	return cut.parts, nil
}

// cutter cuts parts in the order of the document, counting lines and columns as it goes.
type cutter struct {
	raw          wiredesk.Raw
	doc          []byte
	at           int // up to here it has counted
	line, column int
	parts        []wiredesk.Raw
}

func (c *cutter) part(start, end int) {
	passed := c.doc[c.at:start]
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		c.line += bytes.Count(passed, []byte("\n"))
		c.column, passed = 1, passed[i+1:]
	}
	c.column += utf8.RuneCount(passed)
	c.at = start
	part := c.raw
	part.Bytes, part.Charset = c.doc[start:end], "utf-8"
	part.Item = len(c.parts) + 1
	part.Line, part.Column = c.line, c.column
	c.parts = append(c.parts, part)
}
