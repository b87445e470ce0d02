package newsml1

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/nitf"
)

// contents reads the content items of all components: text as bodies, everything else by reference.
func (it *item) contents(components []*markup.Node) error {
	for _, c := range components {
		if it.media[c] != nil {
			continue
		}
		for ci := range c.All("ContentItem") {
			if err := it.content(c, ci); err != nil {
				return err
			}
		}
	}
	it.pictures(components)
	it.Item.RepresentationType = "full"
	if it.Item.Type == "" {
		it.Item.Type = "text"
	}
	if it.Item.Language == "" {
		it.Item.Language = strings.ToLower(it.node.Attr("lang"))
	}
	return nil
}

func (it *item) content(c, ci *markup.Node) error {
	kind := newscodes.Type(formal(ci.Child("MediaType")))
	data := ci.Child("DataContent")
	if data == nil || kind != "" && kind != "text" {
		it.beside(c, ci)
		return nil
	}
	it.Item.Type = "text"
	role := strings.ToLower(formal(c.Child("Role")))
	switch role {
	case "title", "headline":
		it.Headline("main", data.Line())
		return nil
	case "abstract", "summary", "caption", "legend":
		it.Description(role, data.Line())
		return nil
	case "lead", "intro":
		it.Description("summary", data.Line())
		role = ""
	case "main", "body", "text", "story":
		role = ""
	}
	return it.text(role, count(ci), data)
}

// text reads inline text: NITF, XHTML, a document that was escaped, or plain lines.
func (it *item) text(role string, words int, data *markup.Node) error {
	if doc := data.Child("nitf"); doc != nil {
		nitf.Lines(it.Draft, doc)
		nitf.Subjects(it.Draft, doc)
		nitf.Content(it.Draft, doc, role, words)
		return nil
	}
	if doc := data.Child("html"); doc != nil {
		data = doc
		if body := doc.Child("body"); body != nil {
			data = body
		}
	}
	for range data.All("*") {
		it.Tree(role, words, it.withoutNotice(children(data))...)
		return nil
	}
	text := data.Raw()
	if inner := strings.TrimSpace(text); strings.HasPrefix(inner, "<nitf") {
		if doc, _, err := markup.Parse(inner, options); err == nil {
			nitf.Lines(it.Draft, doc)
			nitf.Subjects(it.Draft, doc)
			nitf.Content(it.Draft, doc, role, words)
			return nil
		}
	}
	if it.is("ana-mpe") {
		root, err := markup.ParseHTML(text)
		if err != nil {
			return err
		}
		it.Tree(role, words, it.withoutNotice(children(root.Child("body")))...)
		return nil
	}
	return it.Escaped(role, words, text)
}

// withoutNotice takes the paragraph with the copyright notice off the end, which ANA-MPE sends inside the text.
func (it *item) withoutNotice(nodes []*markup.Node) []*markup.Node {
	if !it.is("ana-mpe") {
		return nodes
	}
	for len(nodes) > 0 {
		last := nodes[len(nodes)-1].Line()
		if last != "" && !strings.HasPrefix(last, "©") && !strings.HasPrefix(last, "Copyright") {
			break
		}
		if last != "" && it.Item.CopyrightNotice == "" {
			it.Item.CopyrightNotice = last
		}
		nodes = nodes[:len(nodes)-1]
	}
	return nodes
}

func children(n *markup.Node) []*markup.Node { return slices.Collect(n.Children()) }

// count is the words that the sender counted.
func count(ci *markup.Node) int {
	for p := range ci.Child("Characteristics").All("Property") {
		switch strings.ToLower(formal(p)) {
		case "words", "wordcount", "word count":
			if n, err := strconv.Atoi(strings.TrimSpace(p.Attr("Value"))); err == nil && n > 0 {
				return n
			}
		}
	}
	return 0
}
