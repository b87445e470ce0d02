package markup

import "strings"

// runner writes HTML and text of a stream of tokens, without a tree.
type runner struct {
	r     Reader
	html  echo
	lines lineWriter
	open  []opened
	node  Node // the element that begins, for its attributes
	held  held
	size  int  // nodes that a tree would have
	broke bool // the last token was the end of a br
}

// held is what is not written yet of the innermost element, where that is a p without elements so far.
type held struct {
	tag      [2]int // where its start tag is
	text     string
	from, to int // where the text is; nowhere if it is of several pieces
}

// opened is an element that is open.
type opened struct {
	tag       string // as written; empty for one that is read through
	kind      int
	paragraph bool // it is a paragraph or a heading, or within one
	bare      bool // a p without elements so far, of which nothing is written yet
	pre       bool // white space in it stays
	ordered   bool // an ol
	items     int  // li elements so far
}

func stream(text string) (html, plain string, err error) {
	s := runner{html: echo{source: text}, r: Reader{
		text: text, opt: Options{Entities: true, Void: true, Checked: true}, cr: strings.IndexByte(text, '\r') >= 0, root: true, terse: true,
	}}
	s.r.open = append(make([]element, 0, 8), element{}) // no end tag closes it
	s.open = append(make([]opened, 0, 8), opened{})
	s.lines.out.Grow(len(text))
	for s.r.pos < len(text) || s.r.empty {
		if err := s.token(); err != nil {
			return "", "", err
		}
	}
	if len(s.open) != 1 {
		return "", "", errMalformed
	}
	return strings.TrimSpace(s.html.String()), s.lines.done(), nil
}

// token takes in the next token.
func (s *runner) token() error {
	from := s.r.pos
	if s.r.empty {
		s.r.empty = false
		s.r.close(from)
		s.end(from, from)
		return nil
	}
	if rest := s.r.text[from:]; rest[0] != '<' {
		return s.words(rest)
	} else if strings.HasPrefix(rest, "<?") {
		return errLayout
	} else if size := s.ending(rest); size > 0 {
		s.r.pos += size
		s.r.close(from)
		s.close(from, s.r.pos)
		return nil
	}
	t, ok, err := s.r.step()
	if err != nil || !ok {
		return err
	}
	switch t.Kind {
	case Start:
		return s.start(t)
	case End:
		s.close(t.From, t.To)
		return nil
	}
	s.text(t.Text, t.From, t.To)
	return s.grow(1)
}

// ending is the size of the end tag of the innermost element, where that comes next and is written as most are.
func (s *runner) ending(rest string) int {
	name := s.r.open[len(s.r.open)-1].name
	end := 2 + len(name)
	if name != "" && end < len(rest) && rest[1] == '/' && rest[end] == '>' && rest[2:end] == name {
		return end + 1
	}
	return 0
}

// words takes in the text up to the next tag, most of which stands for itself.
func (s *runner) words(rest string) error {
	from := s.r.pos
	if end := strings.IndexByte(rest, '<'); end >= 0 {
		rest = rest[:end]
	}
	if !s.r.cr && strings.IndexByte(rest, '&') < 0 && strings.IndexByte(rest, ']') < 0 {
		s.r.pos += len(rest)
		s.text(rest, from, s.r.pos)
		return s.grow(1)
	}
	t, _, err := s.r.chars(s.r.text[from:])
	if err != nil {
		return err
	}
	s.text(t.Text, t.From, t.To)
	return s.grow(1)
}

func (s *runner) grow(nodes int) error {
	if s.size += nodes; s.size > MaxNodes-2 {
		return errLayout
	}
	return nil
}

func (s *runner) text(text string, from, to int) {
	s.broke = false
	top := &s.open[len(s.open)-1]
	switch {
	case !top.bare:
		s.html.text(text, from, to)
		s.lines.text(text, top.pre)
	case s.held.text == "":
		s.held.text, s.held.from, s.held.to = text, from, to
	default:
		s.held.text += text
		s.held.from, s.held.to = 0, 0
	}
}

// settle writes what was held of the innermost element, which is an ordinary one.
func (s *runner) settle() {
	top := &s.open[len(s.open)-1]
	if !top.bare {
		return
	}
	s.html.tag("<", "p", s.held.tag[0], s.held.tag[1])
	if h := s.held; h.text != "" {
		s.html.text(h.text, h.from, h.to)
		s.lines.text(h.text, false)
	}
	top.bare, s.held = false, held{}
}

func (s *runner) start(t Token) error {
	outer := &s.open[len(s.open)-1]
	if foreign(t.Name) || outer.tag == "p" && blockInParagraph(t.Name) {
		return errBrowser
	}
	name := strings.ToLower(t.Name)
	kind := kind(name)
	if name != t.Name || kind == hidden || kind == cell || name == "tr" || outer.pre && name == "p" || outer.paragraph && (kind == block || kind == row) {
		return errLayout
	}
	if outer.bare && maybeWired(s.r.text[s.held.tag[1]:]) {
		return errLayout
	}
	s.settle()
	s.node.Name, s.node.Attrs, s.node.From, s.node.To = name, t.Attrs, t.From, t.To
	e := opened{tag: htmlName(name), kind: kind, bare: name == "p", pre: outer.pre || name == "pre", ordered: name == "ol"}
	if e.tag == "em" {
		e.tag = emphasis(&s.node)
	}
	if e.tag == "" && kind == block && name != "block" {
		e.tag = "div"
	}
	e.paragraph = outer.paragraph || e.tag == "p" || len(e.tag) == 2 && e.tag[0] == 'h' && e.tag != "hr"
	s.begin(name, e)
	s.open = append(s.open, e)
	return s.grow(1 + len(t.Attrs)/4)
}

// begin writes what an element begins with.
func (s *runner) begin(name string, e opened) {
	if sign := signOf(name); sign != "" {
		s.html.other().WriteString(sign)
		s.lines.text(sign, s.open[len(s.open)-1].pre)
	}
	switch {
	case e.bare:
		s.held = held{tag: [2]int{s.node.From, s.node.To}}
	case e.tag == "":
	case len(s.node.Attrs) == 0:
		s.html.tag("<", e.tag, s.node.From, s.node.To)
	default:
		s.html.attributed(e.tag, &s.node)
	}
	switch e.kind {
	case breaks:
		if s.broke && s.lines.gap == 1 {
			s.lines.gap = 2
		}
		s.lines.line(1)
	case block:
		s.lines.line(2)
	case row:
		s.lines.line(1)
	}
	if name == "li" {
		s.lines.text(s.bullet(), false)
	}
}

// bullet is what the next item of the innermost element is marked with.
func (s *runner) bullet() string {
	list := &s.open[len(s.open)-1]
	if list.items++; list.ordered {
		return itoa(list.items) + ". "
	}
	return "- "
}

// close ends the innermost element at its end tag.
func (s *runner) close(from, to int) {
	if top := &s.open[len(s.open)-1]; top.bare {
		if paragraphs := wiredText(s.held.text); paragraphs != nil {
			writeWired(s.html.other(), paragraphs)
			s.lines.paragraphs(paragraphs)
			top.tag, top.bare, s.held = "", false, held{}
		}
	}
	s.end(from, to)
}

func (s *runner) end(from, to int) {
	s.settle()
	e := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if e.tag != "" && e.tag != "br" && e.tag != "hr" {
		s.html.tag("</", e.tag, from, to)
	}
	switch e.kind {
	case block:
		s.lines.line(2)
	case row:
		s.lines.line(1)
	}
	s.broke = e.kind == breaks
}
