package feedxml

import (
	"html"
	"strings"
)

// Value reads the content of the current element up to its end. Text comes back decoded once; when elements stand
// inside, the content comes back as the markup it is, CDATA sections opened, and markup is true.
func (s *Scanner) Value() (value string, markup bool) {
	depth, from := len(s.open), s.at
	if s.closed {
		s.Next()
		return "", false
	}
	var one string
	var all strings.Builder
	count, sections := 0, false
	for {
		switch s.Next() {
		case EOF:
			return strings.TrimSpace(one), markup
		case Start:
			markup = true
		case Text:
			sections = sections || s.cdata
			if count == 0 {
				one = s.Text()
			} else {
				if count == 1 {
					all.WriteString(one)
				}
				all.WriteString(s.Text())
			}
			count++
		case End:
			if len(s.open) >= depth {
				continue
			}
			if markup {
				return s.inner(from, sections), true
			}
			if count > 1 {
				one = all.String()
			}
			return strings.TrimSpace(one), false
		}
	}
}

// inner is the markup between two places, CDATA sections opened: what a section holds within markup is markup.
func (s *Scanner) inner(from int, sections bool) string {
	end := max(from, min(s.begin, len(s.doc)))
	raw := strings.TrimSpace(s.doc[from:end])
	if !sections {
		return raw
	}
	raw = strings.ReplaceAll(raw, "<![CDATA[", "")
	return strings.ReplaceAll(raw, "]]>", "")
}

// Unescape decodes character references once: the five of XML, those of HTML, and numeric ones. A reference must end
// with its semicolon; anything else stays as it stands.
func Unescape(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for i >= 0 {
		out.WriteString(s[:i])
		s = s[i:]
		n := reference(s)
		out.WriteString(decoded(s[:n]))
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	out.WriteString(s)
	return out.String()
}

// reference is the length of the reference at the head of s; 1 when the ampersand stands for itself.
func reference(s string) int {
	for i := 1; i < len(s) && i < 34; i++ {
		c := s[i]
		if c == ';' {
			return i + 1
		}
		if c != '#' && !(c >= '0' && c <= '9') && !(c|0x20 >= 'a' && c|0x20 <= 'z') {
			break
		}
	}
	return 1
}

func decoded(ref string) string {
	switch ref {
	case "&":
		return "&"
	case "&amp;":
		return "&"
	case "&lt;":
		return "<"
	case "&gt;":
		return ">"
	case "&quot;":
		return `"`
	case "&apos;":
		return "'"
	}
	return html.UnescapeString(ref)
}
