// Package replay reads what a line has stored by the rules of today, tells what that would change of what was published,
// and sends it through the line again where an operator wants that.
package replay

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/redline"
)

// Diff is what a reader would notice between two readings of the same copy.
type Diff struct {
	Fields   []Field         `json:"fields,omitempty"`
	Credits  Lists           `json:"credits,omitzero"` // role and outlet, "cited_outlet tass"
	Topics   Lists           `json:"topics,omitzero"`
	Places   Lists           `json:"places,omitzero"`
	Subjects Lists           `json:"subjects,omitzero"` // of the news
	Text     []redline.Piece `json:"text,omitempty"`
}

// Field is one value that has changed.
type Field struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Lists are what a list has gained and lost.
type Lists struct {
	Gained []string `json:"gained,omitempty"`
	Lost   []string `json:"lost,omitempty"`
}

// Empty says that the list is the same.
func (l Lists) Empty() bool { return len(l.Gained)+len(l.Lost) == 0 }

// Empty says that a reader would notice nothing.
func (d *Diff) Empty() bool {
	return len(d.Fields) == 0 && d.Credits.Empty() && d.Topics.Empty() && d.Places.Empty() && d.Subjects.Empty() && len(d.Text) == 0
}

// Compare says what differs between a revision and the same copy read anew. The subjects are those of the facets;
// see [Diff.Routed] for those of desks.
func Compare(was, is *wiredesk.Article) *Diff {
	d := &Diff{
		Credits: lists(credits(was), credits(is)), Topics: lists(topics(was), topics(is)), Places: lists(places(was), places(is)),
		Subjects: lists(facets(was), facets(is)),
	}
	before, after := fields(was), fields(is)
	for i, f := range before {
		if f.To = after[i].From; f.From != f.To {
			d.Fields = append(d.Fields, f)
		}
	}
	if text := redline.Words(was.Text, is.Text); redline.Changed(text) {
		d.Text = text
	}
	return d
}

// Routed adds the desks that a story would gain or lose.
func (d *Diff) Routed(was, is []string) {
	l := lists(was, is)
	d.Subjects.Gained = append(d.Subjects.Gained, l.Gained...)
	d.Subjects.Lost = append(d.Subjects.Lost, l.Lost...)
}

// fields are the single values that are compared, always the same ones in the same order.
func fields(a *wiredesk.Article) []Field {
	dateline := ""
	if a.Dateline != nil {
		dateline = fmt.Sprintf("%s %s %s", a.Dateline.City, a.Dateline.Country, a.Dateline.Date)
	}
	return []Field{
		{Name: "headline", From: a.Item.Headline()},
		{Name: "by", From: a.Item.By},
		{Name: "dateline", From: dateline},
		{Name: "language", From: a.Item.Language},
		{Name: "urgency", From: strconv.Itoa(a.Item.Urgency)},
		{Name: "slug", From: a.Item.Slugline},
		{Name: "embargoed until", From: stamp(a)},
		{Name: "not for publication", From: a.NotForPublication},
		{Name: "held", From: strconv.FormatBool(a.Held())},
		{Name: "status", From: cmp.Or(a.Item.PubStatus, wiredesk.Usable)},
	}
}

func stamp(a *wiredesk.Article) string {
	if a.Item.EmbargoedUntil.IsZero() {
		return ""
	}
	return a.Item.EmbargoedUntil.UTC().String()
}

func credits(a *wiredesk.Article) []string {
	var out []string
	for _, at := range a.Attributions {
		switch at.Role {
		case wiredesk.RoleOrigin, wiredesk.RoleCited, wiredesk.RoleVenue:
			out = append(out, at.Role+" "+cmp.Or(at.Source.ID, at.Source.Name, "?"))
		}
	}
	return out
}

func topics(a *wiredesk.Article) []string {
	var out []string
	for _, t := range a.Topics {
		out = append(out, t.Code+" "+t.Name)
	}
	return out
}

func places(a *wiredesk.Article) []string {
	var out []string
	for _, p := range a.Places {
		out = append(out, p.Name+" "+p.Country)
	}
	return out
}

func facets(a *wiredesk.Article) []string {
	var out []string
	for _, f := range a.Facets() {
		out = append(out, "news."+f.String())
	}
	return out
}

// lists compares two lists as sets, so that what is only said more often is no change.
func lists(was, is []string) (l Lists) {
	was, is = set(was), set(is)
	for _, x := range is {
		if !slices.Contains(was, x) {
			l.Gained = append(l.Gained, x)
		}
	}
	for _, x := range was {
		if !slices.Contains(is, x) {
			l.Lost = append(l.Lost, x)
		}
	}
	return l
}

func set(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
