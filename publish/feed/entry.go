package feed

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// gone says why a story is not in the feed.
type gone int

const (
	present gone = iota
	killed       // told as a tombstone
	absent       // held or withheld, or no article: nobody is told
)

// entry is what feeds show of a story.
type entry struct {
	gone     gone
	story    string
	sequence uint64 // in NEWS
	size     int    // of its texts

	uri, version, event, provider, agency string
	revision, urgency                     int
	published, updated                    time.Time
	title, summary, html, author, rights  string
	language, note                        string
	credits                               []credit
	tags                                  []tag
	media                                 []medium
}

// credit is an outlet that the text leans on.
type credit struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// tag is a concept the story is about.
type tag struct{ term, scheme, label string }

// medium is a picture, sound or video elsewhere.
type medium struct {
	address, kind, title string
	bytes                int64
}

// Schemes of tags.
const (
	topicScheme = "http://cv.iptc.org/newscodes/mediatopic/"
	placeScheme = "https://www.iso.org/iso-3166-country-codes.html"
)

// Bounds of what one entry lists.
const (
	maxTags  = 64
	maxMedia = 16
)

// id is a name for the story that no other story has, whatever its sender calls it.
func (e *entry) id() string { return "urn:wiredesk:story:" + e.story }

// newEntry reads a message of NEWS. What is no article is absent.
func newEntry(m message) *entry {
	e := &entry{story: stream.LastToken(m.subject), sequence: m.sequence, gone: absent}
	var a wiredesk.Article
	if err := json.Unmarshal(m.data, &a); err != nil {
		return e
	}
	e.uri, e.version, e.revision, e.event, e.provider = a.Item.URI, a.Item.Version, a.Revision, a.Event, a.Provider
	e.updated = m.stored
	if !a.Item.VersionCreated.IsZero() {
		e.updated = a.Item.VersionCreated
	}
	e.updated = e.updated.UTC().Truncate(time.Second)
	switch {
	case a.Event == wiredesk.EventKill || a.Item.Status() == wiredesk.Canceled:
		e.gone, e.note, e.updated = killed, cmp.Or(a.Item.EdNote, a.Reason), m.stored.UTC().Truncate(time.Second)
	case !a.Held() && a.Item.Status() == wiredesk.Usable:
		e.gone = present
		e.tell(&a)
	}
	e.size = len(e.html) + len(e.summary) + len(e.title) + len(e.note) + 512
	return e
}

// tell takes over what readers see of an article.
func (e *entry) tell(a *wiredesk.Article) {
	i := &a.Item
	e.urgency, e.language, e.agency = i.Urgency, i.Language, agency(a)
	if !i.FirstCreated.IsZero() {
		e.published = i.FirstCreated.UTC().Truncate(time.Second)
	}
	e.author = cmp.Or(i.By, e.agency)
	e.rights = cmp.Or(i.UsageTerms, i.CopyrightNotice)
	e.title = cmp.Or(markup.OneLine(i.Headline()), i.Slugline, "Without a headline")
	if len(i.Descriptions) > 0 {
		e.summary = plain(i.Descriptions[0])
	}
	e.html = content(a)
	e.credits, e.tags, e.media = credits(a), tags(a), media(i)
}

// agency is the provider's name for people.
func agency(a *wiredesk.Article) string {
	for _, p := range a.Item.InfoSources {
		if p.Role == "provider" && p.Name != "" {
			return p.Name
		}
	}
	return a.Provider
}

func plain(c wiredesk.Content) string {
	if c.ContentType == "text/html" {
		if text, err := markup.HTMLText(c.Value); err == nil {
			return text
		}
	}
	return c.Value
}

// content is the text as HTML that is safe to show: the body that says it is HTML, else the plain one.
func content(a *wiredesk.Article) string {
	text := ""
	for _, b := range a.Item.Bodies {
		if b.ContentType == "text/html" {
			if html, err := markup.Safe(b.Value); err == nil && html != "" {
				return html
			}
		} else if text == "" && strings.HasPrefix(cmp.Or(b.ContentType, "text/plain"), "text/plain") {
			text = b.Value
		}
	}
	if text == "" {
		text = a.Text
		if h := a.Headline; h != nil && h.Start == 0 && h.End <= len(text) {
			text = text[h.End:]
		}
	}
	return markup.Paragraphs(text)
}

func credits(a *wiredesk.Article) []credit {
	var all []credit
	seen := map[string]bool{}
	for _, at := range a.Attributions {
		if at.Role != wiredesk.RoleOrigin && at.Role != wiredesk.RoleCited || at.Source.Name == "" {
			continue
		}
		if key := cmp.Or(at.Source.ID, at.Source.Name); !seen[key] && len(all) < maxTags {
			seen[key] = true
			all = append(all, credit{at.Source.ID, at.Source.Name, at.Role})
		}
	}
	return all
}

func tags(a *wiredesk.Article) []tag {
	var all []tag
	seen := map[tag]bool{}
	add := func(t tag) {
		key := tag{t.term, t.scheme, ""}
		if t.term != "" && !seen[key] && len(all) < maxTags {
			seen[key] = true
			all = append(all, t)
		}
	}
	for _, t := range a.Topics {
		add(tag{strings.TrimPrefix(t.Code, "medtop:"), topicScheme, t.Name})
	}
	for _, p := range a.Places {
		add(tag{p.Country, placeScheme, p.Name})
	}
	for _, k := range a.Keywords {
		add(tag{markup.OneLine(k), "", ""})
	}
	return all
}

// media are the item's pictures and those of what belongs to it, by their addresses. Nothing is fetched.
func media(i *wiredesk.Item) []medium {
	var all []medium
	seen := map[string]bool{}
	add := func(list []wiredesk.Rendition, title string) {
		for _, r := range list {
			web := strings.HasPrefix(r.Href, "http://") || strings.HasPrefix(r.Href, "https://")
			if !web || !markup.SafeLink(r.Href) || seen[r.Href] || len(all) == maxMedia {
				continue
			}
			seen[r.Href] = true
			all = append(all, medium{r.Href, cmp.Or(r.ContentType, "application/octet-stream"), cmp.Or(r.Title, title), max(r.SizeInBytes, 0)})
		}
	}
	add(i.Renditions, "")
	for n := range i.Associations {
		add(i.Associations[n].Renditions, i.Associations[n].Headline())
	}
	return all
}
