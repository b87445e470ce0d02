package rss

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// feed is a feed being read.
type feed struct {
	raw     wiredesk.Raw
	text    string
	channel entry.Channel
	repairs []string
	reused  bool
	entries []*entry.Entry
	stories []wiredesk.Story
	faults  []error
}

// about reads what the channel says of all its items.
func about(root, channel *markup.Node) entry.Channel {
	var ch entry.Channel
	for c := range channel.All("*") {
		switch entry.Prefix(c) + ":" + c.Name {
		case ":title":
			ch.Title = c.Line()
		case ":link":
			if ch.Home == "" {
				ch.Home = entry.Resolve(c, "", c.Line())
			}
		case ":language", "dc:language":
			ch.Language = c.Line()
		case ":copyright", "dc:rights":
			ch.Rights = c.Line()
		}
	}
	if ch.Language == "" {
		ch.Language = entry.Lang(channel)
	}
	return ch
}

func (f *feed) items(parent *markup.Node) {
	for n := range parent.All("item") {
		if reason := entry.Broken(f.text, n); reason != "" {
			f.entries = append(f.entries, &entry.Entry{At: n.From, Broken: reason})
			continue
		}
		f.entries = append(f.entries, f.item(n))
	}
}

// write makes the stories of the entries, once it is known which ids stand for several.
func (f *feed) write() {
	f.stories, f.faults = entry.Stories(f.entries, f.text, func(e *entry.Entry) (wiredesk.Story, error) {
		return e.Story(f.raw, name, f.channel, f.repairs)
	})
}

// item reads an item's elements, each in the words that its module gives them.
func (f *feed) item(n *markup.Node) *entry.Entry {
	e := &entry.Entry{At: n.From, Reused: f.reused, Language: entry.Lang(n)}
	i := item{Entry: e, home: f.channel.Home}
	for c := range n.All("*") {
		switch entry.Prefix(c) {
		case "":
			i.own(c)
		case "content", "excerpt", "xhtml":
			i.text(c)
		case "dc", "dcterms", "prism":
			i.dublin(c)
		case "atom":
			i.atom(c)
		case "media", "itunes":
			i.media(c)
		case "georss", "geo", "gml":
			i.geo(c)
		case "wp":
			i.wordpress(c)
		case "feedburner":
			if c.Name == "origLink" {
				i.original = c.Line()
			}
		case "?":
			e.House(c)
		}
	}
	i.settle(n)
	return e
}
