package atom

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
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
		f.keep(s, err, e.At)
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
		s, err := f.tombstone(n)
		f.keep(s, err, n.From)
	}
}

func (f *feed) keep(s wiredesk.Story, err error, at int) {
	if err != nil {
		f.faults = append(f.faults, wiredesk.FaultAt([]byte(f.text), at, "%s", wiredesk.Faults(err)[0].Reason))
		return
	}
	f.stories = append(f.stories, s)
}

// tombstone is the kill of the story that has the id. The id alone names it, as it names an entry.
func (f *feed) tombstone(n *markup.Node) (wiredesk.Story, error) {
	ref := strings.TrimSpace(n.Attr("ref"))
	if ref == "" {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "a deleted-entry names no entry: the attribute ref is missing (RFC 6721, section 3)")
	}
	d := draft.New(f.raw, name, f.repairs)
	id := entry.Identity(ref, "", "", false)
	d.Item.URI, d.Item.Type = ninjs.URI(f.raw.Provider, id.URI), "text"
	d.AltID("guid", ref)
	d.Item.PubStatus = wiredesk.Canceled
	d.Item.VersionCreated = d.Time("versionCreated", n.Attr("when"))
	d.EdNote(n.Child("comment").Line())
	d.Original("pubStatus", "at:deleted-entry")
	return d.Finish()
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
