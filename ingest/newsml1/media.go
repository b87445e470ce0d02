package newsml1

import (
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// medium is a picture, film or sound being read: one component with all inside it, its forms and its caption.
type medium struct {
	root  *markup.Node
	item  wiredesk.Item
	first string // the address of its first form
}

// mediaOf finds for each component the picture or film that it belongs to, itself or one around it. Those of the text
// have none. An item that is nothing but a picture has none either: there the story is the picture.
func mediaOf(components []*markup.Node) map[*markup.Node]*markup.Node {
	media := map[*markup.Node]*markup.Node{}
	text := false
	for _, c := range components {
		switch around := media[c.Parent]; {
		case around != nil && !gallery(around):
			media[c] = around
		case picture(c):
			media[c] = c
		default:
			text = text || c.Child("ContentItem") != nil || c.Child("NewsComponent") == nil
		}
	}
	if !text {
		return nil
	}
	return media
}

// picture says whether a component is a picture, a film or the like beside the text: by its role, or by its content and
// that of the components inside it, of which captions do not count.
func picture(c *markup.Node) bool {
	if shows(newscodes.Type(formal(c.Child("Role")))) {
		return true
	}
	kind, text := "", false
	c.Walk(func(n *markup.Node) bool {
		if n.Name == "ContentItem" && !caption(n.Parent) {
			k := newscodes.Type(formal(n.Child("MediaType")))
			if k == "" && n.Child("DataContent") != nil {
				k = "text"
			}
			text = text || k == "text"
			kind = or(kind, k)
		}
		return n.Name == "NewsComponent"
	})
	return kind != "" && !text
}

func shows(kind string) bool {
	return kind == "picture" || kind == "graphic" || kind == "video" || kind == "audio"
}

// gallery says whether a component only holds several pictures, each with words of its own.
func gallery(c *markup.Node) bool {
	titled := 0
	for inner := range c.All("NewsComponent") {
		if inner.Child("NewsLines") != nil {
			titled++
		}
	}
	return titled > 1
}

// caption says whether a component is the words to a picture.
func caption(c *markup.Node) bool {
	switch strings.ToLower(formal(c.Child("Role"))) {
	case "caption", "legend", "photo caption", "photocaption":
		return true
	}
	return false
}

// pictures reads the components of pictures and films, one news object of each.
func (it *item) pictures(components []*markup.Node) {
	var m medium
	for _, c := range components {
		root := it.media[c]
		if root == nil {
			continue
		}
		if root != m.root {
			it.associate(m)
			m = medium{root: root}
		}
		m.lines(c.Child("NewsLines"))
		if holder := c.Child("RightsMetadata", "Copyright", "CopyrightHolder").Line(); m.item.CopyrightHolder == "" {
			m.item.CopyrightHolder = holder
		}
		for ci := range c.All("ContentItem") {
			it.form(&m, c, ci)
		}
	}
	it.associate(m)
}

// lines reads the words for people that a picture's component has.
func (m *medium) lines(lines *markup.Node) {
	for h := range lines.All("HeadLine") {
		if line := h.Line(); line != "" && len(m.item.Headlines) == 0 {
			m.item.Headlines = []wiredesk.Content{{Role: "main", Value: line}}
		}
	}
	m.item.By = or(m.item.By, lines.Child("ByLine").Line())
	m.item.Slugline = or(m.item.Slugline, lines.Child("SlugLine").Line())
	m.item.CopyrightNotice = or(m.item.CopyrightNotice, lines.Child("CopyrightLine").Line())
	m.item.UsageTerms = or(m.item.UsageTerms, lines.Child("RightsLine").Line())
	for _, name := range []string{"CreditLine", "DateLine"} {
		if line := lines.Child(name).Line(); line != "" {
			m.describe(strings.ToLower(strings.TrimSuffix(name, "Line")), line)
		}
	}
}

func (m *medium) describe(role, text string) {
	m.item.Descriptions = append(m.item.Descriptions, wiredesk.Content{Role: role, ContentType: "text/plain", Value: text})
}

// form reads one content item of a picture: the address of a form of it, or its caption.
func (it *item) form(m *medium, c, ci *markup.Node) {
	kind := newscodes.Type(formal(ci.Child("MediaType")))
	if data := ci.Child("DataContent"); data != nil && (kind == "" || kind == "text") {
		if line := data.Line(); line != "" {
			m.describe("caption", line)
		}
		return
	}
	href := ci.Attr("Href")
	if href == "" {
		return
	}
	m.first, m.item.Type = or(m.first, href), or(m.item.Type, kind)
	if !ninjs.IsURI(href) {
		it.Original("href", href)
	}
	m.item.Renditions = append(m.item.Renditions, rendition(c, ci, m.root))
}

// rendition is a form of a picture, named by the role of its own component where it has one.
func rendition(c, ci, root *markup.Node) wiredesk.Rendition {
	r := wiredesk.Rendition{Name: "main", ContentType: formal(ci.Child("MimeType"))}
	if role := formal(c.Child("Role")); role != "" && c != root {
		r.Name = strings.ToLower(role)
	}
	if href := ci.Attr("Href"); ninjs.IsURI(href) {
		r.Href = href
	}
	size := ci.Child("Characteristics")
	if n, err := strconv.ParseInt(size.Child("SizeInBytes").Line(), 10, 64); err == nil && n > 0 {
		r.SizeInBytes = n
	}
	for p := range size.All("Property") {
		n, err := strconv.Atoi(strings.TrimSpace(p.Attr("Value")))
		if err != nil || n < 0 {
			continue
		}
		switch strings.ToLower(formal(p)) {
		case "width":
			r.Width = n
		case "height":
			r.Height = n
		}
	}
	return r
}

// beside reads a content item that is no text, in a component of the text or where the item is nothing but a picture.
func (it *item) beside(c, ci *markup.Node) {
	var m medium
	if it.media != nil {
		m.root = c
	}
	it.form(&m, c, ci)
	if it.media != nil || !shows(m.item.Type) {
		it.associate(m)
		return
	}
	it.Item.Type = m.item.Type
	it.Item.Renditions = append(it.Item.Renditions, m.item.Renditions...)
}

// associate adds a picture or film to the story. One without an address is left out: there is nothing to show.
func (it *item) associate(m medium) {
	if m.first == "" {
		return
	}
	a := wiredesk.Association{
		Name: or(strings.ToLower(formal(m.root.Child("Role"))), or(m.item.Type, "media")), Rel: "component", Item: m.item,
	}
	a.URI = ninjs.URI(it.Provider, m.first)
	it.Item.Associations = append(it.Item.Associations, a)
}
