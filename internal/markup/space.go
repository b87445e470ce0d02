package markup

import "strings"

// resolve takes the tag's namespace declarations into force, splits the attributes' names and refuses one that stands
// there twice.
func (r *Reader) resolve(from int) error {
	for _, a := range r.attrs {
		if a.Name == "xmlns" {
			r.names = append(r.names, binding{"", a.Value})
		} else if prefix, ok := strings.CutPrefix(a.Name, "xmlns:"); ok {
			r.names = append(r.names, binding{prefix, a.Value})
		}
	}
	if len(r.names) > maxBindings {
		return r.fault(from, "more than %d namespace declarations in force", maxBindings)
	}
	for i := range r.attrs {
		a := &r.attrs[i]
		if colon := strings.IndexByte(a.Name, ':'); colon > 0 {
			if a.Space = "xmlns"; a.Name[:colon] != "xmlns" {
				a.Space = r.spaceOf(a.Name, false)
			}
			a.Name = a.Name[colon+1:]
		}
	}
	return r.unique(from)
}

func (r *Reader) unique(from int) error {
	twice := ""
	if len(r.attrs) <= 16 {
		for i, a := range r.attrs {
			for _, b := range r.attrs[:i] {
				if a.Name == b.Name && a.Space == b.Space {
					twice = a.Name
				}
			}
		}
	} else {
		seen := make(map[Attr]bool, len(r.attrs))
		for _, a := range r.attrs {
			a.Value = ""
			if seen[a] {
				twice = a.Name
			}
			seen[a] = true
		}
	}
	if twice == "" {
		return nil
	}
	if r.opt.Lax {
		r.repair("attribute given twice: the first counts")
		return nil
	}
	return r.fault(from, "attribute %s stands twice on one element", twice)
}

// spaceOf is the namespace of a qualified name: the prefix itself where it is not declared.
func (r *Reader) spaceOf(name string, isElement bool) string {
	colon := strings.IndexByte(name, ':')
	if colon < 0 && !isElement {
		return ""
	}
	prefix := name[:max(colon, 0)]
	if prefix == "xml" {
		return xmlSpace
	}
	for i := len(r.names) - 1; i >= 0; i-- {
		if r.names[i].prefix == prefix {
			return r.names[i].space
		}
	}
	return prefix
}
