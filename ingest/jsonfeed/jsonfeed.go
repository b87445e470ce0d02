// Package jsonfeed reads JSON Feed (https://www.jsonfeed.org/version/1.1/), versions 1 and 1.1.
package jsonfeed

import (
	"bytes"
	"regexp"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

var version = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org`)

// Sniff looks for the version that every JSON Feed states, and, because some state another, for the names of a feed.
func Sniff(head []byte) (score int, reason string) {
	if !bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{")) {
		return 0, "not a JSON object"
	}
	if version.Match(head) {
		return 97, "JSON that says it is JSON Feed"
	}
	found := 0
	for _, name := range []string{`"items"`, `"home_page_url"`, `"feed_url"`, `"content_html"`, `"content_text"`, `"date_published"`, `"next_url"`} {
		if bytes.Contains(head, []byte(name)) {
			found++
		}
	}
	if found >= 3 {
		return 70, "JSON with names of JSON Feed"
	}
	return 0, "no names of JSON Feed"
}

// reused is the name under which a part says that the feed gave its id to other stories too.
const reused = entry.ReusedName

// Split cuts a feed into feeds of one item each, so that what the feed says of all its items stays with each of them.
// A feed of one item comes back as it is.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	top, doc, _, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	list, err := items(top, doc)
	if err != nil {
		return nil, err
	}
	if raw.Item > 0 || len(list) == 1 {
		return []wiredesk.Raw{raw}, nil
	}
	several := entry.Several(all(list, "id"), all(list, "url"))
	parts := strictjson.Parts(raw, doc, list)
	for i := range parts {
		parts[i].Bytes = alone(top, list[i], several[list[i].Get("id").Words()]).JSON()
	}
	return parts, nil
}

// items is the feed's list; a fault where there is none, or an empty one.
func items(top *strictjson.Value, doc []byte) ([]strictjson.Value, error) {
	list := top.Get("items")
	switch {
	case list == nil:
		return nil, wiredesk.FaultAt(doc, top.Start, "jsonfeed: the feed has no \"items\", and must have them")
	case list.Kind != strictjson.Array:
		return nil, wiredesk.FaultAt(doc, list.Start, "jsonfeed: \"items\" must be a list, but is %s", list.Kind)
	case len(list.Items) == 0:
		return nil, wiredesk.FaultAt(doc, list.Start, "jsonfeed: the feed holds no item")
	}
	return list.Items, nil
}

func all(list []strictjson.Value, name string) []string {
	words := make([]string, len(list))
	for i := range list {
		words[i] = list[i].Get(name).Words()
	}
	return words
}

// alone is the feed with one of its items only.
func alone(top *strictjson.Value, item strictjson.Value, marked bool) *strictjson.Value {
	feed := *top
	feed.Names = append([]string(nil), top.Names...)
	feed.Items = append([]strictjson.Value(nil), top.Items...)
	for i, name := range feed.Names {
		if name == "items" {
			feed.Items[i] = strictjson.Value{Kind: strictjson.Array, Items: []strictjson.Value{item}}
		}
	}
	if marked {
		feed.Names = append(feed.Names, reused)
		feed.Items = append(feed.Items, strictjson.Value{Kind: strictjson.Bool, Text: "true"})
	}
	return &feed
}

// Parse reads the items of a feed. An item is known by its id, without what trackers hang on it, else by its address,
// else by its words: see package entry. A feed has no versions; the time of the last change orders them. The text is
// content_html, else content_text, else the summary. That an item is no longer in the feed says nothing about it.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	top, doc, repairs, err := strictjson.Document(raw)
	if err != nil {
		return nil, err
	}
	list, err := items(top, doc)
	if err != nil {
		return nil, err
	}
	if len(list) > 1 {
		parts, err := Split(raw)
		if err != nil {
			return nil, err
		}
		return draft.Each(parts, Parse)
	}
	if list[0].Kind != strictjson.Object {
		return nil, wiredesk.Faultf(1, 1, "jsonfeed: an item must be an object, but this is %s", list[0].Kind)
	}
	e := item(&list[0], top)
	if e.Title+e.Content+e.Summary == "" && len(e.Media) == 0 {
		return nil, wiredesk.Faultf(1, 1, "jsonfeed: the item has no title and no text")
	}
	e.Reused = top.Get(reused) != nil
	story, err := e.Story(raw, "jsonfeed", channel(top), repairs)
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{story}, nil
}
