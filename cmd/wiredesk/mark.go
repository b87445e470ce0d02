package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/marks"
)

// credits are the marks that show who is credited, none inside another: the outlets, and with everything also speakers,
// documents, bylines and places. Outlets win over people, and people over places.
func credits(a *wiredesk.Article, everything bool) []marks.Mark {
	all := slices.DeleteFunc(marks.Of(a), func(m marks.Mark) bool {
		return weight(m) == 0 || !m.Outlet() && !everything
	})
	return marks.Apart(all, weight)
}

func weight(m marks.Mark) int {
	switch m.Kind {
	case marks.Kicker, marks.Headline, marks.Head, marks.Dateline, marks.Cue:
		return 0
	case marks.Place:
		return 1
	case wiredesk.RoleOrigin, wiredesk.RoleCited, wiredesk.RoleVenue:
		return 3
	}
	return 2
}

// label is what stands beside a mark: the id of an outlet, the country of a place, of others what they are.
func label(m marks.Mark) string {
	if m.Outlet() || m.Kind == marks.Place {
		return cmp.Or(m.Key, m.Kind)
	}
	return m.Kind
}

const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	blue   = "\x1b[36m"
	plain  = "\x1b[0m"
)

var colours = [...]string{1: green, 2: yellow, 3: bold + blue} // by weight

// marked writes the text with its credits marked: coloured, or in brackets with the outlet's id.
func marked(to io.Writer, a *wiredesk.Article, everyone, colour bool) error {
	var b strings.Builder
	last := 0
	for _, m := range credits(a, everyone) {
		b.WriteString(shell.Printable(a.Text[last:m.Start]))
		surface, name := shell.Printable(m.In(a.Text)), shell.Printable(label(m))
		if colour {
			b.WriteString(colours[weight(m)] + surface + plain + dim + "⟨" + name + "⟩" + plain)
		} else {
			b.WriteString("[" + surface + " ⟨" + name + "⟩]")
		}
		last = m.End
	}
	b.WriteString(shell.Printable(a.Text[last:]))
	for line := range strings.Lines(strings.TrimSpace(b.String()) + "\n") {
		if _, err := fmt.Fprint(to, "  │ ", line); err != nil {
			return err
		}
	}
	return nil
}

// outlets are the ids of who is credited as origin or source, in the order of the text.
func outlets(a *wiredesk.Article) []string {
	var ids []string
	for _, at := range a.Attributions {
		lends := at.Role == wiredesk.RoleOrigin || at.Role == wiredesk.RoleCited
		if id := at.Source.ID; id != "" && lends && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func credited(a *wiredesk.Article) string {
	if ids := outlets(a); len(ids) > 0 {
		return "  ← " + strings.Join(ids, ", ")
	}
	return ""
}

// headline is what a list shows of an article; of one without a headline, the beginning of its text.
func headline(a *wiredesk.Article) string {
	return cmp.Or(a.Item.Headline(), shell.Cut(a.Text, 80), a.Item.URI)
}
