package markup

import "strings"

// echo is text written from a source that it mostly repeats: as long as it says what the source says from its beginning,
// nothing is copied.
type echo struct {
	source string
	size   int // of the source's beginning that was repeated so far
	apart  bool
	out    strings.Builder // what was written, once it is apart from the source
}

// repeat writes a part of the source.
func (e *echo) repeat(from, to int) {
	if !e.apart && from == e.size {
		e.size = to
		return
	}
	e.other().WriteString(e.source[from:to])
}

// other is where to write what the source does not say.
func (e *echo) other() *strings.Builder {
	if !e.apart {
		e.apart = true
		e.out.Grow(len(e.source))
		e.out.WriteString(e.source[:e.size])
	}
	return &e.out
}

func (e *echo) String() string {
	if e.apart {
		return e.out.String()
	}
	return e.source[:e.size]
}

// tag writes a tag without attributes, given its text and where the source has one like it.
func (e *echo) tag(open, name string, from, to int) {
	if at := from + len(open); to-from == len(open)+len(name)+1 && e.source[at:to-1] == name {
		e.repeat(from, to)
		return
	}
	out := e.other()
	out.WriteString(open)
	out.WriteString(name)
	out.WriteByte('>')
}

// attributed writes the beginning of an element with attributes.
func (e *echo) attributed(tag string, n *Node) {
	if tag == "a" && len(n.Attrs) == 1 && n.Attrs[0].Name == "href" && n.Attrs[0].Space == "" {
		source, value := e.source[n.From:n.To], n.Attrs[0].Value
		const open, end = `<a href="`, `">`
		if len(source) == len(open)+len(value)+len(end) && source[:len(open)] == open && source[len(open):len(source)-len(end)] == value &&
			source[len(source)-len(end)] == '"' && plainAddress(value) && strings.IndexByte(value, '&') < 0 {
			e.repeat(n.From, n.To)
			return
		}
	}
	out := e.other()
	out.WriteByte('<')
	out.WriteString(tag)
	writeAttrs(out, tag, n)
	out.WriteByte('>')
}

// text writes text, and where the source says it. raw is that place in the source as it stands.
func (e *echo) text(text string, from, to int) {
	if source := e.source[from:to]; source != "" && escaped(source) {
		e.repeat(from, to)
		return
	}
	escape(e.other(), text)
}

// escaped says whether text between tags is already as escape writes it.
func escaped(s string) bool {
	if strings.IndexByte(s, '>') >= 0 || strings.IndexByte(s, '<') >= 0 || strings.IndexByte(s, '\r') >= 0 {
		return false
	}
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return true
		}
		s = s[i:]
		if !strings.HasPrefix(s, "&amp;") && !strings.HasPrefix(s, "&lt;") && !strings.HasPrefix(s, "&gt;") {
			return false
		}
		s = s[1:]
	}
}
