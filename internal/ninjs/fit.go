package ninjs

import (
	"fmt"

	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Fit takes out of an item what a version of the standard has no place for or would not allow, so that the rest is
// valid, and names what it took, by path. An item that lacks what the version needs stays invalid; [Check] says so.
func Fit(item strictjson.Value, version string) (fitted strictjson.Value, lost []string) {
	schema, ok := schemas[version]
	if !ok {
		return item, nil
	}
	var f fitter
	return f.object(item, schema, ""), f.lost
}

type fitter struct{ lost []string }

func (f *fitter) object(v strictjson.Value, r *rule, path string) strictjson.Value {
	out := v
	out.Names, out.Items = nil, nil
	for i, name := range v.Names {
		at := join(path, name)
		sub := r.member(name)
		if sub == nil && r.open {
			out.Names, out.Items = append(out.Names, name), append(out.Items, v.Items[i])
			continue
		}
		if sub != nil {
			if member, ok := f.value(v.Items[i], sub, at); ok {
				out.Names, out.Items = append(out.Names, name), append(out.Items, member)
				continue
			}
		}
		f.lost = append(f.lost, at)
	}
	return out
}

// value fits one value; false where none of it may stay.
func (f *fitter) value(v strictjson.Value, r *rule, path string) (strictjson.Value, bool) {
	switch {
	case v.Kind != r.kind:
		return v, false
	case v.Kind == strictjson.Object:
		v = f.object(v, r, path)
	case v.Kind == strictjson.Array:
		kept := v
		kept.Items = nil
		for i := range v.Items {
			at := fmt.Sprintf("%s[%d]", path, i)
			if item, ok := f.value(v.Items[i], r.items, at); ok {
				kept.Items = append(kept.Items, item)
			} else {
				f.lost = append(f.lost, at)
			}
		}
		return kept, len(kept.Items) > 0
	}
	var c checker
	c.check(&v, r, path)
	return v, len(c.found) == 0 && (v.Kind != strictjson.Object || len(v.Items) > 0)
}
