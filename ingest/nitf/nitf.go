// Package nitf reads NITF, the News Industry Text Format, with and without a namespace, and the forms of it that
// agencies send.
package nitf

import (
	"bytes"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	body "github.com/wiredesk/wiredesk/internal/nitf"
)

const name = "nitf"

// options: NITF comes with a DOCTYPE, which is skipped, and with names of HTML characters.
var options = markup.Options{Doctype: true, Entities: true, Checked: true}

// Sniff scores the head of a document: a root element nitf, with or without its namespace.
func Sniff(head []byte) (int, string) {
	switch root := markup.Root(head); {
	case root == "":
		return 0, "no XML element"
	case root != "nitf":
		return 0, "the root element <" + root + "> is not nitf"
	case bytes.Contains(head, []byte("/NITF/")):
		return 97, "<nitf> of the NITF namespace"
	}
	return 95, "the root element <nitf>"
}

func isItem(name, parent string) bool { return name == "nitf" && parent != "" && parent != "nitf" }

// Split cuts a document that holds several nitf elements under another root; one nitf comes back whole.
func Split(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
	return draft.Split(raw, options, "/nitf>", isItem)
}

// Parse reads the document into one story, or one for each nitf element in it.
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
	doc := root
	if doc.Name != "nitf" {
		if doc = root.Find("nitf"); doc == nil {
			return nil, wiredesk.FaultAt([]byte(text), root.From, "the root element is <%s>: NITF begins with nitf", root.Name)
		}
	}
	story, err := read(raw, doc, repairs)
	if err != nil {
		return nil, wiredesk.FaultAt([]byte(text), doc.From, "%s", wiredesk.Faults(err)[0].Reason)
	}
	return []wiredesk.Story{story}, nil
}

// document is one nitf element being read.
type document struct {
	*draft.Draft
	node, head, docdata *markup.Node
}

func read(raw wiredesk.Raw, node *markup.Node, repairs []string) (wiredesk.Story, error) {
	d := document{Draft: draft.New(raw, name, repairs), node: node, head: node.Child("head")}
	d.docdata = d.head.Child("docdata")
	d.Item.Type, d.Item.RepresentationType = "text", "full"
	if d.Item.Language = node.Attr("lang"); d.Item.Language == "" {
		d.Item.Language = node.Attr("baselang")
	}
	d.zone()
	d.times()
	body.Lines(d.Draft, node)
	d.slug()
	d.identity(raw)
	d.status()
	d.notes()
	d.rights()
	body.Subjects(d.Draft, node)
	d.scopes()
	d.named()
	d.meta()
	d.place()
	body.Content(d.Draft, node, "", d.words())
	return d.Finish()
}
