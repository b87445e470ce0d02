package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Problem is one thing wrong, or one thing to be warned of, with its place: a line and column of a file, counted
// from 1, or the name of the variable or flag it came from.
type Problem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Reason string `json:"reason"`
	Near   string `json:"near,omitempty"` // the line, as it stands in the file
}

// Place is "FILE:LINE:COL", or the variable or flag alone.
func (p Problem) Place() string {
	if p.Line == 0 {
		return clean(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", clean(p.File), p.Line, p.Column)
}

// String is the problem for a person: place and reason, and below it the line with a caret. Control characters are
// shown as dots.
func (p Problem) String() string {
	head := p.Place() + ": " + clean(p.Reason)
	if p.Near == "" {
		return head
	}
	runes := []rune(p.Near)
	from := max(0, min(p.Column-1, len(runes))-60)
	shown := clean(string(runes[from:min(len(runes), from+120)]))
	number := fmt.Sprintf("%5d | ", p.Line)
	return head + "\n" + number + shown + "\n" + strings.Repeat(" ", len(number)-2) + "| " + strings.Repeat(" ", max(0, p.Column-1-from)) + "^"
}

// Problems is every problem of a configuration as one error, in the order of the file. Its text shows a hundred.
type Problems []Problem

func (ps Problems) Error() string {
	const most = 100
	var lines []string
	for _, p := range ps[:min(len(ps), most)] {
		lines = append(lines, p.String())
	}
	if more := len(ps) - most; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Reason, b.Reason))
	})
}

// with adds what a check found, but for values that could not even be read: one mistake is told once.
func (ps Problems) with(checked Problems) Problems {
	unread := map[string]bool{}
	for _, p := range ps {
		unread[p.Place()] = true
	}
	for _, p := range checked {
		if !unread[p.Place()] {
			ps = append(ps, p)
		}
	}
	return ps
}

func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '·'
		}
		return r
	}, s)
}

// meant is ", did you mean …?" where one of the known names is close to what was written.
func meant(written string, known []string) string {
	best, least := "", max(2, len(written)/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(written), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}

// distance counts insertions, deletions, substitutions and swaps of neighbours. Long names are never close.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	var before, last []int
	for j := range len(b) + 1 {
		last = append(last, j)
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
