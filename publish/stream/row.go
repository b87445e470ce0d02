package stream

import (
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// Row is a story as a list shows it.
type Row struct {
	Seq       uint64    `json:"seq"` // in NEWS
	Story     string    `json:"story"`
	URI       string    `json:"uri"`
	Revision  int       `json:"revision"`
	Event     string    `json:"event"`
	Time      time.Time `json:"time"` // when the revision became visible
	Urgency   int       `json:"urgency,omitempty"`
	Alert     string    `json:"alert,omitempty"`
	Headline  string    `json:"headline,omitempty"`
	Slugline  string    `json:"slugline,omitempty"`
	Provider  string    `json:"provider"`
	Language  string    `json:"language,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	Credits   []Credit  `json:"credits,omitempty"`
	Places    []string  `json:"places,omitempty"` // ISO 3166-1 alpha-2
	Topics    []string  `json:"topics,omitempty"` // IPTC Media Topics of the top level, by name
	Desks     []string  `json:"desks,omitempty"`
	Audiences []string  `json:"audiences,omitempty"` // facet values that any revision went to
}

// Credit is an outlet, or a source without an id, that the text credits.
type Credit struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

func newRow(m *message, a *wiredesk.Article) Row {
	r := Row{
		Seq: m.seq, Story: m.story, URI: a.Item.URI, Revision: a.Revision, Event: a.Event, Time: m.stored.UTC(),
		Urgency: a.Item.Urgency, Alert: a.Alert, Headline: a.Item.Headline(), Slugline: a.Item.Slugline,
		Provider: a.Provider, Language: a.Item.Language, Reason: a.Reason, Audiences: a.Audience,
	}
	if r.Headline == "" && a.Headline != nil && a.Headline.Start >= 0 && a.Headline.Start <= a.Headline.End && a.Headline.End <= len(a.Text) {
		r.Headline = a.Headline.In(a.Text)
	}
	for _, f := range a.Facets() {
		switch f.Name {
		case "place":
			r.Places = append(r.Places, strings.ToUpper(f.Value))
		case "topic":
			r.Topics = append(r.Topics, f.Value)
		}
	}
	for _, at := range a.Attributions {
		c := Credit{at.Source.ID, at.Source.Name}
		if (at.Role == wiredesk.RoleOrigin || at.Role == wiredesk.RoleCited) && c.Name != "" && !slices.ContainsFunc(r.Credits, c.same) {
			r.Credits = append(r.Credits, c)
		}
	}
	return r
}

// same says that two credits are of one source: an outlet may be written in many ways.
func (c Credit) same(other Credit) bool {
	return c.ID == other.ID && (c.ID != "" || c.Name == other.Name)
}
