package ninjs

import (
	"cmp"
	"slices"
	"strings"

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

// bundle are the stories of a dialect that sends its pictures in a list, full items but without an identity of their
// own: the item, each of them under the identity that the item's own list of associations gives it, and the package that
// holds them together. An item that is a package already needs no other.
func bundle(raw wiredesk.Raw, version string, item *strictjson.Value, host wiredesk.Story) []wiredesk.Story {
	stories, names := []wiredesk.Story{host}, []string{"main"}
	list := item.Get("associations")
	for i, a := range host.Item.Associations {
		member := &list.Items[i]
		if !content(member) {
			continue
		}
		r := newReader(raw, version, nil)
		r.story.Item = r.item(member, "")
		r.story.Item.URI, r.story.Item.Standard = a.URI, wiredesk.NINJS()
		r.lend(&host.Item)
		r.dialect(member)
		r.finish()
		guard(&r.story, &host)
		stories, names = append(stories, r.story), append(names, a.Name)
	}
	if len(stories) == 1 || host.Item.Type == "composite" {
		return stories
	}
	return append(stories, pack(raw, version, names, stories))
}

// bundled says that an item carries what bundle reads.
func bundled(item *strictjson.Value) bool {
	list := item.Get("associations")
	if list == nil || list.Kind != strictjson.Array {
		return false
	}
	return slices.ContainsFunc(list.Items, func(m strictjson.Value) bool { return content(&m) })
}

// content says that a member of such a list is something to publish and not a mere reference.
func content(m *strictjson.Value) bool {
	if m.Get("type").Words() == "" {
		return false
	}
	for _, name := range []string{"headline", "description_text", "description_html", "body_html", "body_text", "renditions"} {
		if v := m.Get(name); v != nil && (len(v.Items) > 0 || strings.TrimSpace(v.Words()) != "") {
			return true
		}
	}
	return false
}

// lend gives a member what the item that carries it says for both.
func (r *reader) lend(host *wiredesk.Item) {
	it := &r.story.Item
	it.Version, it.Language = cmp.Or(it.Version, host.Version), cmp.Or(it.Language, host.Language)
	it.UsageTerms, it.CopyrightHolder = cmp.Or(it.UsageTerms, host.UsageTerms), cmp.Or(it.CopyrightHolder, host.CopyrightHolder)
	it.CopyrightNotice, it.PubStatus = cmp.Or(it.CopyrightNotice, host.CopyrightNotice), cmp.Or(it.PubStatus, host.PubStatus)
	if it.FirstCreated.IsZero() {
		it.FirstCreated = host.FirstCreated
	}
	if it.VersionCreated.IsZero() {
		it.VersionCreated = host.VersionCreated
	}
}

// pack is the package of an item and of what came with it, under the names given.
func pack(raw wiredesk.Raw, version string, names []string, stories []wiredesk.Story) wiredesk.Story {
	host := &stories[0]
	r := newReader(raw, version, nil)
	it := &r.story.Item
	it.Standard, it.Type, it.Urgency, it.Headlines = wiredesk.NINJS(), "composite", host.Item.Urgency, slices.Clone(host.Item.Headlines)
	it.URI = host.Item.URI + "#package"
	for i, name := range names {
		a := wiredesk.Association{Name: name, Item: wiredesk.Item{URI: stories[i].Item.URI, Type: stories[i].Item.Type}}
		if it.URI == a.URI {
			it.URI += "-of-all"
		}
		it.Associations = append(it.Associations, a)
	}
	r.lend(&host.Item)
	r.finish()
	guard(&r.story, host)
	return r.story
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
