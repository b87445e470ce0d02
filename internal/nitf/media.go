package nitf

import (
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/newscodes"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// media adds the pictures, sounds and films of the document by reference.
func media(d *draft.Draft, doc *markup.Node) {
	for _, m := range doc.FindAll("media") {
		medium(d, m)
	}
}

// medium adds one picture, sound or film. Its first address names it; each address is one form of it.
func medium(d *draft.Draft, m *markup.Node) {
	a := wiredesk.Association{Name: "media", Rel: "media"}
	for ref := range m.All("media-reference") {
		address := or(ref.Attr("source"), ref.Attr("data-location"))
		if address == "" {
			continue
		}
		if a.URI == "" {
			a.URI = ninjs.URI(d.Provider, address)
		}
		if ninjs.IsURI(address) {
			a.Renditions = append(a.Renditions, rendition(ref, address))
		}
		a.CopyrightNotice = or(a.CopyrightNotice, ref.Attr("copyright"))
		describe(&a.Item, "alternate", ref.Attr("alternate-text"))
	}
	if a.URI == "" {
		return
	}
	a.Type = newscodes.Type(m.Attr("media-type"))
	for c := range m.All("media-caption") {
		describe(&a.Item, "caption", c.Line())
	}
	a.By = m.Child("media-producer").Line()
	d.Item.Associations = append(d.Item.Associations, a)
}

func describe(i *wiredesk.Item, role, text string) {
	if text = markup.OneLine(text); text != "" {
		i.Descriptions = append(i.Descriptions, wiredesk.Content{Role: role, ContentType: "text/plain", Value: text})
	}
}

// rendition is one form of a medium. Sizes in other units than pixels are left out.
func rendition(ref *markup.Node, address string) wiredesk.Rendition {
	r := wiredesk.Rendition{Name: or(ref.Attr("name"), "main"), Href: address, ContentType: ref.Attr("mime-type")}
	switch strings.ToLower(ref.Attr("units")) {
	case "", "pixels", "pixel", "px":
		r.Width, r.Height = whole(ref.Attr("width")), whole(ref.Attr("height"))
	}
	switch strings.ToLower(ref.Attr("time-unit-of-measure")) {
	case "", "s", "sec", "second", "seconds":
		r.Duration = float64(whole(ref.Attr("time")))
	}
	return r
}

// whole is a whole number that is not negative; 0 where there is none.
func whole(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
