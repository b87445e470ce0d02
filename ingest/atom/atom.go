// Package atom reads Atom (RFC 4287, and 0.3 which came before it) with the tombstones of RFC 6721: an entry is a
// story, a deleted entry is a kill of the story with its id.
package atom

import (
	"errors"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/looks"
	"github.com/wiredesk/wiredesk/internal/markup"
)

const name = "atom"

func options() markup.Options {
	return markup.Options{Doctype: true, Entities: true, Lax: true, Checked: true}
}

// Sniff scores the head of a document by its root element.
func Sniff(head []byte) (int, string) {
	switch root, attrs := looks.Root(head); {
	case root == "feed" && entry.Declares(attrs, "atom"):
		return 97, "the root element is <feed> in Atom's namespace"
	case root == "feed":
		return 70, "the root element is <feed>"
	case root == "entry" && entry.Declares(attrs, "atom"):
		return 95, "the root element is an <entry> of Atom"
	case root == "deleted-entry":
		return 95, "the root element is a tombstone of Atom"
	}
	return 0, "the root element is not Atom's"
}

// Split cuts a feed into one part per entry and tombstone, each with the feed around it.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	parts, err := draft.Split(raw, options(), "entry", func(name, parent string) bool {
		return (name == "entry" || name == "deleted-entry") && parent == "feed"
	})
	if err != nil {
		return nil, err
	}
	entry.MarkReused(parts, "entry", "id", "link")
	return parts, nil
}

// Parse reads a feed, a part of it, or an entry by itself. An entry that breaks off or runs into the next one is a fault
// with its place; the others are returned all the same. A feed without entries gives no stories.
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
	f := feed{raw: raw, text: text, repairs: append(repairs, mended...), reused: entry.Reused(text)}
	switch root.Name {
	case "feed":
		f.channel = about(root)
		f.read(root)
	case "entry", "deleted-entry":
		f.read(&markup.Node{First: root})
	default:
		return nil, wiredesk.FaultAt([]byte(text), root.From, "the root element is <%s>: a feed in Atom opens with <feed>", root.Name)
	}
	return f.stories, errors.Join(f.faults...)
}
