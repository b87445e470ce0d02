// Package rss reads RSS in every version that is in use: 0.9x, 1.0 and 2.0, with the modules that news sites put into it
// (content, Dublin Core, Media RSS, Atom, GeoRSS, WordPress's export). Each item is a story that can be stored and read
// again by itself.
package rss

import (
	"errors"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/looks"
	"github.com/wiredesk/wiredesk/internal/markup"
)

const name = "rss"

// options are what feeds need: they are hand-made more often than not, and RSS 0.91 has a DOCTYPE.
func options() markup.Options {
	return markup.Options{Doctype: true, Entities: true, Lax: true, Checked: true}
}

// Sniff scores the head of a document by its root element.
func Sniff(head []byte) (int, string) {
	switch root, attrs := looks.Root(head); {
	case root == "rss":
		return 97, "the root element is <rss>"
	case root == "RDF" && strings.Contains(attrs, "rss"):
		return 96, "the root element is <rdf:RDF> with RSS's namespace"
	case root == "RDF" && strings.Contains(attrs, "netscape.com"):
		return 96, "the root element is <rdf:RDF> with Netscape's namespace"
	case root == "RDF":
		return 60, "the root element is <rdf:RDF>, as in RSS 1.0"
	case root == "channel":
		return 55, "the root element is <channel>"
	}
	return 0, "the root element is not RSS's"
}

// Split cuts a feed into one part per item, each with the channel around it.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	parts, err := draft.Split(raw, options(), "item", func(name, parent string) bool {
		return name == "item" && parent != "item"
	})
	if err != nil {
		return nil, err
	}
	entry.MarkReused(parts, "item", "guid", "link")
	return parts, nil
}

// Parse reads a feed, or one part of it. An item that breaks off or runs into the next one is a fault with its place; the
// others are returned all the same. A feed without items gives no stories.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	stories, err := parse(raw)
	if err == nil || raw.Item > 0 {
		return stories, err
	}
	parts, cut := Split(raw)
	if cut != nil || len(parts) == 1 {
		return stories, err
	}
	return draft.Each(parts, parse)
}

func parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, repairs, err := draft.Text(raw)
	if err != nil {
		return nil, err
	}
	root, mended, err := markup.Parse(text, options())
	if err != nil {
		return nil, err
	}
	channel := root
	switch {
	case root.Name == "rss" || root.Name == "RDF":
		if c := root.Child("channel"); c != nil {
			channel = c
		}
	case root.Name != "channel":
		return nil, wiredesk.FaultAt([]byte(text), root.From, "the root element is <%s>: a feed in RSS opens with <rss> or <rdf:RDF>", root.Name)
	}
	f := feed{raw: raw, text: text, channel: about(root, channel), repairs: append(repairs, mended...), reused: entry.Reused(text)}
	f.items(channel)
	if channel != root {
		f.items(root)
	}
	f.write()
	return f.stories, errors.Join(f.faults...)
}
