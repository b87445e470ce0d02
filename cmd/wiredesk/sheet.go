package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/marks"
)

//go:embed sheet.html
var sheetFile string

// sheet is an article on a page: the text in lines, its marks numbered, and the notes they point to.
type sheet struct {
	N                        int // which of the page
	Name, Why, Title, Locale string
	Lines                    []sheetLine
	Notes                    []*note
	Article                  *wiredesk.Article
	Facets                   []string

	marks []marks.Mark
	notes []*note // by mark
	seen  int     // marks that have a number so far
}

// sheetLine is a line of the text.
type sheetLine struct {
	Kind   string // headline, head or nothing
	Pieces []piece
}

// piece is a stretch of a line under the same marks: what opens before it, how many elements close after it, and the
// pointers of the marks that end with it.
type piece struct {
	Open  []tag
	Text  string
	Close []struct{}
	Notes []pointer
}

// tag is the element of one mark.
type tag struct{ Kind, Title string }

// pointer leads from a mark to its note and back.
type pointer struct{ Note, Mark int }

// writeSheets writes articles as one HTML page that needs nothing else and runs nothing. Whatever they say is escaped.
func writeSheets(to io.Writer, sheets []*sheet) error {
	page, err := template.New("sheet").Parse(sheetFile)
	if err != nil {
		return fmt.Errorf("sheet.html: %w", err)
	}
	return page.Execute(to, sheets)
}

func newSheet(n int, name, why string, a *wiredesk.Article) *sheet {
	s := &sheet{N: n, Name: name, Why: why, Title: headline(a), Locale: cmp.Or(a.Item.Language, "und"), Article: a, marks: marks.Of(a)}
	for _, f := range a.Facets() {
		s.Facets = append(s.Facets, "news."+f.String()+"."+a.Story)
	}
	s.number()
	s.cut()
	return s
}

// cut cuts the text into lines and pieces.
func (s *sheet) cut() {
	segments := marks.Cut(s.Article.Text, s.marks)
	line := sheetLine{}
	var open []int
	for n, seg := range segments {
		words := seg.In(s.Article.Text)
		p := piece{Text: strings.TrimRight(words, "\r\n"), Notes: s.pointers(seg.Last)}
		for _, m := range seg.Marks[common(open, seg.Marks):] {
			p.Open = append(p.Open, tag{s.marks[m].Kind, title(&s.marks[m])})
			if kind := s.marks[m].Kind; kind == marks.Headline || kind == marks.Head {
				line.Kind = kind
			}
		}
		ends := strings.HasSuffix(words, "\n") || n+1 == len(segments)
		if open = nil; !ends {
			open = seg.Marks[:common(seg.Marks, segments[n+1].Marks)]
		}
		p.Close = make([]struct{}, len(seg.Marks)-len(open))
		line.Pieces = append(line.Pieces, p)
		if ends {
			s.add(line)
			line = sheetLine{}
		}
	}
}

// pointers are the numbers behind the marks that end at one place.
func (s *sheet) pointers(last []int) (all []pointer) {
	for _, m := range last {
		if kind := s.marks[m].Kind; kind == marks.Cue || kind == marks.Headline {
			continue
		}
		s.seen++
		at := pointer{s.notes[m].Number, s.seen}
		s.notes[m].Marks = append(s.notes[m].Marks, at)
		all = append(all, at)
	}
	return all
}

// add adds a line that is not blank.
func (s *sheet) add(l sheetLine) {
	if slices.ContainsFunc(l.Pieces, func(p piece) bool { return strings.TrimSpace(p.Text) != "" }) {
		s.Lines = append(s.Lines, l)
	}
}

// common is how many marks two segments share from the outermost on.
func common(a, b []int) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func title(m *marks.Mark) string {
	t := plainly(m.Kind)
	if m.Label != "" {
		t += ": " + m.Label
	}
	if m.Key != "" && m.Key != m.Label {
		t += " = " + m.Key
	}
	if m.Score > 0 {
		t += ", " + percent(m.Score)
	}
	if m.Why != "" {
		t += " (" + m.Why + ")"
	}
	return t
}

func percent(score float64) string {
	if score == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", 100*score)
}

func plainly(kind string) string {
	if kind == marks.Head {
		return "section"
	}
	return strings.ReplaceAll(kind, "_", " ")
}
