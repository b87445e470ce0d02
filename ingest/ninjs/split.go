package ninjs

import (
	"bytes"
	"slices"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// wrappers are names under which systems send a list of items.
var wrappers = []string{"items", "_items", "newsItems", "news_items", "newsitems", "news", "stories", "articles", "results", "data", "entries", "item"}

// Split cuts a list of items, an object that wraps one ({"items": […]}), and lines of JSON into parts of one item each.
// A document of one item comes back whole. Lines of JSON are cut at their ends, so that a line that is broken harms no
// other.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	doc, _, err := strictjson.UTF8(raw.Bytes, raw.Charset)
	if err != nil {
		return nil, err
	}
	if parts := lines(raw, doc); len(parts) > 1 {
		return parts, nil
	}
	top, err := strictjson.Read(doc)
	if err != nil {
		return nil, err
	}
	many := items(top)
	if len(many) == 1 && many[0].Start == top.Start {
		return []wiredesk.Raw{raw}, nil
	}
	if len(many) == 0 {
		return nil, wiredesk.Faultf(1, 1, "ninjs: the document holds no item")
	}
	cut := cutter{raw: raw, doc: doc, line: 1}
	for _, item := range many {
		cut.part(item.Start, item.End)
	}
	return cut.parts, nil
}

// items are the items of a document.
func items(top *strictjson.Value) []strictjson.Value {
	if top.Kind == strictjson.Array {
		return top.Items
	}
	for _, own := range []string{"uri", "urn", "guid", "headline", "headlines", "versioncreated", "versionCreated"} {
		if top.Get(own) != nil {
			return []strictjson.Value{*top}
		}
	}
	for _, name := range wrappers {
		if list := top.Get(name); list != nil && list.Kind == strictjson.Array && holdsObjects(list) {
			return list.Items
		}
	}
	return []strictjson.Value{*top}
}

func holdsObjects(list *strictjson.Value) bool {
	return !slices.ContainsFunc(list.Items, func(v strictjson.Value) bool { return v.Kind != strictjson.Object })
}

// lines cuts JSON lines: every line that is not empty begins an object, and the first is one by itself.
func lines(raw wiredesk.Raw, doc []byte) []wiredesk.Raw {
	first, _, found := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(doc, []byte("\ufeff")), " \t\r\n"), []byte("\n"))
	if !found || !bytes.HasPrefix(first, []byte("{")) {
		return nil
	}
	if _, err := strictjson.Read(first); err != nil {
		return nil
	}
	cut := cutter{raw: raw, doc: doc, line: 1}
	for at := 0; at < len(doc); {
		stop := len(doc)
		if i := bytes.IndexByte(doc[at:], '\n'); i >= 0 {
			stop = at + i
		}
		line := bytes.TrimSpace(bytes.TrimPrefix(doc[at:stop], []byte("\ufeff")))
		if len(line) > 0 {
			start := at + bytes.Index(doc[at:stop], line)
			cut.part(start, start+len(line))
		}
		at = stop + 1
	}
	return cut.parts
}

// cutter cuts parts in the order of the document, counting lines as it goes.
type cutter struct {
	raw   wiredesk.Raw
	doc   []byte
	at    int
	line  int
	begun int // where the current line began
	parts []wiredesk.Raw
}

func (c *cutter) part(start, end int) {
	for i := bytes.IndexByte(c.doc[c.at:start], '\n'); i >= 0; i = bytes.IndexByte(c.doc[c.at:start], '\n') {
		c.line++
		c.at += i + 1
		c.begun = c.at
	}
	part := c.raw
	part.Bytes = c.doc[start:end]
	part.Item = len(c.parts) + 1
	part.Line, part.Column = c.line, 1+len([]rune(string(c.doc[c.begun:start])))
	c.at = start
	c.parts = append(c.parts, part)
}
