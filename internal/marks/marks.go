// Package marks turns what was found in an article into marks on its text: who is credited and by which words, where it
// was written, which places and section heads there are. Marks may lie within and across each other; [Cut] makes of them
// stretches that can be shown one after the other.
package marks

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Kinds of marks beside the roles of an attribution, which are kinds as they stand.
const (
	Kicker   = "kicker"
	Headline = "headline"
	Head     = "head" // of a section
	Dateline = "dateline"
	Cue      = "cue" // the words that credit
	Place    = "place"
)

// Mark is one stretch of the text and why it is marked.
type Mark struct {
	wiredesk.Span
	Kind  string  `json:"kind"`
	ID    string  `json:"id,omitempty"`    // of the attribution, shared by its source and its cue
	Label string  `json:"label,omitempty"` // the name
	Key   string  `json:"key,omitempty"`   // the outlet's id, where it is known; of a place, its country
	Why   string  `json:"why,omitempty"`   // the rules, as a person reads them
	Score float64 `json:"confidence,omitempty"`
}

// Of are the marks of an article by their place in the text, outer ones before those within them. Spans that do not fit
// the text are left out.
func Of(a *wiredesk.Article) []Mark {
	var all []Mark
	if a.Kicker != nil {
		all = append(all, Mark{Span: *a.Kicker, Kind: Kicker})
	}
	if a.Headline != nil {
		all = append(all, Mark{Span: *a.Headline, Kind: Headline})
	}
	for _, s := range a.Sections {
		if s.Title != "" {
			all = append(all, Mark{Span: wiredesk.Span{Start: s.Start, End: s.Start + len(s.Title)}, Kind: Head, Label: s.Title})
		}
	}
	if d := a.Dateline; d != nil {
		all = append(all, Mark{Span: d.Span, Kind: Dateline, Label: joined(d.City, d.Country, d.Date)})
	}
	for i := range a.Attributions {
		all = append(all, credit(&a.Attributions[i])...)
	}
	for _, p := range a.Places {
		all = append(all, Mark{Span: p.Span, Kind: Place, Label: p.Name, Key: p.Country})
	}
	all = slices.DeleteFunc(all, func(m Mark) bool { return !fits(a.Text, m.Span) })
	sortOuterFirst(all)
	return all
}

// credit are the marks of a link of the chain: its source and its cue.
func credit(at *wiredesk.Attribution) []Mark {
	m := Mark{
		Span: at.Source.Span, Kind: at.Role, ID: at.ID, Score: at.Score,
		Label: at.Source.Name, Key: at.Source.ID, Why: strings.Join(at.Rules, ", "),
	}
	if at.Cue == nil {
		return []Mark{m}
	}
	cue := m
	cue.Span, cue.Kind = at.Cue.Span, Cue
	return []Mark{m, cue}
}

func joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ", ")
}

// fits says whether a span covers whole characters of the text.
func fits(text string, s wiredesk.Span) bool {
	return s.Start >= 0 && !s.Empty() && s.End <= len(text) && whole(text, s.Start) && whole(text, s.End)
}

func whole(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

func sortOuterFirst(all []Mark) {
	slices.SortStableFunc(all, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
}

// Outlet says whether a mark credits an outlet: as origin, as source, as the place where something was said.
func (m Mark) Outlet() bool {
	switch m.Kind {
	case wiredesk.RoleOrigin, wiredesk.RoleCited, wiredesk.RoleVenue:
		return true
	}
	return false
}

// Apart are those marks of which none lies within another, by their place in the text. Of two that overlap the one that
// weighs less goes; of two that weigh the same, the later one.
func Apart(all []Mark, weight func(Mark) int) []Mark {
	byWeight := slices.Clone(all)
	slices.SortStableFunc(byWeight, func(a, b Mark) int { return cmp.Compare(weight(b), weight(a)) })
	var out []Mark
	for _, m := range byWeight {
		if !slices.ContainsFunc(out, func(o Mark) bool { return o.Overlaps(m.Span) }) {
			out = append(out, m)
		}
	}
	sortOuterFirst(out)
	return out
}
