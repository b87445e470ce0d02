package markup

import (
	"errors"
	"io"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Piece is one item cut out of a document, with as much of the document around it as it takes to be read alone.
type Piece struct {
	Text         string
	Line, Column int // where the piece began in the document, counted from 1, so that places in it can be moved
}

// MaxItems bounds the items of one document. A refusal names it.
const MaxItems = 10_000

// maxFrame bounds what is repeated around every item, and maxFrames what that comes to for all of them; of a longer frame
// only the start tags are repeated.
const (
	maxFrame  = 16 << 10
	maxFrames = 8 << 20
)

// Pieces cuts a document at its items: the elements that item says are, given their local name and their parent's. A
// document with one item or none comes back as no pieces: read it whole. Where an item is not well-formed the cuts go on
// behind it by its name alone, so that one bad item does not take the others along; it fails where that finds nothing.
func Pieces(text string, opt Options, item func(name, parent string) bool) ([]Piece, error) {
	c := cutter{text: text, opt: opt, item: item}
	err := c.scan()
	if err != nil && (c.name == "" || len(c.cuts) > MaxItems) {
		return nil, err
	}
	if err != nil {
		c.byName()
	}
	if len(c.cuts) < 2 {
		return nil, nil
	}
	frame, tail := c.frame()
	if len(frame)*len(c.cuts) > 2*maxFrames {
		return nil, wiredesk.Faultf(1, 1, "the tags around the items are %d bytes long: too much to repeat for %d items", len(frame), len(c.cuts))
	}
	pieces := make([]Piece, 0, len(c.cuts))
	at := mark{line: 1, column: 1}
	for _, cut := range c.cuts {
		at = at.forward(text, cut.from)
		pieces = append(pieces, at.piece(frame, text[cut.from:cut.to], tail))
	}
	return pieces, nil
}

type span struct{ from, to int }

type cutter struct {
	text string
	opt  Options
	item func(name, parent string) bool
	open []Token // around the first item
	cuts []span
	name string // of the items, as written

	unclosed bool // no end tag of an item is left
}

func (c *cutter) scan() error {
	r := NewReader(c.text, c.opt)
	var path []Token
	inside, from := 0, 0
	for {
		t, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case t.Kind == Start:
			parent := ""
			if len(path) > 0 {
				parent = path[len(path)-1].Name
			}
			if inside == 0 && c.item(t.Name, parent) {
				if len(c.cuts) == 0 {
					c.open = append([]Token(nil), path...)
				}
				inside, from = len(path)+1, t.From
				c.name, _ = nameAt(c.text[t.From+1:])
			}
			path = append(path, Token{Name: t.Name, From: t.From, To: t.To})
		case t.Kind == End:
			if inside == len(path) && inside > 0 {
				if c.cuts = append(c.cuts, span{from, t.To}); len(c.cuts) > MaxItems {
					return r.fault(from, "more than %d items in one document", MaxItems)
				}
				inside = 0
			}
			path = path[:len(path)-1]
		}
	}
}

// byName goes on behind the last whole item, from start tag to end tag, without understanding what is between.
func (c *cutter) byName() {
	at := 0
	if n := len(c.cuts); n > 0 {
		at = c.cuts[n-1].to
	}
	for len(c.cuts) < MaxItems {
		from := c.next("<"+c.name, at)
		if from < 0 {
			return
		}
		to := -1
		if !c.unclosed {
			to = c.next("</"+c.name, from)
			c.unclosed = to < 0
		}
		again := c.next("<"+c.name, from+1)
		switch {
		case to < 0 && again < 0:
			to = len(c.text)
		case to < 0 || again >= 0 && again < to:
			to = again
		default:
			to += strings.IndexByte(c.text[to:]+">", '>') + 1
		}
		c.cuts = append(c.cuts, span{from, min(to, len(c.text))})
		at = min(to, len(c.text))
	}
}

// next finds a tag's beginning, and not one whose name only begins the same.
func (c *cutter) next(tag string, at int) int {
	for {
		i := strings.Index(c.text[at:], tag)
		if i < 0 {
			return -1
		}
		at += i
		after := at + len(tag)
		if after >= len(c.text) || space(c.text[after]) || c.text[after] == '>' || c.text[after] == '/' {
			return at
		}
		at = after
	}
}

// frame is what stands before and behind each item, on one line so that the item's own lines can be counted.
func (c *cutter) frame() (head, tail string) {
	head = c.text[:c.cuts[0].from]
	if strings.HasPrefix(head, "<?xml") {
		_, head, _ = strings.Cut(head, "?>")
	}
	if len(head) > maxFrame || len(head)*len(c.cuts) > maxFrames {
		head = ""
		for _, t := range c.open {
			head += c.text[t.From:t.To]
		}
	}
	for i := len(c.open) - 1; i >= 0; i-- {
		name, _ := nameAt(c.text[c.open[i].From+1:])
		tail += "</" + name + ">"
	}
	return strings.TrimSpace(strings.NewReplacer("\r", " ", "\n", " ").Replace(head)), tail
}

// mark is a place in the document.
type mark struct{ offset, line, column int }

func (m mark) forward(text string, to int) mark {
	between := text[m.offset:to]
	if n := strings.Count(between, "\n"); n > 0 {
		m.line += n
		m.column = 1
		between = between[strings.LastIndexByte(between, '\n')+1:]
	}
	m.column += len([]rune(between))
	m.offset = to
	return m
}

// piece puts the frame on the line above the item where there is one, else before it.
func (m mark) piece(frame, item, tail string) Piece {
	if m.line > 1 {
		indent := strings.Repeat(" ", min(m.column-1, 200))
		return Piece{Text: frame + "\n" + indent + item + tail, Line: m.line - 1, Column: 1}
	}
	return Piece{Text: frame + item + tail, Line: 1, Column: max(1, m.column-len([]rune(frame)))}
}
