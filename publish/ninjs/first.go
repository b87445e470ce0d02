package ninjs

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// first writes an item in the names and shapes of 1.x: single headlines, bodies by name, objects in place of lists.
func (w *writer) first(v strictjson.Value, path string) strictjson.Value {
	out := strictjson.Value{Kind: strictjson.Object}
	for i, name := range v.Names {
		member := v.Items[i]
		switch name {
		case "headlines", "descriptions", "bodies":
			out = w.contents(out, strings.TrimSuffix(strings.Replace(name, "bodies", "body", 1), "s"), member, path)
		case "people", "organisations", "places", "subjects", "events", "objects", "genres", "infoSources", "trustIndicators":
			out = set(out, ninjs.Name(1, name), w.concepts(name, member))
		case "renditions":
			out = set(out, name, w.byName(member, func(r strictjson.Value) strictjson.Value { return w.lower(r, "name") }))
		case "associations":
			out = set(out, name, w.byName(member, func(a strictjson.Value) strictjson.Value {
				return w.first(without(a, "name", "rel"), join(path, name))
			}))
		case "altIds":
			out = set(out, "altids", altIDs(member))
		case "representationType":
			out = set(out, "representationtype", text(map[string]string{"full": "complete", "partial": "incomplete"}[member.Text]))
		case "standard":
		case "digitalSourceType":
			out = set(out, ninjs.Name(1, name), member)
		default:
			out = set(out, ninjs.Name(1, name), w.lower(member))
		}
	}
	return out
}

// contents writes a list of headlines, descriptions or bodies as properties of their own. The counts are the main
// body's.
func (w *writer) contents(out strictjson.Value, head string, list strictjson.Value, path string) strictjson.Value {
	for i := range list.Items {
		c := &list.Items[i]
		name := extended(head, c.Get("role").String(), c.Get("contentType").String())
		if name == head && head != "headline" {
			name += "_text"
		}
		if out.Get(name) != nil {
			name = free(out, name)
		}
		out = set(out, name, *c.Get("value"))
		for _, count := range []string{"charCount", "wordCount"} {
			if n := c.Get(count); n != nil && out.Get(ninjs.Name(1, count)) == nil {
				out = set(out, ninjs.Name(1, count), *n)
			} else if n != nil {
				w.lost = append(w.lost, join(path, fmt.Sprintf("bodies[%d].%s", i, count)))
			}
		}
	}
	return out
}

// extended is the 1.x name of a content: its media type's extension, or its role.
func extended(head, role, mediaType string) string {
	extension := ninjs.Extension(mediaType)
	if role != "" && role != "main" {
		extension = token(role)
	}
	if head == "headline" && (role == "" || role == "main") || extension == "" {
		return head
	}
	return head + "_" + extension
}

// token is a word that may extend a 1.x name.
func token(word string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, word[strings.LastIndexAny(word, "/:#")+1:])
}

// free is a name that an object does not have yet.
func free(v strictjson.Value, name string) string {
	for n := 2; ; n++ {
		if next := fmt.Sprintf("%s_%d", name, n); v.Get(next) == nil {
			return next
		}
	}
}

// concepts writes uri and literal as scheme and code.
func (w *writer) concepts(property string, list strictjson.Value) strictjson.Value {
	out := strictjson.Value{Kind: strictjson.Array}
	for i := range list.Items {
		c := list.Items[i]
		uri, literal := c.Get("uri").String(), c.Get("literal").String()
		if property == "trustIndicators" {
			uri = c.Get("role").String()
		}
		concept := w.lower(without(c, "uri", "literal", "role", "geoJSON"))
		if role := c.Get("role").String(); role != "" && property == "infoSources" {
			concept = set(concept, "rel", text(role))
		}
		if g := c.Get("geoJSON"); g != nil {
			concept = set(concept, "geometry_geojson", *g)
		}
		for _, part := range [][2]string{{"scheme", scheme(uri, literal)}, {"code", code(uri, literal)}} {
			if part[1] != "" {
				concept = set(concept, part[0], text(part[1]))
			}
		}
		out.Items = append(out.Items, concept)
	}
	return out
}

func scheme(uri, literal string) string {
	if literal == "" {
		return ""
	}
	if base, ok := strings.CutSuffix(uri, literal); ok {
		return base
	}
	return ""
}

func code(uri, literal string) string {
	if uri == "" || strings.HasSuffix(uri, literal) && literal != "" {
		return literal
	}
	return uri
}

// byName turns a list of named objects into an object by names.
func (w *writer) byName(list strictjson.Value, member func(strictjson.Value) strictjson.Value) strictjson.Value {
	out := strictjson.Value{Kind: strictjson.Object}
	for i := range list.Items {
		name := token(list.Items[i].Get("name").String())
		if name == "" || name[0] == '_' {
			name = "n" + name
		}
		if out.Get(name) != nil {
			name = free(out, name)
		}
		out = set(out, name, member(list.Items[i]))
	}
	return out
}

func altIDs(list strictjson.Value) strictjson.Value {
	out := strictjson.Value{Kind: strictjson.Object}
	for i := range list.Items {
		role := list.Items[i].Get("role").String()
		if role == "" {
			role = "id"
		}
		if out.Get(role) != nil {
			role = free(out, role)
		}
		out = set(out, role, text(list.Items[i].Get("value").String()))
	}
	return out
}

// lower writes the names of a value, and of all within it, as 1.x does; the names given are left out.
func (w *writer) lower(v strictjson.Value, but ...string) strictjson.Value {
	v = without(v, but...)
	out := v
	out.Items = make([]strictjson.Value, len(v.Items))
	for i := range v.Items {
		out.Items[i] = w.lower(v.Items[i])
	}
	if v.Kind != strictjson.Object {
		return out
	}
	out.Names = make([]string, len(v.Names))
	for i, name := range v.Names {
		out.Names[i] = ninjs.Name(1, name)
		if name == "symbol" && w.version < "1.5" {
			out.Names[i] = "ticker"
		}
	}
	return out
}

func without(v strictjson.Value, names ...string) strictjson.Value {
	out := v
	out.Names, out.Items = nil, nil
	if v.Kind != strictjson.Object || len(names) == 0 {
		return v
	}
	for i, name := range v.Names {
		dropped := false
		for _, n := range names {
			dropped = dropped || n == name
		}
		if !dropped {
			out.Names, out.Items = append(out.Names, name), append(out.Items, v.Items[i])
		}
	}
	return out
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
