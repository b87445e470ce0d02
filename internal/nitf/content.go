package nitf

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Content adds body.content and the tag line of body.end as a body, every bit of text in order, and the pictures in it
// as references. A second headline that only repeats the first is left out, as AP sends it. words is what the sender
// counted, 0 where it did not.
func Content(d *draft.Draft, doc *markup.Node, role string, words int) {
	body := doc.Child("body")
	content := body.Child("body.content")
	if content == nil && body != nil && body.Child("body.head") == nil {
		content = body
	}
	nodes := flat(d, content, nil)
	for end := range body.All("body.end") {
		for tagline := range end.All("tagline") {
			nodes = append(nodes, tagline)
		}
	}
	d.Tree(role, words, nodes...)
	media(d, doc)
}

func flat(d *draft.Draft, n *markup.Node, nodes []*markup.Node) []*markup.Node {
	for c := range n.Children() {
		switch {
		case c.Name == "block":
			nodes = flat(d, c, nodes)
		case c.Name == "hl2" && strings.EqualFold(c.Line(), d.Item.Headline()):
		default:
			nodes = append(nodes, c)
		}
	}
	return nodes
}
