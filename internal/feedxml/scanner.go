// Package feedxml reads the XML of feeds as it is found in the wild: it accepts what readers have had to accept for
// twenty years (undeclared prefixes, stray ampersands, unclosed tags, HTML entities) and keeps the caps that make an
// untrusted document harmless. Nothing is expanded, nothing is fetched. Formats whose senders can be held to
// well-formed XML use internal/markup instead.
package feedxml

import (
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Caps of a document. A fault names the one it ran into.
const (
	MaxDepth      = 256
	MaxAttributes = 256
	MaxToken      = 1 << 20 // bytes of one text, comment or tag
	MaxItems      = 10_000
)

// Kind is what [Scanner.Next] found.
type Kind int

// Kinds of tokens.
const (
	EOF Kind = iota
	Start
	End
	Text
	Instruction
)

// Attr is an attribute as it stands in a tag; Value is still encoded.
type Attr struct{ Name, Value string }

// Scanner walks a document. Strings it returns are slices of the document wherever nothing had to be decoded. It is
// for one goroutine.
type Scanner struct {
	doc   string
	at    int // where the next token begins
	begin int // where the current one began

	name   string // of the current element, with its prefix as sent
	attrs  []Attr
	text   string
	cdata  bool
	open   []element
	closed bool // the current start tag closed itself: an End comes next
	kids   bool // Value met elements
	fault  *wiredesk.Fault
	mended bool
}

type element struct {
	name   string
	spaces int // how many namespace bindings were in force outside
	base   string
}

// New is a scanner at the beginning of a document, which must be valid UTF-8.
func New(doc string) *Scanner { return &Scanner{doc: doc, open: make([]element, 0, 16)} }

// Next moves to the next token. Comments are skipped. At the end of the document, or where it cannot be read further,
// it returns EOF; [Scanner.Err] tells the two apart.
func (s *Scanner) Next() Kind {
	if s.closed {
		s.closed = false
		s.pop()
		return End
	}
	for s.at < len(s.doc) && s.fault == nil {
		s.begin = s.at
		if s.doc[s.at] != '<' {
			return s.plain()
		}
		if kind, ok := s.angle(); ok {
			return kind
		}
	}
	return EOF
}

// Err is why the document could not be read to its end; nil at an ordinary end.
func (s *Scanner) Err() error {
	if s.fault == nil {
		return nil
	}
	return s.fault
}

// Offset is where the current token began, in bytes.
func (s *Scanner) Offset() int { return s.begin }

// After is where the current token ended, in bytes.
func (s *Scanner) After() int { return s.at }

// Depth is how many elements are open.
func (s *Scanner) Depth() int { return len(s.open) }

// Mended says whether the document so far was not well-formed and was read all the same.
func (s *Scanner) Mended() bool { return s.mended }

// Text is the current text, decoded; for an instruction, what stands between the marks.
func (s *Scanner) Text() string {
	if s.cdata {
		return s.text
	}
	return Unescape(s.text)
}

func (s *Scanner) fail(at int, format string, args ...any) (Kind, bool) {
	s.fault = wiredesk.FaultAt([]byte(s.doc[:at]), at, format, args...)
	return EOF, true
}

func (s *Scanner) plain() Kind {
	end := strings.IndexByte(s.doc[s.at:], '<')
	for end >= 0 && !opens(s.doc[s.at+end:]) {
		s.mended = true
		next := strings.IndexByte(s.doc[s.at+end+1:], '<')
		if next < 0 {
			end = -1
			break
		}
		end += 1 + next
	}
	if end < 0 {
		end = len(s.doc) - s.at
	}
	if end > MaxToken {
		kind, _ := s.fail(s.at, "a text is longer than %d bytes", MaxToken)
		return kind
	}
	s.text, s.cdata = s.doc[s.at:s.at+end], false
	s.at += end
	return Text
}

// opens says whether a "<" begins markup.
func opens(s string) bool {
	if len(s) < 2 {
		return false
	}
	c := s[1]
	return c == '/' || c == '!' || c == '?' || nameStart(c)
}

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// angle reads what begins with "<". It reports false for what yields no token.
func (s *Scanner) angle() (Kind, bool) {
	rest := s.doc[s.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return s.skip("-->", 4, "comment")
	case strings.HasPrefix(rest, "<![CDATA["):
		return s.section()
	case strings.HasPrefix(rest, "<!"):
		return s.doctype()
	case strings.HasPrefix(rest, "<?"):
		return s.instruction()
	case strings.HasPrefix(rest, "</"):
		return s.endTag()
	case opens(rest):
		return s.startTag()
	}
	s.text, s.cdata, s.mended = "<", true, true
	s.at++
	return Text, true
}

func (s *Scanner) skip(mark string, from int, what string) (Kind, bool) {
	i := strings.Index(s.doc[s.at+from:], mark)
	if i < 0 {
		return s.fail(s.at, "a %s begins here and never ends", what)
	}
	s.at += from + i + len(mark)
	return 0, false
}

func (s *Scanner) section() (Kind, bool) {
	const opener = len("<![CDATA[")
	i := strings.Index(s.doc[s.at+opener:], "]]>")
	if i < 0 {
		return s.fail(s.at, "a CDATA section begins here and never ends")
	}
	if i > MaxToken {
		return s.fail(s.at, "a text is longer than %d bytes", MaxToken)
	}
	s.text, s.cdata = s.doc[s.at+opener:s.at+opener+i], true
	s.at += opener + i + 3
	return Text, true
}

// doctype skips a declaration with its internal subset, and refuses one that declares entities.
func (s *Scanner) doctype() (Kind, bool) {
	depth, from := 0, s.at
	for i := s.at; i < len(s.doc); i++ {
		switch s.doc[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '<':
			if strings.HasPrefix(s.doc[i:], "<!ENTITY") && !parameter(s.doc[i+8:]) {
				return s.fail(i, "the document declares an entity of its own, which is refused: send the text itself")
			}
		case '>':
			if depth <= 0 {
				s.at = i + 1
				return 0, false
			}
		}
		if i-from > MaxToken {
			break
		}
	}
	return s.fail(s.at, "a declaration begins here and does not end within %d bytes", MaxToken)
}

func parameter(after string) bool {
	return strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), "%")
}

func (s *Scanner) instruction() (Kind, bool) {
	i := strings.Index(s.doc[s.at:], "?>")
	if i < 0 || i > MaxToken {
		return s.fail(s.at, "an instruction begins here and never ends")
	}
	s.text, s.cdata = s.doc[s.at+2:s.at+i], true
	s.at += i + 2
	return Instruction, true
}
