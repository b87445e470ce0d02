package markup

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/looks"
)

// chars is the text up to the next tag.
func (r *Reader) chars(rest string) (Token, bool, error) {
	from := r.pos
	size := strings.IndexByte(rest, '<')
	if size < 0 {
		size = len(rest)
	}
	raw := rest[:size]
	if len(r.open) == 0 {
		if !blank(raw) && !(r.opt.Lax && r.ended) {
			first := from + len(raw) - len(strings.TrimLeft(raw, " \t\r\n"))
			if !r.root {
				return Token{}, false, r.fault(first, "this is %s, and not XML", looks.Like(rest))
			}
			return Token{}, false, r.fault(first, "text outside the root element")
		}
		r.pos += size
		return Token{}, false, nil
	}
	if size > MaxToken {
		return Token{}, false, r.fault(from, "text of more than %d bytes in one piece", MaxToken)
	}
	if !r.opt.Lax {
		if i := strings.Index(raw, "]]>"); i >= 0 {
			return Token{}, false, r.fault(from+i, "\"]]>\" in text: write ]]&gt;")
		}
	}
	text, err := r.resolveText(raw, from, false)
	if err != nil {
		return Token{}, false, err
	}
	r.pos += size
	return Token{Kind: Text, Text: text, From: from, To: r.pos}, true, nil
}

func (r *Reader) cdata(rest string) (Token, bool, error) {
	const head = len("<![CDATA[")
	from := r.pos
	if len(r.open) == 0 {
		return Token{}, false, r.fault(from, "text outside the root element")
	}
	size := strings.Index(rest, "]]>")
	switch {
	case size < 0:
		return Token{}, false, r.fault(from, "the CDATA section is not closed")
	case size-head > MaxToken:
		return Token{}, false, r.fault(from, "text of more than %d bytes in one piece", MaxToken)
	}
	r.pos += size + 3
	return Token{Kind: Text, Text: r.lines(rest[head:size]), From: from, To: r.pos}, true, nil
}

func (r *Reader) lines(s string) string {
	if !r.cr || strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

var spaces = strings.NewReplacer("\n", " ", "\t", " ")

// resolveText resolves references and line ends; in an attribute white space becomes spaces too.
func (r *Reader) resolveText(raw string, at int, attribute bool) (string, error) {
	text := r.lines(raw)
	if attribute && (strings.IndexByte(text, '\n') >= 0 || strings.IndexByte(text, '\t') >= 0) {
		text = spaces.Replace(text)
	}
	if strings.IndexByte(text, '&') < 0 {
		return text, nil
	}
	var out strings.Builder
	out.Grow(len(text))
	for {
		amp := strings.IndexByte(text, '&')
		if amp < 0 {
			out.WriteString(text)
			return out.String(), nil
		}
		out.WriteString(text[:amp])
		text = text[amp:]
		value, size := r.reference(text)
		if size == 0 {
			if !r.opt.Lax {
				return "", r.badReference(text, at+strings.IndexByte(raw, '&'))
			}
			r.repair("a bare \"&\" or an unknown entity was taken for text")
			value, size = "&", 1
		}
		out.WriteString(value)
		text = text[size:]
	}
}

func (r *Reader) badReference(text string, at int) error {
	if end := strings.IndexByte(text[:min(len(text), 40)], ';'); end > 1 {
		return r.fault(at, "unknown entity %s: send the character itself", strings.ToValidUTF8(text[:end+1], "?"))
	}
	return r.fault(at, "a bare \"&\": write &amp;")
}

// reference resolves the reference that text begins with; size 0 when it is none.
func (r *Reader) reference(text string) (value string, size int) {
	end := strings.IndexByte(text[:min(len(text), 40)], ';')
	if end < 2 {
		return "", 0
	}
	name := text[1:end]
	switch name {
	case "amp":
		return "&", end + 1
	case "lt":
		return "<", end + 1
	case "gt":
		return ">", end + 1
	case "quot":
		return `"`, end + 1
	case "apos":
		return "'", end + 1
	}
	if name[0] == '#' {
		return r.number(name[1:], end+1)
	}
	if !r.opt.Entities && !r.opt.Lax {
		return "", 0
	}
	whole := text[:end+1]
	if value = html.UnescapeString(whole); value == whole || strings.HasSuffix(value, ";") {
		return "", 0
	}
	return value, end + 1
}

func (r *Reader) number(digits string, size int) (string, int) {
	base := 10
	if strings.HasPrefix(digits, "x") || r.opt.Lax && strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || digits[0] == '+' {
		return "", 0
	}
	ch := rune(n)
	switch {
	case r.opt.Lax && n >= 0x80 && n < 0xa0:
		return html.UnescapeString("&#" + strconv.Itoa(int(n)) + ";"), size
	case n > utf8.MaxRune || !utf8.ValidRune(ch), illegal(string(ch)) >= 0:
		return "", 0
	}
	return string(ch), size
}
