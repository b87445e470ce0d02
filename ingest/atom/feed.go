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
	entry.Compare(f.entries)
	for _, e := range f.entries {
		if e.Authors == nil {
			e.Authors = f.authors
		}
		s, err := e.Story(f.raw, name, f.channel, f.repairs)
		if err != nil {
			f.faults = append(f.faults, wiredesk.FaultAt([]byte(f.text), e.At, "%s", wiredesk.Faults(err)[0].Reason))
			continue
		}
		f.stories = append(f.stories, s)
	}
}

// add takes in an entry, a tombstone, or an author of the feed.
func (f *feed) add(n *markup.Node) {
	switch n.Name {
	case "author":
		f.authors = append(f.authors, person(n))
	case "entry":
		if fault := entry.Whole(f.text, n); fault != nil {
			f.faults = append(f.faults, fault)
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
