package line

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/route"
)

// Routing is where one article goes, and why.
type Routing struct {
	File     string              `json:"source_file,omitempty"`
	Story    string              `json:"story"`
	URI      string              `json:"uri"`
	Headline string              `json:"headline"`
	At       time.Time           `json:"at"` // the time that hours and weekdays go by
	GoesOut  bool                `json:"goesOut"`
	Reason   string              `json:"reason"` // why it goes out, or not
	Subjects []Destination       `json:"subjects"`
	Not      []Destination       `json:"not,omitempty"` // subjects that a reader might expect
	Desks    []route.Explanation `json:"desks"`
}

// Destination is a subject of the news and what puts the story there, or keeps it away.
type Destination struct {
	Subject string `json:"subject"`
	Why     string `json:"why"`
}

// Routed says where an article goes by itself: what earlier revisions went to is not known here.
func Routed(a *wiredesk.Article, t *route.Table) Routing {
	r := Routing{
		Story: a.Story, URI: a.Item.URI, Headline: headlineOf(a), GoesOut: true, Reason: a.Event + ": " + a.Reason,
		Subjects: []Destination{}, Not: absent(a), Desks: t.Explain(a),
	}
	if n := len(a.Hops); n > 0 {
		r.At = a.Hops[n-1].At
	}
	if a.Held() || !a.Publishable || a.Event == wiredesk.EventKill {
		r.GoesOut = false
	}
	if a.NotForPublication != "" {
		r.Reason = "not for publication: " + a.NotForPublication
	}
	facets := a.Facets()
	for _, d := range r.Desks {
		if d.Matches {
			facets = append(facets, wiredesk.Facet{Name: "desk", Value: d.Desk})
		}
	}
	for _, f := range facets {
		subject, err := stream.News(f, a.Story)
		if err != nil {
			r.Not = append(r.Not, Destination{f.String(), err.Error()})
			continue
		}
		r.Subjects = append(r.Subjects, Destination{subject, why(a, f)})
	}
	return r
}

// why is what puts an article under a facet.
func why(a *wiredesk.Article, f wiredesk.Facet) string {
	switch f.Name {
	case "wire":
		return "its provider"
	case "source":
		return creditOf(a, f.Value)
	case "topic":
		for _, t := range a.Topics {
			if wiredesk.TopTopic(t.Code) == f.Value {
				return fmt.Sprintf("topic %s, %.0f %%", t.Code, 100*t.Score) + surfaces(a, t.Evidence)
			}
		}
	case "place":
		return named(a, f.Value)
	case "lang":
		return "language " + a.Item.Language
	case "alert":
		return "alert in the copy"
	case "desk":
		return "route " + f.Value
	}
	return ""
}

func creditOf(a *wiredesk.Article, id string) string {
	i := slices.IndexFunc(a.Attributions, func(at wiredesk.Attribution) bool {
		return at.Source.ID == id && (at.Role == wiredesk.RoleOrigin || at.Role == wiredesk.RoleCited)
	})
	if i < 0 {
		return ""
	}
	at := a.Attributions[i]
	text := "credited as " + at.Role
	if at.Cue != nil && !at.Cue.Empty() {
		return text + fmt.Sprintf(" by the words %q", cut(at.Cue.In(a.Text), 40))
	}
	return text
}

func named(a *wiredesk.Article, country string) string {
	var spans []wiredesk.Span
	for _, p := range a.Places {
		if strings.EqualFold(p.Country, country) && p.End <= len(a.Text) {
			spans = append(spans, p.Span)
		}
	}
	if a.Dateline != nil && strings.EqualFold(a.Dateline.Country, country) {
		return "its dateline" + surfaces(a, spans)
	}
	return "named" + surfaces(a, spans)
}

func surfaces(a *wiredesk.Article, spans []wiredesk.Span) string {
	var words []string
	for _, s := range spans {
		if w := cut(s.In(a.Text), 30); !slices.Contains(words, w) && w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return ""
	}
	more := ""
	if len(words) > 4 {
		words, more = words[:4], ", …"
	}
	return ": " + strings.Join(words, ", ") + more
}

// absent are the subjects that a reader of the text might expect the story on, and what keeps it away.
func absent(a *wiredesk.Article) []Destination {
	var out []Destination
	has := map[string]bool{}
	for _, f := range a.Facets() {
		has[f.String()], has[f.Name] = true, true
	}
	no := func(subject, why string) {
		d := Destination{"news." + subject + ".*", why}
		if !has[subject] && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	for _, at := range a.Attributions {
		if at.Source.ID != "" {
			no("source."+at.Source.ID, "it is there as "+at.Role+", which is no credit")
		}
	}
	for _, facet := range []struct{ name, why string }{
		{"source", "the text credits no outlet that the lexicon knows"},
		{"topic", "no topic was sure enough"},
		{"place", "no place was found"},
		{"lang", "the language is not known"},
		{"alert", "the copy raises no alert"},
	} {
		if !has[facet.name] {
			out = append(out, Destination{"news." + facet.name + ".*.*", facet.why})
		}
	}
	return out
}

// headlineOf is what a list shows of an article; of one without a headline, the beginning of its text.
func headlineOf(a *wiredesk.Article) string {
	return cmp.Or(a.Item.Headline(), cut(a.Text, 80), a.Item.URI)
}

// cut shortens a text for a list, by characters, on one line.
func cut(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
