package marks

import (
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Segment is a stretch of text under the same marks from end to end. Segments follow each other without a gap and cover
// the text; none holds a line end but at its end.
type Segment struct {
	wiredesk.Span
	Marks []int `json:"marks,omitempty"` // indexes into the marks, the outermost first
	Last  []int `json:"last,omitempty"`  // those of them that end here
}

// Cut cuts a text at every end of a mark and at every line end. Marks that cross each other come out as several
// segments, so that a page can nest elements: what two segments side by side have in common from the outermost mark on
// may stay open between them. It takes time linear in the text and in the marks times how many of them lie upon each
// other. The marks must be in the order of [Of] and lie within the text.
func Cut(text string, marks []Mark) []Segment {
	var out []Segment
	var open []int
	next := 0
	for at := 0; at < len(text); {
		for next < len(marks) && marks[next].Start <= at {
			open = append(open, next)
			next++
		}
		end := lineEnd(text, at)
		if next < len(marks) {
			end = min(end, marks[next].Start)
		}
		for _, m := range open {
			end = min(end, marks[m].End)
		}
		s := Segment{Span: wiredesk.Span{Start: at, End: end}, Marks: slices.Clone(open)}
		open = slices.DeleteFunc(open, func(m int) bool {
			if marks[m].End <= end {
				s.Last = append(s.Last, m)
				return true
			}
			return false
		})
		out = append(out, s)
		at = end
	}
	return out
}

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(text)
}
