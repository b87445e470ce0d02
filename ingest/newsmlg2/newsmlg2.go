// Package newsmlg2 reads IPTC NewsML-G2: news messages, bare items and packages, in the standard's form and in those of
// the agencies that send it.
package newsmlg2

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

const (
	name  = "newsmlg2"
	space = "iptc.org/std/nar/"
)

// options: G2 has no DOCTYPE; names of HTML characters turn up in its inline HTML all the same.
var options = markup.Options{Entities: true, Checked: true}

var itemNames = []string{"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}

// Sniff scores the head of a document: a root of the NewsML-G2 namespace is this format's alone.
func Sniff(head []byte) (int, string) {
	root := markup.Root(head)
	switch {
	case root == "":
		return 0, "no XML element"
	case root != "newsMessage" && !slices.Contains(itemNames, root):
		return 0, "the root element <" + root + "> is none of NewsML-G2"
	case bytes.Contains(bytes.ReplaceAll(head, []byte{0}, nil), []byte(space)):
		return 98, "<" + root + "> of the NewsML-G2 namespace"
	}
	return 80, "<" + root + ">, as NewsML-G2 names its root"
}

func isItem(name, parent string) bool {
	return slices.Contains(itemNames, name) && (parent == "itemSet" || parent == "newsMessage")
}

// Split cuts a news message into its items, each with the message's header around it. A document of one item comes back
// whole.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	parts, err := draft.Split(raw, options, "Item>", isItem)
	if err != nil || len(parts) < 2 {
		return parts, err
	}
	kept := slices.DeleteFunc(slices.Clone(parts), func(p wiredesk.Raw) bool { return wrapper.Match(p.Bytes) })
	if len(kept) < 2 {
		return []wiredesk.Raw{raw}, nil
	}
	return kept, nil
}

// wrapper is a package without a name of its own around a single item: an envelope, and no story.
var wrapper = regexp.MustCompile(`(?s)<packageItem>\s*<itemRef\b[^<>]*(?:/>|>\s*</itemRef>)\s*</packageItem>`)

// Parse reads every item of a document. An item that cannot be read is a fault with its place; the others are returned
// all the same. A package is a story of type composite that names its members.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	parts, err := Split(raw)
	if err != nil {
		return nil, err
	}
	if len(parts) == 1 {
		return parse(parts[0])
	}
	return draft.Each(parts, parse)
}

// parse reads a document of one item, or of several that are not to be cut.
func parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	text, repairs, err := draft.Text(raw)
	if err != nil {
		return nil, err
	}
	p := parser{raw: raw, text: text, repairs: repairs, reader: markup.NewReader(text, options)}
	for {
		t, err := p.reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && t.Kind == markup.Start {
			err = p.element(t)
		}
		if err != nil {
			return p.stories, errors.Join(append(p.faults, err)...)
		}
	}
	if len(p.stories) == 0 && len(p.faults) == 0 {
		return nil, wiredesk.Faultf(1, 1, "no item in the NewsML-G2 document: a newsMessage holds items in its itemSet")
	}
	return p.stories, errors.Join(p.faults...)
}

type parser struct {
	raw     wiredesk.Raw
	text    string
	repairs []string
	reader  *markup.Reader
	header  *markup.Node
	stories []wiredesk.Story
	faults  []error
}

func (p *parser) element(t markup.Token) error {
	switch {
	case t.Name == "header" || t.Name == "Header":
		node, err := p.reader.Tree(t)
		p.header = node
		return err
	case slices.Contains(itemNames, t.Name):
		node, err := p.reader.Tree(t)
		if err != nil || wrapper.MatchString(p.text[node.From:node.To]) && p.reader.Depth() > 0 {
			return err
		}
		story, err := p.item(node)
		if err != nil {
			p.faults = append(p.faults, err)
			return nil
		}
		p.stories = append(p.stories, story)
	case p.reader.Depth() == 1 && t.Name != "newsMessage":
		return p.fault(t.From, "the root element is <%s>: NewsML-G2 begins with newsMessage or an item", t.Name)
	}
	return nil
}

func (p *parser) fault(at int, format string, args ...any) error {
	return wiredesk.FaultAt([]byte(p.text), at, format, args...)
}
