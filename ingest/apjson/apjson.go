// Package apjson reads the JSON of the AP Media API: single items, and pages of its feed.
package apjson

import (
	"bytes"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Sniff looks for the identifiers that only this API has.
func Sniff(head []byte) (score int, reason string) {
	if !bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{")) || !bytes.Contains(head, []byte(`"altids"`)) {
		return 0, "no JSON with altids"
	}
	if bytes.Contains(head, []byte(`"itemid"`)) && bytes.Contains(head, []byte(`"etag"`)) {
		return 92, "JSON with AP's itemid and etag"
	}
	return 0, "no itemid and etag of AP"
}

// Split cuts a page of the feed into its items. An item alone comes back as it is.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	top, doc, _, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	list := top.At("data", "items")
	if list == nil || list.Kind != strictjson.Array || raw.Item > 0 {
		return []wiredesk.Raw{raw}, nil
	}
	if len(list.Items) == 0 {
		return nil, wiredesk.FaultAt(doc, list.Start, "apjson: this page of the feed holds no item")
	}
	return strictjson.Parts(raw, doc, list.Items), nil
}

// Parse reads an item, or a page of them. The story's identity is AP's itemid, which stays when the etag or the address
// changes; the version is AP's, where 0 is a version. An item without a text rendition is a story. Signals without
// "newscontent" make it an advisory. Urgencies above 5 are no urgency but say when AP means the copy to run; they stay
// among the signals.
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
	it := item(top)
	id := it.At("altids", "itemid").Words()
	if id == "" {
		id, _, _ = strings.Cut(it.Get("uri").Words(), "?")
	}
	if id == "" {
		return nil, wiredesk.FaultAt(doc, top.Start, "apjson: the item has neither altids.itemid nor uri, and must have one")
	}
	r := reader{draft.New(raw, "apjson", repairs), it}
	r.Identity(id, it.Get("version").Words())
	if err := r.read(); err != nil {
		return nil, wiredesk.FaultAt(doc, it.Start, "apjson: %s", err)
	}
	story, err := r.Finish()
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{story}, nil
}

// item is the item within its envelopes.
func item(top *strictjson.Value) *strictjson.Value {
	for _, path := range [][]string{{"data", "item"}, {"item"}} {
		if v := top.At(path...); v != nil && v.Kind == strictjson.Object {
			return v
		}
	}
	return top
}
