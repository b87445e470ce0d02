package atom

import (
	"strings"

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
	authors []string // of the feed, for entries that name none
	entries []*entry.Entry
	stories []wiredesk.Story
	faults  []error
}

// about reads what the feed says of all its entries.
func about(root *markup.Node) entry.Channel {
	ch := entry.Channel{Language: entry.Lang(root)}
	for c := range root.All("*") {
		switch c.Name {
		case "title":
			ch.Title = c.Line()
		case "rights", "copyright":
			ch.Rights = c.Line()
		case "link":
			if rel := c.Attr("rel"); ch.Home == "" && (rel == "" || rel == "alternate") {
				ch.Home = entry.Resolve(c, "", c.Attr("href"))
			}
		}
	}
	return ch
}

// read reads the elements of a feed, and makes the stories once it is known which ids stand for several.
func (f *feed) read(root *markup.Node) {
	for n := range root.All("*") {
		f.add(n)
	}
	f.stories, f.faults = entry.Stories(f.entries, f.text, func(e *entry.Entry) (wiredesk.Story, error) {
		if e.Authors == nil {
			e.Authors = f.authors
		}
		return e.Story(f.raw, name, f.channel, f.repairs)
	})
}

// add takes in an entry, a tombstone, or an author of the feed.
func (f *feed) add(n *markup.Node) {
	switch n.Name {
	case "author":
		f.authors = append(f.authors, person(n))
	case "entry":
		if reason := entry.Broken(f.text, n); reason != "" {
			f.entries = append(f.entries, &entry.Entry{At: n.From, Broken: reason})
			return
		}
		f.entries = append(f.entries, f.entry(n))
	case "deleted-entry":
		f.entries = append(f.entries, tombstone(n))
	}
}

// tombstone reads a deleted-entry of RFC 6721.
func tombstone(n *markup.Node) *entry.Entry {
	return &entry.Entry{
		At: n.From, Deleted: true, ID: strings.TrimSpace(n.Attr("ref")), Updated: n.Attr("when"), Note: n.Child("comment").Line(),
	}
}

func person(n *markup.Node) string {
	if name := n.Child("name").Line(); name != "" {
		return name
	}
	if email := n.Child("email").Line(); email != "" {
		return email
	}
	return n.Line()
}
