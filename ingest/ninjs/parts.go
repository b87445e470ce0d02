package ninjs

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// contents reads headlines, descriptions and bodies.
func (r *reader) contents(it *wiredesk.Item, v *strictjson.Value) {
	if r.generation > 1 {
		it.Headlines = r.list(v, "headlines")
		it.Descriptions = r.list(v, "descriptions")
		it.Bodies = r.list(v, "bodies")
		return
	}
	for i, name := range v.Names {
		value, found := v.Items[i].Words(), strings.TrimSpace(v.Items[i].Words()) != ""
		head, extension, _ := strings.Cut(name, "_")
		switch {
		case !found:
		case head == "headline":
			it.Headlines = append(it.Headlines, part(extension, value))
		case head == "description" && extension != "":
			it.Descriptions = append(it.Descriptions, part(extension, value))
		case head == "body" && extension != "":
			it.Bodies = append(it.Bodies, part(extension, value))
		}
	}
	if i := main(it.Bodies); i >= 0 {
		it.Bodies[i].CharCount = r.whole(v.Get("charcount"), "charCount")
		it.Bodies[i].WordCount = r.whole(v.Get("wordcount"), "wordCount")
	}
}

// part makes a content of a 1.x property: its extension is a media type or a role.
func part(extension, value string) wiredesk.Content {
	if extension == "" {
		return wiredesk.Content{Role: "main", Value: value}
	}
	if kind := ninjs.MediaType(extension); kind != "" {
		return wiredesk.Content{Role: "main", ContentType: kind, Value: value}
	}
	return wiredesk.Content{Role: extension, Value: value}
}

func (r *reader) list(v *strictjson.Value, name string) []wiredesk.Content {
	var all []wiredesk.Content
	for _, c := range r.get(v, name).All() {
		content := wiredesk.Content{
			Role: r.text(&c, "role"), ContentType: r.text(&c, "contentType"), Value: r.text(&c, "value"),
			CharCount: r.whole(r.get(&c, "charCount"), "charCount"), WordCount: r.whole(r.get(&c, "wordCount"), "wordCount"),
		}
		if content.Value != "" {
			all = append(all, content)
		}
	}
	return all
}

// renditions reads the forms of a picture or film: a list with names, in 1.x an object by names.
func (r *reader) renditions(v *strictjson.Value, path string) []wiredesk.Rendition {
	var all []wiredesk.Rendition
	r.each(v, "renditions", func(name string, f *strictjson.Value) {
		at := join(path, "renditions."+name)
		rendition := wiredesk.Rendition{
			Name: name, ContentType: r.text(f, "contentType"), Title: r.text(f, "title"), Format: r.text(f, "format"),
			Width: r.whole(r.get(f, "width"), at+".width"), Height: r.whole(r.get(f, "height"), at+".height"),
			SizeInBytes: int64(r.whole(r.get(f, "sizeInBytes"), at+".sizeInBytes")), Duration: decimal(r.get(f, "duration")),
			AspectRatio: r.text(f, "aspectRatio"), VideoCodec: r.text(f, "videoCodec"), FrameRate: decimal(r.get(f, "frameRate")),
			Transport: r.text(f, "transportProtocol"), ScanType: r.text(f, "scanType"), Bitrate: r.text(f, "bitrate"),
		}
		rendition.Href = r.link(f, "href", at)
		if poi := r.get(f, "poi"); poi != nil && whole(poi.Get("x")) && whole(poi.Get("y")) && len(poi.Names) == 2 {
			rendition.POI = rawJSON(poi)
		}
		if r.version == ninjs.Superdesk {
			r.rest(f, at, "href", "mimetype", "title", "width", "height", "sizeinbytes", "duration", "format", "poi")
		}
		all = append(all, rendition)
	})
	return all
}

func whole(v *strictjson.Value) bool { _, ok := v.Integer(); return ok && v.Kind == strictjson.Number }

func decimal(v *strictjson.Value) float64 {
	var f float64
	if v != nil && json.Unmarshal([]byte(v.Words()), &f) != nil {
		return 0
	}
	return f
}

// rest keeps the members of an object that have no place, but for the names given.
func (r *reader) rest(v *strictjson.Value, path string, placed ...string) {
	for i, name := range v.Names {
		taken := v.Items[i].Kind == strictjson.Null
		for _, p := range placed {
			taken = taken || p == name
		}
		if !taken {
			r.original(join(path, name), asSent(&v.Items[i]))
		}
	}
}

// asSent is a value as the sender wrote it: a text as it reads, anything else as JSON.
func asSent(v *strictjson.Value) string {
	if v.Kind == strictjson.String {
		return v.Text
	}
	return string(v.JSON())
}

// each visits the members of a list of named objects, or of an object by names.
func (r *reader) each(v *strictjson.Value, property string, visit func(name string, member *strictjson.Value)) {
	found := r.get(v, property)
	if found == nil {
		return
	}
	for i := range found.Items {
		member := &found.Items[i]
		if member.Kind != strictjson.Object {
			continue
		}
		if found.Kind == strictjson.Object {
			visit(found.Names[i], member)
			continue
		}
		name := member.Get("name").Words()
		if name == "" {
			name = member.Get("id").Words()
		}
		visit(name, member)
	}
}

// associations reads the items that belong to this one. One without an identity gets one from its place.
func (r *reader) associations(v *strictjson.Value, uri, path string) []wiredesk.Association {
	var all []wiredesk.Association
	r.each(v, "associations", func(name string, member *strictjson.Value) {
		at := join(path, fmt.Sprintf("associations[%d]", len(all)))
		a := wiredesk.Association{Name: name, Rel: r.text(member, "rel"), Item: r.item(member, at)}
		if a.URI == "" {
			a.URI = free(uri+"#"+ninjs.Fragment(name), all)
		}
		all = append(all, a)
	})
	return all
}

// free is an identity that none of these has: two places of one name are not one item.
func free(uri string, taken []wiredesk.Association) string {
	used := func(u string) bool {
		return slices.ContainsFunc(taken, func(a wiredesk.Association) bool { return a.URI == u })
	}
	fresh := uri
	for n := 2; used(fresh); n++ {
		fresh = uri + "-" + strconv.Itoa(n)
	}
	return fresh
}

func rawJSON(v *strictjson.Value) json.RawMessage {
	if v == nil {
		return nil
	}
	return v.JSON()
}

func rawList(v *strictjson.Value) []json.RawMessage {
	var all []json.RawMessage
	for _, item := range v.All() {
		all = append(all, item.JSON())
	}
	return all
}
