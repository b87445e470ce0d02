// Package ninjs writes items as ninjs of any version, for subscribers whose systems have stayed with an old one.
package ninjs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Encode writes an item as one JSON object of the given version of ninjs, 1.0 to 3.1, valid by that version's schema.
// 3.1 loses nothing. For an older version lost names, by their path, what it has no place for. An item that no version
// allows, such as one without a URI, is an error. Encode keeps no state and may be called concurrently.
func Encode(item wiredesk.Item, version string) (doc []byte, lost []string, err error) {
	if !slices.Contains(ninjs.Versions, version) || strings.HasSuffix(version, "-dev") {
		return nil, nil, fmt.Errorf("ninjs: version %q is not known; use one of 1.0 to 1.6, 2.0 to 2.2, 3.0 or 3.1", version)
	}
	tree, err := treeOf(item)
	if err != nil {
		return nil, nil, err
	}
	tree, early := downgrade(tree, version)
	fitted, lost := ninjs.Fit(tree, version)
	if mistakes := ninjs.Check(&fitted, version); len(mistakes) > 0 {
		return nil, nil, fmt.Errorf("ninjs %s: %s", version, mistakes[0].Reason)
	}
	return fitted.JSON(), append(early, lost...), nil
}

// treeOf is the item as the JSON of 3.1.
func treeOf(item wiredesk.Item) (strictjson.Value, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(item); err != nil {
		return strictjson.Value{}, fmt.Errorf("ninjs: %w", err)
	}
	tree, err := strictjson.Read(b.Bytes())
	if err != nil {
		return strictjson.Value{}, fmt.Errorf("ninjs: %w", err)
	}
	return *tree, nil
}

// downgrade writes a tree of 3.1 in the names and shapes of an older version, and names what had to go on the way.
func downgrade(tree strictjson.Value, version string) (strictjson.Value, []string) {
	w := writer{version: version, generation: ninjs.Generation(version)}
	switch w.generation {
	case 1:
		tree = w.first(tree, "")
	case 2:
		tree = w.second(tree, "")
	}
	if version < "1.3" {
		return tree, w.lost
	}
	standard := fields("name", "ninjs", "version", version, "schema", "http://www.iptc.org/std/ninjs/ninjs-schema_"+version+".json")
	return set(tree, ninjs.Name(w.generation, "standard"), standard), w.lost
}

type writer struct {
	version    string
	generation int
	lost       []string
}

// second renames for 2.x, where the shapes are those of 3.x.
func (w *writer) second(v strictjson.Value, property string) strictjson.Value {
	if role := v.Get("role"); property == "infoSources" && w.version == "2.0" && role != nil && !ninjs.IsURI(role.String()) {
		w.lost = append(w.lost, "infosources.role")
		v = without(v, "role")
	}
	out := v
	out.Items = make([]strictjson.Value, len(v.Items))
	for i := range v.Items {
		name := property
		if v.Kind == strictjson.Object {
			name = v.Names[i]
		}
		if opaque[name] {
			out.Items[i] = v.Items[i]
			continue
		}
		out.Items[i] = w.second(v.Items[i], name)
	}
	if v.Kind == strictjson.Object {
		out.Names = make([]string, len(v.Names))
		for i, name := range v.Names {
			out.Names[i] = ninjs.Name(2, name)
			if name == "symbol" && w.version == "2.0" {
				out.Names[i] = "ticker"
			}
		}
	}
	return out
}

// opaque are properties whose inside has names of other standards.
var opaque = map[string]bool{"geoJSON": true}

func fields(pairs ...string) strictjson.Value {
	v := strictjson.Value{Kind: strictjson.Object}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v = set(v, pairs[i], text(pairs[i+1]))
		}
	}
	return v
}

func text(s string) strictjson.Value { return strictjson.Value{Kind: strictjson.String, Text: s} }

// set puts a member into an object, in place of an earlier one of that name.
func set(v strictjson.Value, name string, member strictjson.Value) strictjson.Value {
	if i := slices.Index(v.Names, name); i >= 0 {
		v.Items = slices.Clone(v.Items)
		v.Items[i] = member
		return v
	}
	v.Names = append(slices.Clip(v.Names), name)
	v.Items = append(slices.Clip(v.Items), member)
	return v
}
