package ninjs

import (
	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// embedded are the items that a Superdesk item carries in full: each with an identity, a type and a status of its own,
// as the system itself ingests them. They come before the item that refers to them, and never see the light before it:
// its embargo, its being withheld and its not being for publication hold for them too.
func embedded(raw wiredesk.Raw, version string, item *strictjson.Value, host *wiredesk.Story) []wiredesk.Story {
	var stories []wiredesk.Story
	list := item.Get("associations")
	if list == nil {
		return nil
	}
	for i := range list.Items {
		member := &list.Items[i]
		if member.Get("guid").Words() == "" || member.Get("type").Words() == "" || member.Get("pubstatus").Words() == "" {
			continue
		}
		r := newReader(raw, version, nil)
		r.story.Item = r.item(member, "")
		r.dialect(member)
		r.finish()
		guard(&r.story, host)
		stories = append(stories, r.story)
	}
	return stories
}

// guard holds a story at least as long as its host.
func guard(s, host *wiredesk.Story) {
	if host.Item.EmbargoedUntil.After(s.Item.EmbargoedUntil) {
		s.Item.EmbargoedUntil = host.Item.EmbargoedUntil
	}
	s.EmbargoUnknown = s.EmbargoUnknown || host.EmbargoUnknown
	if host.Item.PubStatus == wiredesk.Withheld && s.Item.Status() == wiredesk.Usable {
		s.Item.PubStatus = wiredesk.Withheld
	}
	if s.NotForPublication == "" {
		s.NotForPublication = host.NotForPublication
	}
}
