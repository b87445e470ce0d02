package strictjson

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a text in quotes. Half of a surrogate pair becomes the replacement character.
func (p *parser) text() (string, error) {
	open := p.at
	p.at++
	if end := bytes.IndexByte(p.doc[p.at:], '"'); end >= 0 && plain(p.doc[p.at:p.at+end]) {
		s := string(p.doc[p.at : p.at+end])
		p.at += end + 1
		return s, nil
	}
	var out []byte
	for p.at < len(p.doc) {
		switch c := p.doc[p.at]; {
		case c == '"':
			p.at++
			return string(out), nil
		case c == '\\':
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
		case c < ' ' && !(p.mend && (c == '\t' || c == '\n' || c == '\r')):
			return "", p.fault(p.at, "a line end, tab or control character stands in a text; write it as an escape such as \\n")
		default:
			p.rawControls = p.rawControls || c < ' '
			out = append(out, c)
			p.at++
		}
	}
	return "", p.fault(open, "this text has no closing quote")
}

func plain(b []byte) bool {
	for _, c := range b {
		if c == '\\' || c < ' ' {
			return false
		}
	}
	return true
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(out []byte) ([]byte, error) {
	if p.at+1 >= len(p.doc) {
		return nil, p.fault(p.at, "the document ends inside a text")
	}
	c := p.doc[p.at+1]
	if plain, ok := escapes[c]; ok {
		p.at += 2
		return append(out, plain), nil
	}
	if c == 'u' {
		return p.unicode(out)
	}
	if p.mend && c >= utf8.RuneSelf || p.mend && (c == '\'' || c == '`') {
		p.lone = true
		p.at++
		return out, nil
	}
	return nil, p.fault(p.at, "\\%c is no escape that JSON knows", rune(c))
}

func (p *parser) unicode(out []byte) ([]byte, error) {
	r, ok := p.unit(p.at)
	if !ok {
		return nil, p.fault(p.at, "\\u needs four hexadecimal digits")
	}
	p.at += 6
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(out, r), nil
	}
	if low, ok := p.unit(p.at); ok {
		if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
			p.at += 6
			return utf8.AppendRune(out, both), nil
		}
	}
	return utf8.AppendRune(out, utf8.RuneError), nil
}

// unit is the UTF-16 unit of an escape: a backslash, u, and four digits.
func (p *parser) unit(at int) (rune, bool) {
	if at+6 > len(p.doc) || p.doc[at] != '\\' || p.doc[at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(p.doc[at+2:at+6]), 16, 16)
	return rune(n), err == nil
}

func (p *parser) number(v *Value) error {
	v.Kind = Number
	start := p.at
	p.next('-')
	if !p.next('0') && p.digits() == 0 {
		return p.fault(start, "this number has no digits")
	}
	if p.next('.') && p.digits() == 0 {
		return p.fault(start, "this number has no digits behind its point")
	}
	if p.next('e') || p.next('E') {
		if !p.next('+') {
			p.next('-')
		}
		if p.digits() == 0 {
			return p.fault(start, "this number has no digits in its exponent")
		}
	}
	if p.at-start > MaxDigits {
		return p.fault(start, "this number is longer than %d characters", MaxDigits)
	}
	v.Text = string(p.doc[start:p.at])
	if _, err := strconv.ParseFloat(v.Text, 64); err != nil {
		return p.fault(start, "this number is too large")
	}
	return nil
}

func (p *parser) digits() int {
	start := p.at
	for p.at < len(p.doc) && p.doc[p.at] >= '0' && p.doc[p.at] <= '9' {
		p.at++
	}
	return p.at - start
}
