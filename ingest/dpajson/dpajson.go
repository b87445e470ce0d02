// Package dpajson reads the JSON of dpa's digitalwires, as its queue and its files deliver it.
package dpajson

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Sniff looks for the name of the format.
func Sniff(head []byte) (score int, reason string) {
	doc := bytes.TrimLeft(head, " \t\r\n")
	if len(doc) == 0 || doc[0] != '{' && doc[0] != '[' {
		return 0, "not JSON"
	}
	if bytes.Contains(doc, []byte(`"digitalwires@`)) {
		return 95, "JSON that says it is digitalwires"
	}
	if bytes.Contains(doc, []byte(`"urn"`)) && bytes.Contains(doc, []byte(`"version_created"`)) {
		return 85, "JSON with dpa's urn and version_created"
	}
	return 0, "no names of digitalwires"
}

// Split cuts a list of entries, or a queue's answer that holds one. An entry alone comes back as it is.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	doc, _, err := strictjson.UTF8(raw.Bytes, raw.Charset)
	if err != nil {
		return nil, err
	}
	if raw.Item == 0 {
		if parts, err := strictjson.Lines(raw, doc); err != nil || len(parts) > 1 {
			return parts, err
		}
	}
	top, doc, _, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	list := entries(top)
	switch {
	case list == nil || raw.Item > 0:
		return []wiredesk.Raw{raw}, nil
	case len(list.Items) == 0:
		return nil, wiredesk.FaultAt(doc, list.Start, "dpajson: the queue's answer holds no entry")
	}
	return strictjson.Parts(raw, doc, list.Items), nil
}

// entries is the list that a document is or holds; nil for an entry alone.
func entries(top *strictjson.Value) *strictjson.Value {
	if top.Kind == strictjson.Array {
		return top
	}
	if list := top.Get("entries"); list != nil && list.Kind == strictjson.Array && top.Get("urn") == nil {
		return list
	}
	return nil
}

// Parse reads an entry, or a list of them. What dpa marks as not publishable, notes to editors among it, is left out of
// the story altogether. The dateline, a field of its own, opens the text, as it does in print.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	parts, err := Split(raw)
	if err != nil {
		return nil, err
	}
	if len(parts) > 1 || parts[0].Item != raw.Item {
		return draft.Each(parts, one)
	}
	return one(raw)
}

func one(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	top, doc, repairs, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(top.Get("urn").Words()) == "" {
		return nil, wiredesk.FaultAt(doc, top.Start, "dpajson: the entry has no \"urn\", and must have one")
	}
	r := reader{draft.New(raw, "dpajson", repairs), top}
	r.Zone("Europe/Berlin")
	if err := r.read(); err != nil {
		return nil, wiredesk.FaultAt(doc, top.Start, "dpajson: %s", err)
	}
	story, err := r.Finish()
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{story}, nil
}
