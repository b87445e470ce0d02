// Package ninjs reads news in JSON, IPTC's ninjs, in every version from 1.0 to 3.1 and in the dialect of Superdesk.
// Whatever the version, the item comes out in the words of 3.1; what 3.1 has no place for is kept beside it.
package ninjs

import (
	"errors"
	"fmt"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Parse reads a document of one item, or of several, into a story each. The version is the one that the item declares
// where its names agree, else the one whose names it uses, and the item must be valid by that version's schema: wrong
// kinds, unknown values and names, a missing uri, and from 2.1 on malformed URIs and times are faults with their
// place. JSON itself is read strictly.
//
// Item.URI is the item's uri; one that is no URI, as old versions allow, becomes a URN of ours and is kept among
// Item.AltIDs. An embargo that is empty or cannot be read never gets the item refused: it is held, its end unknown.
// Story.Text is the main headline, a blank line, and the first body as text; where there is no body, the first
// description. In the Superdesk dialect an item that is carried in full within another is a story too, before the other;
// where a list carries such items without an identity, they and the package of them all come behind the other.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	doc, repairs, err := strictjson.UTF8(raw.Bytes, raw.Charset)
	if err != nil {
		return nil, err
	}
	parts, err := strictjson.Lines(raw, doc)
	if err != nil && raw.Item == 0 {
		return nil, err
	}
	if len(parts) > 1 && raw.Item == 0 {
		return draft.Each(parts, Parse)
	}
	top, err := strictjson.Read(doc)
	if err != nil {
		return nil, err
	}
	if many := items(top); raw.Item == 0 && !alone(many, top) {
		if len(many) == 0 {
			return nil, wiredesk.Faultf(1, 1, "ninjs: the document holds no item")
		}
		return draft.Each(strictjson.Parts(raw, doc, many), Parse)
	}
	return parse(raw, doc, top, repairs)
}

// alone says that a document is its one item.
func alone(many []strictjson.Value, top *strictjson.Value) bool {
	return len(many) == 1 && many[0].Start == top.Start
}

func parse(raw wiredesk.Raw, doc []byte, item *strictjson.Value, repairs []string) ([]wiredesk.Story, error) {
	if item.Kind != strictjson.Object {
		return nil, wiredesk.FaultAt(doc, item.Start, "ninjs: an item must be an object, but this is %s", item.Kind)
	}
	version, why := ninjs.Recognise(item)
	var faults []error
	for _, m := range ninjs.Check(item, version) {
		faults = append(faults, wiredesk.FaultAt(doc, m.At, "ninjs %s (%s): %s", version, why, m.Reason))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r := newReader(raw, version, repairs)
	if said := ninjs.Declared(item); said != "" && said != version {
		r.repair("the item says it is ninjs %s, but uses names of %s", said, version)
	}
	r.story.Item = r.item(item, "")
	if r.story.Item.URI == "" {
		return nil, wiredesk.FaultAt(doc, item.Start, "ninjs: the item has neither uri nor guid, and must have one")
	}
	if version != ninjs.Superdesk {
		r.finish()
		return []wiredesk.Story{r.story}, nil
	}
	r.dialect(item)
	r.finish()
	if bundled(item) {
		return bundle(raw, version, item, r.story), nil
	}
	return append(embedded(raw, version, item, &r.story), r.story), nil
}

// reader reads one item into its story.
type reader struct {
	raw        wiredesk.Raw
	version    string
	generation int
	story      wiredesk.Story
}

func newReader(raw wiredesk.Raw, version string, repairs []string) *reader {
	return &reader{raw: raw, version: version, generation: ninjs.Generation(version), story: wiredesk.Story{
		Provider: raw.Provider, Feed: raw.Feed, Format: "ninjs", Repairs: append([]string(nil), repairs...),
	}}
}

// original keeps what the sender wrote, by the path of its 3.1 name.
func (r *reader) original(path, words string) {
	if r.story.Originals == nil {
		r.story.Originals = map[string]string{}
	}
	r.story.Originals[path] = words
}

func (r *reader) repair(format string, args ...any) {
	r.story.Repairs = append(r.story.Repairs, fmt.Sprintf(format, args...))
}

// get is a property by its 3.1 name, as the item's version spells it.
func (r *reader) get(v *strictjson.Value, name string) *strictjson.Value {
	found := v.Get(ninjs.Name(r.generation, name))
	if found != nil && found.Kind == strictjson.Null {
		return nil
	}
	return found
}

func (r *reader) text(v *strictjson.Value, name string) string { return r.get(v, name).Words() }

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
