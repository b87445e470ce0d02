package ninjs

import (
	"encoding/json"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// concepts reads what the item is about and who is behind it.
func (r *reader) concepts(it *wiredesk.Item, v *strictjson.Value, path string) {
	it.People = r.parties(v, "people", path)
	it.Organisations = r.parties(v, "organisations", path)
	it.Places = r.parties(v, "places", path)
	it.Objects = r.parties(v, "objects", path)
	it.InfoSources = r.parties(v, "infoSources", path)
	for i := range it.InfoSources {
		if r.generation == 1 {
			it.InfoSources[i].Role, it.InfoSources[i].Rel = it.InfoSources[i].Rel, ""
		}
	}
	for _, c := range r.members(v, "subjects", path) {
		uri, literal := r.code(c)
		it.Subjects = append(it.Subjects, wiredesk.Subject{
			Name: r.text(c, "name"), Rel: r.text(c, "rel"), URI: uri, Literal: literal, Creator: r.text(c, "creator"),
			Relevance: share(c.Get("relevance")), Confidence: share(c.Get("confidence")),
		})
	}
	for _, c := range r.members(v, "genres", path) {
		uri, literal := r.code(c)
		it.Genres = append(it.Genres, wiredesk.Concept{Name: r.text(c, "name"), URI: uri, Literal: literal})
	}
	for _, c := range r.members(v, "events", path) {
		uri, literal := r.code(c)
		it.Events = append(it.Events, wiredesk.Event{ID: r.text(c, "id"), Name: r.text(c, "name"), Rel: r.text(c, "rel"), URI: uri, Literal: literal})
	}
	if c := r.get(v, "digitalSourceType"); c != nil {
		uri, literal := r.code(c)
		it.DigitalSourceType = &wiredesk.Concept{Name: r.text(c, "name"), URI: uri, Literal: literal}
	}
}

// members are the objects of a list. In the dialect a member may be a bare word, or something else that is kept.
func (r *reader) members(v *strictjson.Value, name, path string) []*strictjson.Value {
	var all []*strictjson.Value
	list := r.get(v, name).All()
	for i := range list {
		switch list[i].Kind {
		case strictjson.Object:
			all = append(all, &list[i])
		case strictjson.String:
			all = append(all, &strictjson.Value{Kind: strictjson.Object, Names: []string{"name"}, Items: []strictjson.Value{list[i]}})
		default:
			r.original(join(path, name), string(r.get(v, name).JSON()))
		}
	}
	return all
}

func (r *reader) parties(v *strictjson.Value, name, path string) []wiredesk.Party {
	var all []wiredesk.Party
	for _, c := range r.members(v, name, path) {
		uri, literal := r.code(c)
		p := wiredesk.Party{Name: r.text(c, "name"), Rel: r.text(c, "rel"), URI: uri, Literal: literal, ContactInfo: r.contacts(c), Symbols: r.symbols(c)}
		if name == "infoSources" {
			p.Role = r.text(c, "role")
		}
		if name == "places" {
			p.GeoJSON = r.geometry(c, join(path, "places"))
		}
		all = append(all, p)
	}
	return all
}

// code is a concept's URI and literal. In 1.x they come of scheme and code.
func (r *reader) code(c *strictjson.Value) (uri, literal string) {
	uri, literal = c.Get("uri").Words(), c.Get("literal").Words()
	scheme, code := c.Get("scheme").Words(), c.Get("code").Words()
	if uri == "" && literal == "" {
		uri, literal = ninjs.Concept(scheme, code)
	}
	if uri != "" && !ninjs.IsURI(uri) {
		if literal == "" || literal == uri {
			literal = uri
		} else {
			literal = uri + " " + literal
		}
		uri = ""
	}
	return uri, literal
}

func share(v *strictjson.Value) *int {
	n, ok := v.Integer()
	if !ok || n < 0 || n > 100 {
		return nil
	}
	return &n
}

// contacts and symbols pass through under their 3.1 names.
func (r *reader) contacts(c *strictjson.Value) []json.RawMessage {
	return renamed(r.get(c, "contactInfo"), map[string]string{"postalcode": "postalCode"})
}

func (r *reader) symbols(c *strictjson.Value) []json.RawMessage {
	list := r.get(c, "symbols").All()
	for i := range list {
		if list[i].Get("symbol") != nil && list[i].Get("ticker") != nil {
			list[i] = without(list[i], "ticker")
		}
	}
	return renamed(&strictjson.Value{Kind: strictjson.Array, Items: list}, map[string]string{"ticker": "symbol", "symboltype": "symbolType"})
}

func without(v strictjson.Value, name string) strictjson.Value {
	out := v
	out.Names, out.Items = nil, nil
	for i, n := range v.Names {
		if n != name {
			out.Names, out.Items = append(out.Names, n), append(out.Items, v.Items[i])
		}
	}
	return out
}

func renamed(v *strictjson.Value, names map[string]string) []json.RawMessage {
	var all []json.RawMessage
	for _, item := range v.All() {
		rename(&item, names)
		all = append(all, item.JSON())
	}
	return all
}

func rename(v *strictjson.Value, names map[string]string) {
	fresh := make([]string, len(v.Names))
	for i, name := range v.Names {
		fresh[i] = name
		if to, ok := names[name]; ok {
			fresh[i] = to
		}
		rename(&v.Items[i], names)
	}
	v.Names = fresh
}

// geometry is a place's GeoJSON; 1.x puts geometries of any form behind geometry_.
func (r *reader) geometry(c *strictjson.Value, path string) json.RawMessage {
	if g := r.get(c, "geoJSON"); g != nil {
		return g.JSON()
	}
	var found json.RawMessage
	for i, name := range c.Names {
		if !strings.HasPrefix(name, "geometry_") {
			continue
		}
		if ninjs.IsGeoJSON(&c.Items[i]) && found == nil {
			found = c.Items[i].JSON()
			continue
		}
		r.original(join(path, name), string(c.Items[i].JSON()))
	}
	return found
}

// altIDs are a list with roles; in 1.x an object by roles.
func (r *reader) altIDs(v *strictjson.Value) []wiredesk.AltID {
	found := r.get(v, "altIds")
	if found == nil {
		return nil
	}
	var all []wiredesk.AltID
	for i := range found.Items {
		id := &found.Items[i]
		if found.Kind == strictjson.Array {
			all = append(all, wiredesk.AltID{Role: id.Get("role").Words(), Value: id.Get("value").Words()})
			continue
		}
		value := id.Words()
		if id.Kind >= strictjson.Array {
			value = string(id.JSON())
		}
		all = append(all, wiredesk.AltID{Role: found.Names[i], Value: value})
	}
	return all
}

// rights reads what may be done with the item, and what vouches for it.
func (r *reader) rights(it *wiredesk.Item, v *strictjson.Value, path string) {
	for _, t := range r.members(v, "trustIndicators", path) {
		role := r.text(t, "role")
		if r.generation == 1 {
			role, _ = ninjs.Concept(t.Get("scheme").Words(), t.Get("code").Words())
		}
		if role != "" && !ninjs.IsURI(role) {
			r.original(join(path, "trustIndicators.role"), role)
			role = ""
		}
		it.TrustIndicators = append(it.TrustIndicators, wiredesk.TrustIndicator{Role: role, Title: r.text(t, "title"), Href: r.link(t, "href", join(path, "trustIndicators"))})
	}
	info := r.get(v, "rightsInfo")
	if info == nil {
		return
	}
	at := join(path, "rightsInfo")
	it.RightsInfo = &wiredesk.RightsInfo{LangID: r.link(info, "langId", at), LinkedRights: r.link(info, "linkedRights", at), EncodedRights: r.text(info, "encodedRights")}
	if (it.RightsInfo.LinkedRights == "") == (it.RightsInfo.EncodedRights == "") {
		it.RightsInfo = nil
	}
	r.rest(info, at, ninjs.Name(r.generation, "langId"), ninjs.Name(r.generation, "linkedRights"), ninjs.Name(r.generation, "encodedRights"))
}

// link is a URI; one that is none, as old versions allow, stays among the originals.
func (r *reader) link(v *strictjson.Value, name, path string) string {
	link := r.text(v, name)
	if link == "" || ninjs.IsURI(link) {
		return link
	}
	r.original(join(path, name), link)
	return ""
}
