// Package markup reads what strangers mark up: XML under caps, HTML as the text a reader would see, and HTML that is
// safe to show. Nothing here fetches, expands or executes anything.
package markup

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Caps of one document. A refusal names the cap.
const (
	MaxDepth      = 256
	MaxAttributes = 256     // of one element
	MaxToken      = 1 << 20 // bytes of one tag, text, comment or declaration
	MaxNodes      = 200_000 // elements and texts of one tree
	maxBindings   = 256     // namespace declarations in force at one place
)

// Options say what a format allows beyond plain XML.
type Options struct {
	// Doctype tolerates a DOCTYPE, which is skipped and never fetched. Without it a document with one is refused. One
	// that declares a general entity is always refused.
	Doctype bool
	// Entities resolves the character names of HTML (&nbsp;, &eacute;).
	Entities bool
	// Lax reads what many feeds send and XML forbids: a bare "&", unknown entities, attributes without quotes, end tags
	// that do not match, text that breaks off. Each is noted in Repairs.
	Lax bool
	// Checked says that the text is known to be valid UTF-8 without control characters, as charset.Clean makes it.
	Checked bool
	// Void reads HTML's empty elements (br, img, hr) as empty without the slash that XML wants.
	Void bool
}

// Kind is what a token is.
type Kind uint8

// Kinds of token. An empty element comes as Start and End.
const (
	Start Kind = iota + 1
	End
	Text
)

// Attr is an attribute. Space is the namespace it is in, empty for one without a prefix.
type Attr struct{ Space, Name, Value string }

// Token is one piece of a document. Attrs are valid until the next call of Next; the rest stays valid.
type Token struct {
	Kind        Kind
	Space, Name string // of an element: namespace (the prefix itself where none is declared) and local name
	Attrs       []Attr
	Text        string // of a Text: entities and CDATA resolved, line ends as "\n"
	From, To    int    // byte offsets of the token in the text
}

// Reader reads the tokens of one XML document, strictly: well-formed, one root, no attribute twice, under the caps
// above. Comments and processing instructions are skipped. Its errors are [wiredesk.Fault] values with the place. A
// Reader is for one goroutine.
type Reader struct {
	// Repairs are what Lax had to mend, each named once.
	Repairs []string

	text  string
	opt   Options
	pos   int
	open  []element
	names []binding
	attrs []Attr
	ended bool // the root is closed
	root  bool // the root was opened
	typed bool // a DOCTYPE was seen
	empty bool // the last Start was an empty element
	cr    bool // the text has carriage returns
	terse bool // no one asks why the text is refused
	err   error
}

type element struct {
	name     string // as written, with its prefix
	space    string
	from     int
	bindings int // in force before this element
}

type binding struct{ prefix, space string }

// NewReader reads text, which must be valid UTF-8 (see package charset).
func NewReader(text string, opt Options) *Reader {
	r := &Reader{text: text, opt: opt, cr: strings.IndexByte(text, '\r') >= 0}
	if opt.Checked {
		return r
	}
	if at := illegal(text); at >= 0 && !opt.Lax {
		r.err = r.fault(at, "control character U+%04X, which XML does not allow", []rune(text[at:min(len(text), at+4)])[0])
	}
	if !utf8.ValidString(text) {
		r.err = wiredesk.Faultf(1, 1, "the text is not valid UTF-8")
	}
	return r
}

// Next is the next token; [io.EOF] after the root's end, and the first error for ever once there is one.
func (r *Reader) Next() (Token, error) {
	if r.err != nil {
		return Token{}, r.err
	}
	if r.empty {
		r.empty = false
		return r.close(r.pos), nil
	}
	for {
		t, ok, err := r.step()
		if err != nil {
			r.err = err
			return Token{}, err
		}
		if ok {
			return t, nil
		}
	}
}

// Depth is how many elements are open.
func (r *Reader) Depth() int { return len(r.open) }

func (r *Reader) step() (Token, bool, error) {
	if r.pos >= len(r.text) {
		return r.finish()
	}
	rest := r.text[r.pos:]
	switch {
	case rest[0] != '<':
		return r.chars(rest)
	case strings.HasPrefix(rest, "</"):
		return r.endTag(rest)
	case strings.HasPrefix(rest, "<!--"):
		return Token{}, false, r.skip(rest, 4, "-->", "comment")
	case strings.HasPrefix(rest, "<![CDATA["):
		return r.cdata(rest)
	case strings.HasPrefix(rest, "<!"):
		return Token{}, false, r.doctype(rest)
	case strings.HasPrefix(rest, "<?"):
		return Token{}, false, r.instruction(rest)
	}
	return r.startTag(rest)
}

// finish is what the end of the text means.
func (r *Reader) finish() (Token, bool, error) {
	if len(r.open) > 0 {
		if r.opt.Lax {
			r.repair("the document breaks off: open elements were closed")
			return r.close(r.pos), true, nil
		}
		e := r.open[len(r.open)-1]
		return Token{}, false, r.fault(r.pos, "the document breaks off inside <%s>, opened %s: was it sent whole?", e.name, r.above(e.from))
	}
	if !r.root {
		return Token{}, false, r.fault(r.pos, "no XML element in the document")
	}
	return Token{}, false, io.EOF
}

func (r *Reader) close(to int) Token {
	e := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	r.names = r.names[:e.bindings]
	r.ended = len(r.open) == 0
	return Token{Kind: End, Space: e.space, Name: local(e.name), From: r.pos, To: to}
}

func (r *Reader) fault(at int, format string, args ...any) error {
	if r.terse {
		return errMalformed
	}
	return wiredesk.FaultAt([]byte(r.text), at, format, args...)
}

// above says how far above the reader's place an element began, so that it stays true when the place is moved.
func (r *Reader) above(from int) string {
	switch n := strings.Count(r.text[from:r.pos], "\n"); n {
	case 0:
		return "on this line"
	case 1:
		return "on the line above"
	default:
		return strconv.Itoa(n) + " lines above"
	}
}

func (r *Reader) repair(what string) {
	for _, had := range r.Repairs {
		if had == what {
			return
		}
	}
	r.Repairs = append(r.Repairs, what)
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func blank(s string) bool { return strings.Trim(s, " \t\r\n") == "" }

// illegal is the offset of the first character that XML forbids, -1 when there is none.
func illegal(text string) int {
	for i := range len(text) {
		c := text[i]
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
		if c == 0xef && i+2 < len(text) && text[i+1] == 0xbf && text[i+2] >= 0xbe {
			return i
		}
	}
	return -1
}
