// Package newsml1 reads NewsML 1.0 to 1.2: items inside their envelope, components inside components, and the manners
// of the agencies that send it.
package newsml1

import (
	"bytes"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

const name = "newsml1"

// options: a DOCTYPE is normal here; it is skipped, and nothing it names is fetched.
var options = markup.Options{Doctype: true, Entities: true, Checked: true}

// Sniff scores the head of a document: a root element NewsML is this format's alone.
func Sniff(head []byte) (int, string) {
	switch root := markup.Root(head); {
	case root == "":
		return 0, "no XML element"
	case root == "NewsML":
		return 97, "the root element <NewsML>"
	case root == "NewsItem" && bytes.Contains(head, []byte("NewsIdentifier")):
		return 90, "the root element <NewsItem> with a NewsIdentifier"
	default:
		return 0, "the root element <" + root + "> is not NewsML"
	}
}

func isItem(name, parent string) bool { return name == "NewsItem" && parent == "NewsML" }

// Split cuts a document into its news items, each with the envelope around it. One item comes back whole.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	return draft.Split(raw, options, "/NewsItem>", isItem)
}

// Parse reads every news item of a document. One that cannot be read is a fault with its place; the others are returned
// all the same. An item that only updates or takes back part of an earlier one is Partial and blanks nothing.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	parts, err := Split(raw)
	if err != nil {
		return nil, err
	}
	if len(parts) > 1 {
		return draft.Each(parts, parse)
	}
	return parse(parts[0])
}

func parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, repairs, err := draft.Text(raw)
	if err != nil {
		return nil, err
	}
	root, _, err := markup.Parse(text, options)
	if err != nil {
		return nil, err
	}
	fault := func(at int, format string, args ...any) error {
		return wiredesk.FaultAt([]byte(text), at, format, args...)
	}
	node := root
	if root.Name != "NewsItem" {
		node = root.Child("NewsItem")
	}
	if node == nil {
		return nil, fault(root.From, "the root element is <%s>: NewsML 1 begins with <NewsML>, and holds at least one <NewsItem>", root.Name)
	}
	story, err := read(raw, root, node, repairs, fault)
	if err != nil {
		return nil, err
	}
	return []wiredesk.Story{story}, nil
}

// item is one NewsItem being read.
type item struct {
	*draft.Draft
	node     *markup.Node
	manage   *markup.Node // NewsManagement
	envelope *markup.Node
	media    map[*markup.Node]*markup.Node // the picture or film that a component belongs to
	who      string                        // provider and sender in lower case
	fault    func(at int, format string, args ...any) error
}

func read(raw wiredesk.Raw, root, node *markup.Node, repairs []string, fault func(int, string, ...any) error) (wiredesk.Story, error) {
	it := item{Draft: draft.New(raw, name, repairs), node: node, manage: node.Child("NewsManagement"), envelope: root.Child("NewsEnvelope"), fault: fault}
	if err := it.identity(raw); err != nil {
		return wiredesk.Story{}, err
	}
	it.zone()
	it.management()
	it.sent()
	components := it.components()
	it.media = mediaOf(components)
	for _, c := range components {
		if it.media[c] == nil {
			it.lines(c)
			it.metadata(c)
		}
	}
	if err := it.contents(components); err != nil {
		return wiredesk.Story{}, fault(node.From, "%s", err)
	}
	it.dialect()
	it.update()
	story, err := it.Finish()
	if err != nil {
		return wiredesk.Story{}, fault(node.From, "%s", wiredesk.Faults(err)[0].Reason)
	}
	return story, nil
}
