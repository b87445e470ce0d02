package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	xmlSpace = "http://www.w3.org/XML/1998/namespace"
	include  = "http://www.w3.org/2001/XInclude"
)

func (r *Reader) startTag(rest string) (Token, bool, error) {
	name, size := nameAt(rest[1:])
	if size == 0 {
		return r.stray(rest)
	}
	if r.ended {
		return Token{}, false, r.fault(r.pos, "second root element <%s>: a document has one", name)
	}
	if len(r.open) >= MaxDepth {
		return Token{}, false, r.fault(r.pos, "elements nested deeper than %d", MaxDepth)
	}
	from, before := r.pos, len(r.names)
	r.attrs = r.attrs[:0]
	end, empty, err := r.attributes(1 + size)
	if err != nil {
		return Token{}, false, err
	}
	if err := r.resolve(from); err != nil {
		return Token{}, false, err
	}
	e := element{name: name, space: r.spaceOf(name, true), from: from, bindings: before}
	if e.space == include {
		return Token{}, false, r.fault(from, "<%s> asks for another document to be included: nothing is fetched", name)
	}
	r.open = append(r.open, e)
	r.root, r.empty, r.pos = true, empty || r.opt.Void && void(name), from+end
	return Token{Kind: Start, Space: e.space, Name: local(name), Attrs: r.attrs, From: from, To: r.pos}, true, nil
}

// void says whether an element of HTML never has content.
func void(name string) bool {
	switch name {
	case "br", "img", "hr", "wbr", "input", "meta", "link", "source":
		return true
	}
	return false
}

// stray is a "<" that opens nothing.
func (r *Reader) stray(rest string) (Token, bool, error) {
	if !r.opt.Lax || len(r.open) == 0 {
		return Token{}, false, r.fault(r.pos, "\"<\" that opens no tag: write &lt;")
	}
	r.repair("a bare \"<\" was taken for text")
	from := r.pos
	r.pos++
	return Token{Kind: Text, Text: rest[:1], From: from, To: r.pos}, true, nil
}

// attributes reads from offset at of the tag to its end. It leaves qualified names in Name.
func (r *Reader) attributes(at int) (end int, empty bool, err error) {
	tag := r.text[r.pos:]
	for {
		gap := at
		for at < len(tag) && space(tag[at]) {
			at++
		}
		switch {
		case at >= len(tag):
			return 0, false, r.fault(r.pos, "the document breaks off inside this tag: was it sent whole?")
		case at > MaxToken:
			return 0, false, r.fault(r.pos, "tag of more than %d bytes", MaxToken)
		case tag[at] == '>':
			return at + 1, false, nil
		case strings.HasPrefix(tag[at:], "/>"):
			return at + 2, true, nil
		case at == gap && !r.opt.Lax:
			return 0, false, r.fault(r.pos+at, "a space is missing between attributes")
		case len(r.attrs) >= MaxAttributes:
			return 0, false, r.fault(r.pos, "more than %d attributes on one element", MaxAttributes)
		}
		if at, err = r.attribute(tag, at); err != nil {
			return 0, false, err
		}
	}
}

func (r *Reader) attribute(tag string, at int) (int, error) {
	name, size := nameAt(tag[at:])
	if size == 0 {
		if r.opt.Lax {
			r.repair("stray characters inside a tag were dropped")
			return at + 1, nil
		}
		return 0, r.fault(r.pos+at, "this cannot be an attribute's name")
	}
	at += size
	for at < len(tag) && space(tag[at]) {
		at++
	}
	if at >= len(tag) || tag[at] != '=' {
		if r.opt.Lax {
			r.attrs = append(r.attrs, Attr{Name: name})
			r.repair("attribute without a value")
			return at, nil
		}
		return 0, r.fault(r.pos+at, "attribute %s has no value", name)
	}
	at++
	for at < len(tag) && space(tag[at]) {
		at++
	}
	if at < len(tag) && tag[at] != '"' && tag[at] != '\'' {
		return r.unquoted(tag, at, name)
	}
	if at >= len(tag) {
		return 0, r.fault(r.pos+at, "the document breaks off inside this tag: was it sent whole?")
	}
	return r.quoted(tag, at, name)
}

