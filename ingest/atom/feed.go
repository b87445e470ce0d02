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

// add reads an entry or a tombstone.
func (f *feed) add(n *markup.Node) {
	var s wiredesk.Story
	var err error
	switch n.Name {
	case "author":
		f.authors = append(f.authors, person(n))
		return
	case "entry":
		if fault := entry.Whole(f.text, n); fault != nil {
			f.faults = append(f.faults, fault)
			return
		}
		s, err = f.entry(n).Story(f.raw, name, f.channel, f.repairs)
	case "deleted-entry":
		s, err = f.tombstone(n)
	default:
		return
	}
	if err != nil {
		f.faults = append(f.faults, wiredesk.FaultAt([]byte(f.text), n.From, "%s", wiredesk.Faults(err)[0].Reason))
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
