package newsmlg2

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// links reads what the item refers to: pictures, earlier versions, members of a package. Nothing of it is fetched.
func (it *item) links() {
	for l := range it.meta.All("link") {
		it.link(l)
	}
	for _, set := range it.node.FindAll("groupSet") {
		for _, ref := range set.FindAll("itemRef") {
			it.associate("member", ref)
		}
	}
	if it.node.Name == "packageItem" {
		for ref := range it.node.All("itemRef") {
			it.associate("member", ref)
		}
	}
}

func (it *item) link(l *markup.Node) {
	rel := l.Attr("rel")
	word := rel[strings.LastIndexByte(rel, ':')+1:]
	target := or(l.Attr("residref"), l.Attr("guidref"))
	switch {
	case word == "evolvedFrom" && target != "":
		family, _, _ := cutVersion(target, l.Attr("version"))
		it.EvolvedFrom = ninjs.URI(it.Provider, family)
	case target == it.node.Attr("guid"):
		it.Original("previousVersion", l.Attr("version"))
	default:
		it.associate(word, l)
	}
}

// associate adds a reference to another item.
func (it *item) associate(rel string, ref *markup.Node) {
	id := or(or(ref.Attr("residref"), ref.Attr("guidref")), ref.Attr("href"))
	if id == "" {
		return
	}
	a := wiredesk.Association{Name: or(rel, "related"), Rel: rel}
	a.URI = ninjs.URI(it.Provider, id)
	a.Version = ref.Attr("version")
	a.Type = newscodes.Type(codeOf(ref.Child("itemClass")))
	for h := range ref.All("headline") {
		a.Headlines = append(a.Headlines, wiredesk.Content{Role: headlineRole(h), Value: h.Line()})
	}
	a.Title = ref.Child("title").Line()
	for d := range ref.All("description") {
		if line := d.Line(); line != "" {
			a.Descriptions = append(a.Descriptions, wiredesk.Content{Role: roleOf(d), Value: line})
		}
	}
	if href := ref.Attr("href"); href != "" && ninjs.IsURI(href) && href != a.URI {
		a.Renditions = []wiredesk.Rendition{{Name: "main", Href: href, ContentType: ref.Attr("contenttype")}}
	}
	for _, had := range it.Item.Associations {
		if had.URI == a.URI && had.Rel == a.Rel {
			return
		}
	}
	it.Item.Associations = append(it.Item.Associations, a)
}

// remote adds a form of the content that lies elsewhere.
func (it *item) remote(n *markup.Node) {
	r := wiredesk.Rendition{
		Name: or(n.Attr("rendition"), "main"), Href: or(n.Attr("href"), n.Attr("residref")), ContentType: n.Attr("contenttype"),
		Width: whole(n.Attr("width")), Height: whole(n.Attr("height")), SizeInBytes: int64(whole(n.Attr("size"))),
		Format: n.Attr("format"), VideoCodec: n.Attr("videocodec"), Duration: seconds(n.Attr("duration")),
	}
	if r.Href != "" && !ninjs.IsURI(r.Href) {
		it.Original("href "+r.Name, r.Href)
		r.Href = ""
		if id := n.Attr("residref"); id != "" {
			r.Href = ninjs.URI(it.Provider, id)
		}
	}
	r.Name = r.Name[strings.LastIndexByte(r.Name, ':')+1:]
	it.Item.Renditions = append(it.Item.Renditions, r)
}
