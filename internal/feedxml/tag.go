package feedxml

import "strings"

func (s *Scanner) startTag() (Kind, bool) {
	i := s.at + 1
	end := i
	for end < len(s.doc) && nameByte(s.doc[end]) {
		end++
	}
	s.name = s.doc[i:end]
	s.attrs = s.attrs[:0]
	closed, ok := s.attributes(end)
	if !ok {
		return EOF, true
	}
	if len(s.open) >= MaxDepth {
		return s.fail(s.begin, "elements are nested deeper than %d", MaxDepth)
	}
	s.open = append(s.open, element{name: s.name})
	s.closed = closed
	return Start, true
}

func nameByte(c byte) bool {
	return nameStart(c) || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '.'
}

// attributes reads up to the end of the tag and reports whether the element closed itself.
func (s *Scanner) attributes(i int) (closed, ok bool) {
	for {
		for i < len(s.doc) && space(s.doc[i]) {
			i++
		}
		switch {
		case i >= len(s.doc) || i-s.begin > MaxToken:
			s.fail(s.begin, "the tag <%s> begins here and does not end within %d bytes", short(s.name), MaxToken)
			return false, false
		case s.doc[i] == '>':
			s.at = i + 1
			return false, true
		case strings.HasPrefix(s.doc[i:], "/>"):
			s.at = i + 2
			return true, true
		case s.doc[i] == '<':
			s.mended = true
			s.at = i
			return false, true
		}
		if len(s.attrs) >= MaxAttributes {
			s.fail(s.begin, "the tag <%s> has more than %d attributes", short(s.name), MaxAttributes)
			return false, false
		}
		i = s.attribute(i)
	}
}

func (s *Scanner) attribute(i int) int {
	from := i
	for i < len(s.doc) && !space(s.doc[i]) && !strings.ContainsRune("=><", rune(s.doc[i])) && !strings.HasPrefix(s.doc[i:], "/>") {
		i++
	}
	name := s.doc[from:i]
	for i < len(s.doc) && space(s.doc[i]) {
		i++
	}
	if i >= len(s.doc) || s.doc[i] != '=' {
		s.mended = true
		if i == from {
			return i + 1
		}
		s.attrs = append(s.attrs, Attr{Name: name})
		return i
	}
	i++
	for i < len(s.doc) && space(s.doc[i]) {
		i++
	}
	value, next := s.attributeValue(i)
	s.attrs = append(s.attrs, Attr{name, value})
	return next
}

func (s *Scanner) attributeValue(i int) (string, int) {
	if i >= len(s.doc) {
		return "", i
	}
	if q := s.doc[i]; q == '"' || q == '\'' {
		if n := strings.IndexByte(s.doc[i+1:], q); n >= 0 {
			return s.doc[i+1 : i+1+n], i + n + 2
		}
	}
	s.mended = true
	from := i
	for i < len(s.doc) && !space(s.doc[i]) && s.doc[i] != '>' {
		i++
	}
	return s.doc[from:i], i
}

// endTag closes the element it names, with all that was left open inside; one that names nothing open is ignored.
func (s *Scanner) endTag() (Kind, bool) {
	end := strings.IndexByte(s.doc[s.at:], '>')
	if end < 0 {
		return s.fail(s.at, "an end tag begins here and never ends")
	}
	name := strings.TrimRight(s.doc[s.at+2:s.at+end], " \t\r\n")
	n := len(s.open)
	if n > 0 && s.open[n-1].name == name {
		s.at += end + 1
		s.pop()
		return End, true
	}
	s.mended = true
	for i := n - 1; i >= 0; i-- {
		if strings.EqualFold(s.open[i].name, name) {
			if i == n-1 {
				s.at += end + 1
			}
			s.pop() // the inner element ends here; the tag is read again for the outer one
			return End, true
		}
	}
	s.at += end + 1
	return 0, false
}

func (s *Scanner) pop() {
	n := len(s.open) - 1
	s.name = s.open[n].name
	s.open = s.open[:n]
}

// Name is the current element's name as sent, prefix and all.
func (s *Scanner) Name() string { return s.name }

// Attr is the decoded value of an attribute of the current start tag, by its name as sent; empty when absent.
func (s *Scanner) Attr(name string) string {
	for i := range s.attrs {
		if s.attrs[i].Name == name {
			return Unescape(s.attrs[i].Value)
		}
	}
	return ""
}

// Attrs are the attributes of the current start tag, valid until the next call of Next.
func (s *Scanner) Attrs() []Attr { return s.attrs }

// Skip moves behind the end of the current element.
func (s *Scanner) Skip() {
	depth := len(s.open)
	for len(s.open) >= depth && s.Next() != EOF {
		continue
	}
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func short(name string) string { return name[:min(len(name), 40)] }
