package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// mark is a stretch of text that shows who is credited.
type mark struct {
	wiredesk.Span
	label, role string
}

// marks are the credits that stand in the text, in its order, none inside another: the outlets, and with everyone also
// speakers, documents and bylines. Outlets win over people.
func marks(a *wiredesk.Article, everyone bool) []mark {
	var all []mark
	for _, at := range a.Attributions {
		outlet := weight(mark{role: at.Role}) == 0
		if at.Source.Empty() || at.Source.End > len(a.Text) || !outlet && !everyone {
			continue
		}
		all = append(all, mark{at.Source.Span, cmp.Or(at.Source.ID, at.Role), at.Role})
	}
	slices.SortStableFunc(all, func(a, b mark) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Start, b.Start))
	})
	var out []mark
	for _, m := range all {
		if !slices.ContainsFunc(out, func(o mark) bool { return o.Overlaps(m.Span) }) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

func weight(m mark) int {
	switch m.role {
	case wiredesk.RoleOrigin, wiredesk.RoleCited, wiredesk.RoleVenue:
		return 0
	}
	return 1
}

const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	blue  = "\x1b[36m"
	plain = "\x1b[0m"
)

// marked writes the text with its credits marked: coloured, or in brackets with the outlet's id.
func marked(to io.Writer, a *wiredesk.Article, everyone, colour bool) error {
	var b strings.Builder
	last := 0
	for _, m := range marks(a, everyone) {
		b.WriteString(shell.Printable(a.Text[last:m.Start]))
		surface := shell.Printable(m.In(a.Text))
		if colour {
			b.WriteString(bold + blue + surface + plain + dim + "⟨" + m.label + "⟩" + plain)
		} else {
			b.WriteString("[" + surface + " ⟨" + m.label + "⟩]")
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
		if id := at.Source.ID; id != "" && weight(mark{role: at.Role}) == 0 && at.Role != wiredesk.RoleVenue && !slices.Contains(ids, id) {
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
