package console

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// row is one revision as a list shows it.
type row struct {
	Seq      uint64    `json:"seq"` // in NEWS
	Story    string    `json:"story"`
	URI      string    `json:"uri"`
	Revision int       `json:"revision"`
	Event    string    `json:"event"`
	Time     time.Time `json:"time"` // when subscribers could see it
	Urgency  int       `json:"urgency,omitempty"`
	Alert    string    `json:"alert,omitempty"` // flash, bulletin, urgent
	Headline string    `json:"headline"`
	Note     string    `json:"note,omitempty"` // the editors' note of a kill or correction
	Provider string    `json:"provider"`
	Feed     string    `json:"feed"`
	Language string    `json:"language,omitempty"`
	Credits  []credit  `json:"credits,omitempty"`
	Places   []string  `json:"places,omitempty"` // ISO countries
	Topics   []string  `json:"topics,omitempty"` // the names that subjects use
	Desks    []string  `json:"desks,omitempty"`
}

// credit is an outlet that the text credits. The id is empty where the lexicon does not know it.
type credit struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

// credits are those of an article, each outlet once, in the order of the text.
func credits(a *wiredesk.Article) []credit {
	var out []credit
	for _, at := range a.Attributions {
		c := credit{at.Source.ID, cut(at.Source.Name, 60)}
		same := func(o credit) bool { return o.ID == c.ID && (c.ID != "" || o.Name == c.Name) }
		if (at.Role == wiredesk.RoleOrigin || at.Role == wiredesk.RoleCited) && c.Name != "" && !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	return out
}

// longest are how many characters of a text a list shows.
const longest = 240

// rowOf is an article as a list shows it, without its place in the news and its desks.
func rowOf(a *wiredesk.Article) row {
	r := row{
		Story: a.Story, URI: a.Item.URI, Revision: a.Revision, Event: a.Event, Urgency: a.Item.Urgency, Alert: a.Alert,
		Credits: credits(a), Headline: headline(a), Provider: a.Provider, Feed: a.Feed, Language: a.Item.Language,
	}
	if replaced(a.Event) || a.Event == wiredesk.EventCorrection {
		r.Note = cut(a.Item.EdNote, longest)
	}
	for _, f := range a.Facets() {
		switch f.Name {
		case "place":
			r.Places = append(r.Places, f.Value)
		case "topic":
			r.Topics = append(r.Topics, f.Value)
		}
	}
	return r
}

// replaced says that a revision left only a notice of the story in the news.
func replaced(event string) bool {
	return event == wiredesk.EventKill || event == wiredesk.EventWithhold || event == wiredesk.EventEmbargo
}

func headline(a *wiredesk.Article) string {
	return cmp.Or(cut(a.Item.Headline(), longest), cut(a.Text, longest))
}

// cut shortens a text for a list, by characters, on one line.
func cut(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

// complete adds what the article itself does not say: the desks it stands on and, of a notice, what the story was.
func (c *Console) complete(ctx context.Context, news jetstream.Stream, r *row) error {
	info, err := news.Info(ctx, jetstream.WithSubjectFilter(stream.NewsPrefix+"desk.*."+r.Story))
	if err != nil {
		return fmt.Errorf("console: NEWS: %w", err)
	}
	for subject := range info.State.Subjects {
		if f, _, ok := stream.ParseNews(subject); ok {
			r.Desks = append(r.Desks, f.Value)
		}
	}
	slices.Sort(r.Desks)
	if r.Headline == "" {
		r.Headline, err = c.lastHeadline(ctx, r.Story)
	}
	return err
}

// lastHeadline is what the story was last called, by the line's own record.
func (c *Console) lastHeadline(ctx context.Context, story string) (string, error) {
	all, err := c.revisions(ctx, story)
	if err != nil {
		return "", err
	}
	for _, a := range slices.Backward(all) {
		if h := headline(&a.Article); h != "" {
			return h, nil
		}
	}
	return "", nil
}
