package apjson

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// concepts reads what the item is about. Codes of AP's own vocabularies keep AP's scheme: its letters mean other things
// than another agency's.
func (r reader) concepts() {
	each(r.item, "subject", func(v *strictjson.Value) { r.Subject(coded(v)) })
	each(r.item, "person", func(v *strictjson.Value) { r.Item.People = draft.Party(r.Item.People, coded(v)) })
	for _, name := range []string{"organisation", "company", "organization"} {
		each(r.item, name, func(v *strictjson.Value) { r.Item.Organisations = draft.Party(r.Item.Organisations, coded(v)) })
	}
	each(r.item, "place", r.place)
	each(r.item, "event", func(v *strictjson.Value) {
		c := coded(v)
		e := wiredesk.Event{Name: c.Name, Rel: c.Rel, URI: c.URI, Literal: c.Literal}
		if e != (wiredesk.Event{}) {
			r.Item.Events = append(r.Item.Events, e)
		}
	})
	each(r.item, "infosource", func(v *strictjson.Value) {
		r.InfoSource("originator", draft.Coded{Name: v.Get("name").Words(), Literal: v.Get("type").Words()})
	})
	if provider := r.text("provider"); provider != "" {
		r.InfoSource("distributor", draft.Coded{Name: provider})
	}
	r.Credit = r.text("creditline")
	if r.Credit == "" {
		r.Credit = r.text("description_creditline")
	}
}

func each(v *strictjson.Value, name string, visit func(*strictjson.Value)) {
	list := v.Get(name).All()
	for i := range list {
		if list[i].Kind == strictjson.Object {
			visit(&list[i])
		}
	}
}

func coded(v *strictjson.Value) draft.Coded {
	var rels []string
	for _, rel := range v.Get("rels").All() {
		rels = append(rels, rel.Words())
	}
	c := draft.Coded{Name: v.Get("name").Words(), Rel: strings.Join(rels, " "), Creator: v.Get("creator").Words()}
	scheme, code := v.Get("scheme").Words(), v.Get("code").Words()
	switch {
	case code == "":
	case scheme == "" && len(rels) > 0:
		c.Literal = "ap-" + rels[0] + ":" + code
	default:
		c.URI, c.Literal = ninjs.Concept(scheme, code)
	}
	return c
}

func (r reader) place(v *strictjson.Value) {
	before := len(r.Item.Places)
	r.Item.Places = draft.Party(r.Item.Places, coded(v))
	if g := v.Get("geometry_geojson"); g != nil && ninjs.IsGeoJSON(g) && len(r.Item.Places) > before {
		r.Item.Places[before].GeoJSON = g.JSON()
	}
}

// renditions are the forms of the item, by reference: the addresses hold keys of the account and are never fetched
// here.
func renditions(v *strictjson.Value) []wiredesk.Rendition {
	var all []wiredesk.Rendition
	for i := range v.Len() {
		f := &v.Items[i]
		if f.Kind != strictjson.Object {
			continue
		}
		r := wiredesk.Rendition{
			Name: v.Names[i], ContentType: f.Get("mimetype").Words(), Title: f.Get("title").Words(), Format: f.Get("format").Words(),
			Width: number(f.Get("width")), Height: number(f.Get("height")), SizeInBytes: int64(number(f.Get("sizeinbytes"))),
		}
		if href := f.Get("href").Words(); ninjs.IsURI(href) {
			r.Href = href
		}
		all = append(all, r)
	}
	return all
}

func number(v *strictjson.Value) int {
	n, _ := v.Integer()
	return max(n, 0)
}

// associations are the items that belong to this one, by their place in AP's list.
func (r reader) associations() {
	list := r.item.Get("associations")
	for i := range list.Len() {
		a := &list.Items[i]
		if a.Kind != strictjson.Object {
			continue
		}
		id := a.At("altids", "itemid").Words()
		if id == "" {
			id, _, _ = strings.Cut(a.Get("uri").Words(), "?")
		}
		if id == "" {
			continue
		}
		found := wiredesk.Association{Name: list.Names[i]}
		found.URI = ninjs.URI(r.Provider, id)
		if kind := a.Get("type").Words(); kind == "picture" || kind == "text" || kind == "video" || kind == "graphic" || kind == "audio" {
			found.Type = kind
		}
		if headline := a.Get("headline").Words(); headline != "" {
			found.Headlines = []wiredesk.Content{{Role: "main", Value: headline}}
		}
		found.Renditions = renditions(a.Get("renditions"))
		r.Item.Associations = append(r.Item.Associations, found)
	}
}
