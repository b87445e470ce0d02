package strictjson

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/looks"
)

// Limits of a document, each named in the error that a document over it gets.
const (
	MaxDepth  = 64      // lists and objects inside one another
	MaxValues = 1 << 18 // values in the document
	MaxDigits = 64      // characters of a number
	MaxNames  = 4096    // names in one object
)

// Read reads a document that is one JSON value. Errors are [wiredesk.Fault] values. A byte-order mark is skipped; a
// document that is not UTF-8 is refused.
func Read(doc []byte) (*Value, error) {
	v, _, err := read(doc, false)
	return v, err
}

// ReadMended reads like [Read] but mends what agencies are known to send for JSON: raw tabs and line ends inside
// texts, and a backslash before a character that needs none, such as a curly quote. Each kind of repair is said once.
func ReadMended(doc []byte) (*Value, []string, error) { return read(doc, true) }

// ReadPart reads the value that begins at an offset and says where it ends; what follows it is not looked at.
func ReadPart(doc []byte, at int) (v *Value, end int, err error) {
	p := parser{doc: doc, at: at}
	v = &Value{}
	p.space()
	err = p.value(v, 0)
	return v, p.at, err
}

// UTF8 is the document as UTF-8: as it came where it was, and otherwise read as what it is, with what was mended.
func UTF8(doc []byte, declared string) ([]byte, []string, error) {
	if utf8.Valid(doc) && !strings.ContainsRune(string(doc[:min(len(doc), 4)]), 0) {
		return doc, nil, nil
	}
	text, _, repairs, err := charset.Decode(doc, declared)
	if err != nil {
		return nil, nil, wiredesk.Faultf(1, 1, "%s", err)
	}
	return []byte(text), repairs, nil
}

func read(doc []byte, mend bool) (*Value, []string, error) {
	p := parser{doc: doc, mend: mend}
	if i := invalid(doc); i >= 0 {
		return nil, nil, p.fault(i, "this byte is not UTF-8, which JSON must be")
	}
	if strings.HasPrefix(string(doc[:min(len(doc), 3)]), "\ufeff") {
		p.at = 3
	}
	p.space()
	if p.at == len(doc) {
		return nil, nil, p.fault(p.at, "the document is empty, where a JSON value should be")
	}
	var v Value
	if err := p.value(&v, 0); err != nil {
		return nil, nil, err
	}
	p.space()
	if p.at < len(doc) {
		return nil, nil, p.fault(p.at, "there is %s behind the end of the document", p.seen())
	}
	return &v, p.repairs(), nil
}

// invalid is the offset of the first byte that is not UTF-8, -1 where there is none.
func invalid(doc []byte) int {
	if utf8.Valid(doc) {
		return -1
	}
	for i := 0; i < len(doc); {
		r, n := utf8.DecodeRune(doc[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

type parser struct {
	doc               []byte
	at                int
	values            int
	mend              bool
	rawControls, lone bool // what was mended
}

func (p *parser) repairs() []string {
	var said []string
	if p.rawControls {
		said = append(said, "JSON: read line ends or tabs that stood unescaped inside a text")
	}
	if p.lone {
		said = append(said, "JSON: left out a backslash before a character that needs none")
	}
	return said
}

func (p *parser) fault(at int, format string, args ...any) error {
	return wiredesk.FaultAt(p.doc, at, format, args...)
}

// seen is what stands at the place, for an error message.
func (p *parser) seen() string {
	if p.at >= len(p.doc) {
		return "the end of the document"
	}
	r, _ := utf8.DecodeRune(p.doc[p.at:])
	return strconv.Quote(string(r))
}

func (p *parser) space() {
	for p.at < len(p.doc) {
		switch p.doc[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) value(v *Value, depth int) error {
	if p.values++; p.values > MaxValues {
		return p.fault(p.at, "the document holds more than %d values", MaxValues)
	}
	if p.at >= len(p.doc) {
		return p.fault(p.at, "the document ends where a value should be")
	}
	v.Start = p.at
	var err error
	switch c := p.doc[p.at]; {
	case c == '{' || c == '[':
		if depth == MaxDepth {
			return p.fault(p.at, "lists and objects are nested more than %d deep", MaxDepth)
		}
		if c == '{' {
			err = p.object(v, depth)
		} else {
			err = p.list(v, depth)
		}
	case c == '"':
		v.Kind = String
		v.Text, err = p.text()
	case c == '-' || c >= '0' && c <= '9':
		err = p.number(v)
	default:
		err = p.word(v)
	}
	v.End = p.at
	return err
}

func (p *parser) word(v *Value) error {
	for _, word := range []string{"null", "true", "false"} {
		if !bytes.HasPrefix(p.doc[p.at:], []byte(word)) {
			continue
		}
		p.at += len(word)
		if word != "null" {
			v.Kind, v.Text = Bool, word
		}
		return nil
	}
	if len(bytes.TrimSpace(p.doc[:p.at])) == 0 {
		return p.fault(p.at, "this is %s, and not JSON", looks.Like(string(p.doc[p.at:min(len(p.doc), p.at+4096)])))
	}
	return p.fault(p.at, "there is %s where a value should be", p.seen())
}

func (p *parser) list(v *Value, depth int) error {
	v.Kind = Array
	p.at++
	for p.space(); ; p.space() {
		if len(v.Items) == 0 && p.next(']') {
			return nil
		}
		v.Items = append(v.Items, Value{})
		if err := p.value(&v.Items[len(v.Items)-1], depth+1); err != nil {
			return err
		}
		p.space()
		if p.next(']') {
			return nil
		}
		if !p.next(',') {
			return p.fault(p.at, "there is %s where a comma or ] should be", p.seen())
		}
	}
}

func (p *parser) object(v *Value, depth int) error {
	v.Kind = Object
	p.at++
	var known names
	for p.space(); ; p.space() {
		if len(v.Items) == 0 && p.next('}') {
			return nil
		}
		start := p.at
		if p.at >= len(p.doc) || p.doc[p.at] != '"' {
			return p.fault(p.at, "there is %s where a name in quotes should be", p.seen())
		}
		name, err := p.text()
		if err != nil {
			return err
		}
		if reason := known.add(name); reason != "" {
			return p.fault(start, "%s", reason)
		}
		p.space()
		if !p.next(':') {
			return p.fault(p.at, "there is %s where the colon behind a name should be", p.seen())
		}
		p.space()
		v.Names = append(v.Names, name)
		v.Items = append(v.Items, Value{})
		if err := p.value(&v.Items[len(v.Items)-1], depth+1); err != nil {
			return err
		}
		p.space()
		if p.next('}') {
			return nil
		}
		if !p.next(',') {
			return p.fault(p.at, "there is %s where a comma or } should be", p.seen())
		}
	}
}

func (p *parser) next(c byte) bool {
	if p.at < len(p.doc) && p.doc[p.at] == c {
		p.at++
		return true
	}
	return false
}

// Document reads the document of an arrival, mended where [ReadMended] and [UTF8] mend, with what was mended. The bytes
// that come back are those that the values' places count in.
func Document(raw wiredesk.Raw) (top *Value, doc []byte, repairs []string, err error) {
	doc, repairs, err = UTF8(raw.Bytes, raw.Charset)
	if err != nil {
		return nil, nil, nil, err
	}
	top, more, err := ReadMended(doc)
	return top, doc, append(repairs, more...), err
}
