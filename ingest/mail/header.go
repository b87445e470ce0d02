package mail

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/charset"
)

// field is a header field: its name in lower case, its value unfolded and still encoded.
type field struct{ name, value string }

type header []field

// Caps of a header. What is over them is not read.
const (
	maxFields = 1000
	maxValue  = 16 << 10 // bytes of one value
)

// readHeader reads the fields up to the first blank line, and returns where the body begins. It steps over an mbox line
// and blank lines in front. A line that is no field ends the header, as the text of a message without one does.
func readHeader(text string) (header, int) {
	var h header
	at := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	for at < len(text) && len(h) < maxFields {
		line, next := cutLine(text, at)
		switch {
		case strings.TrimSpace(line) == "" && line == strings.TrimLeft(line, " \t"):
			return h, next
		case (line[0] == ' ' || line[0] == '\t') && len(h) > 0:
			if value := &h[len(h)-1].value; len(*value) < maxValue {
				*value += " " + strings.TrimSpace(line)
			}
		default:
			name, value, ok := strings.Cut(line, ":")
			name = strings.ToLower(strings.TrimSpace(name))
			if ok && fieldName(name) {
				h = append(h, field{name, strings.TrimSpace(value[:min(len(value), maxValue)])})
			} else if len(h) > 0 || !strings.HasPrefix(line, "From ") {
				return h, at
			}
		}
		at = next
	}
	return h, at
}

func cutLine(text string, at int) (line string, next int) {
	i := strings.IndexByte(text[at:], '\n')
	if i < 0 {
		return strings.TrimSuffix(text[at:], "\r"), len(text)
	}
	return strings.TrimSuffix(text[at:at+i], "\r"), at + i + 1
}

func fieldName(s string) bool {
	if s == "" || len(s) > 76 {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// get is the first field of a name, still encoded.
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// text is the first field of a name as people read it.
func (h header) text(name string) string { return words(h.get(name)) }

var encoded = regexp.MustCompile(`=\?([^?\s*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=(\s+=\?)?`)

// words decodes the encoded words of RFC 2047. Words of one charset that stand side by side are decoded together, since
// some senders cut a character in two.
func words(value string) string {
	if !strings.Contains(value, "=?") {
		return value
	}
	var w wordReader
	for value != "" {
		m := encoded.FindStringSubmatchIndex(value)
		if m == nil {
			break
		}
		if m[0] > 0 {
			w.flush()
			w.out.WriteString(value[:m[0]])
		}
		if set := strings.ToLower(value[m[2]:m[3]]); set != w.label {
			w.flush()
			w.label = set
		}
		w.word(value[m[4]:m[5]], value[m[6]:m[7]])
		end := m[1]
		if m[8] >= 0 {
			end = m[9] - len("=?")
		}
		value = value[end:]
	}
	w.flush()
	return w.out.String() + value
}

// wordReader collects the bytes of words until their charset ends.
type wordReader struct {
	out     strings.Builder
	label   string
	pending []byte
}

func (w *wordReader) flush() {
	if len(w.pending) == 0 {
		return
	}
	text, _, _, err := charset.Decode(w.pending, w.label)
	if err != nil {
		text = strings.ToValidUTF8(string(w.pending), "\uFFFD")
	}
	w.out.WriteString(text)
	w.pending = nil
}

// word adds a word's bytes. A character beyond ASCII, which may not stand there and does, is taken as it is.
func (w *wordReader) word(encoding, body string) {
	if strings.EqualFold(encoding, "b") {
		b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.Join(strings.Fields(body), ""), "="))
		if err != nil {
			b = []byte(body)
		}
		w.pending = append(w.pending, b...)
		return
	}
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRuneInString(body[i:])
		switch {
		case r == '_':
			w.pending = append(w.pending, ' ')
		case r == '=' && i+2 < len(body) && hex(body[i+1]) >= 0 && hex(body[i+2]) >= 0:
			w.pending = append(w.pending, byte(hex(body[i+1])<<4|hex(body[i+2])))
			size = 3
		case r >= utf8.RuneSelf:
			w.flush()
			w.out.WriteRune(r)
		default:
			w.pending = append(w.pending, body[i])
		}
		i += size
	}
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
