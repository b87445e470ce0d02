package ninjs

import (
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
	if raw.Item > 0 {
		return []wiredesk.Raw{raw}, nil
	}
	if parts, err := strictjson.Lines(raw, doc); err != nil || len(parts) > 1 {
		return parts, err
	}
	top, err := strictjson.Read(doc)
	if err != nil {
		return nil, err
	}
	many := items(top)
	if alone(many, top) {
		return []wiredesk.Raw{raw}, nil
	}
	if len(many) == 0 {
		return nil, wiredesk.Faultf(1, 1, "ninjs: the document holds no item")
	}
	return strictjson.Parts(raw, doc, many), nil
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