func (r *Reader) quoted(tag string, at int, name string) (int, error) {
	size := strings.IndexByte(tag[at+1:min(len(tag), at+2+MaxToken)], tag[at])
	if size < 0 {
		return 0, r.fault(r.pos+at, "the value of %s has no closing quote within %d bytes", name, MaxToken)
	}
	raw := tag[at+1 : at+1+size]
	if i := strings.IndexByte(raw, '<'); i >= 0 && !r.opt.Lax {
		return 0, r.fault(r.pos+at+1+i, "\"<\" in the value of %s: is a quote missing?", name)
	}
	value, err := r.resolveText(raw, r.pos+at+1, true)
	if err != nil {
		return 0, err
	}
	r.attrs = append(r.attrs, Attr{Name: name, Value: value})
	return at + size + 2, nil
}

func (r *Reader) unquoted(tag string, at int, name string) (int, error) {
	if !r.opt.Lax {
		return 0, r.fault(r.pos+at, "the value of %s is not in quotes", name)
	}
	size := strings.IndexAny(tag[at:], " \t\r\n>")
	if size < 0 {
		size = len(tag) - at
	}
	r.repair("attribute value without quotes")
	r.attrs = append(r.attrs, Attr{Name: name, Value: tag[at : at+size]})
	return at + size, nil
}

func (r *Reader) endTag(rest string) (Token, bool, error) {
	name, size := nameAt(rest[2:])
	end := 2 + size
	for end < len(rest) && space(rest[end]) {
		end++
	}
	if r.opt.Lax && size > 0 && end >= len(rest) {
		r.repair("the last end tag breaks off")
		r.pos = len(r.text)
		return Token{}, false, nil
	}
	if size == 0 || end >= len(rest) || rest[end] != '>' {
		return Token{}, false, r.fault(r.pos, "this end tag is not closed")
	}
	if n := len(r.open); n > 0 && r.open[n-1].name == name {
		t := r.close(r.pos + end + 1)
		r.pos = t.To
		return t, true, nil
	}
	if r.opt.Lax {
		return r.mismatch(name, end+1)
	}
	if len(r.open) == 0 {
		return Token{}, false, r.fault(r.pos, "</%s> closes nothing", name)
	}
	e := r.open[len(r.open)-1]
	return Token{}, false, r.fault(r.pos, "</%s> where </%s> is due, which was opened %s", name, e.name, r.above(e.from))
}

// mismatch closes one open element towards the one that name closes, or drops an end tag that closes none.
func (r *Reader) mismatch(name string, size int) (Token, bool, error) {
	for _, e := range r.open {
		if e.name == name {
			r.repair("end tags that do not match their start were mended")
			return r.close(r.pos), true, nil
		}
	}
	r.repair("an end tag without a start was dropped")
	r.pos += size
	return Token{}, false, nil
}

// nameAt is the XML name at the beginning of s, with one prefix at most; size 0 when there is none.
func nameAt(s string) (string, int) {
	name, size := longName(s)
	if colon := strings.IndexByte(name, ':'); colon >= 0 && (colon+1 == size || strings.IndexByte(name[colon+1:], ':') >= 0) {
		return "", 0
	}
	return name, size
}

func longName(s string) (string, int) {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
			i++
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.' || c == ':'):
			i++
		case c >= 0x80:
			ch, n := utf8.DecodeRuneInString(s[i:])
			if !nameRune(ch, i > 0) {
				return s[:i], i
			}
			i += n
		default:
			return s[:i], i
		}
	}
	return s[:i], i
}

func nameRune(ch rune, inner bool) bool {
	if unicode.IsLetter(ch) || unicode.Is(unicode.Nl, ch) {
		return true
	}
	return inner && (unicode.IsDigit(ch) || unicode.IsMark(ch) || ch == 0xb7)
}
