package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
)

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	FeedURL string     `json:"feed_url"`
	Hubs    []jsonHub  `json:"hubs,omitempty"`
	Ours    jsonAbout  `json:"_wiredesk"`
	Items   []jsonItem `json:"items"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// jsonAbout is our extension of the feed.
type jsonAbout struct {
	About   string        `json:"about"`
	Deleted []jsonDeleted `json:"deleted"`
}

type jsonDeleted struct {
	ID   string `json:"id"`
	URI  string `json:"uri"`
	When string `json:"when"`
	Note string `json:"note,omitempty"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	Title       string           `json:"title"`
	HTML        string           `json:"content_html"`
	Summary     string           `json:"summary,omitempty"`
	Published   string           `json:"date_published,omitempty"`
	Modified    string           `json:"date_modified"`
	Authors     []jsonAuthor     `json:"authors"`
	Tags        []string         `json:"tags,omitempty"`
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Ours        jsonFacts        `json:"_wiredesk"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
	Bytes int64  `json:"size_in_bytes,omitempty"`
}

// jsonFacts is our extension of an item.
type jsonFacts struct {
	Story    string   `json:"story"`
	URI      string   `json:"uri"`
	Version  string   `json:"version,omitempty"`
	Revision int      `json:"revision"`
	Event    string   `json:"event"`
	Provider string   `json:"provider"`
	Agency   string   `json:"agency,omitempty"`
	Urgency  int      `json:"urgency,omitempty"`
	Rights   string   `json:"rights,omitempty"`
	Credits  []credit `json:"credits,omitempty"`
}

// about says what our extensions mean.
const about = "https://github.com/wiredesk/wiredesk/tree/main/publish"

// writeJSON writes JSON Feed 1.1, with an extension that lists what was killed.
func writeJSON(h head, s selection) ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: h.title, FeedURL: h.self,
		Ours: jsonAbout{About: about, Deleted: []jsonDeleted{}}, Items: []jsonItem{},
	}
	for _, hub := range h.hubs {
		out.Hubs = append(out.Hubs, jsonHub{"WebSub", hub})
	}
	for _, e := range s.deleted {
		out.Ours.Deleted = append(out.Ours.Deleted, jsonDeleted{e.id(), e.uri, stamp(e.updated), e.note})
	}
	for _, e := range s.entries {
		out.Items = append(out.Items, jsonOf(h, e))
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetIndent("", " ")
	if err := w.Encode(out); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func jsonOf(h head, e *entry) jsonItem {
	out := jsonItem{
		ID: e.id(), URL: h.story(e), Title: e.title, HTML: e.html, Summary: e.summary, Published: stamp(e.published), Modified: stamp(e.updated),
		Authors: []jsonAuthor{{e.author}}, Language: e.language,
		Ours: jsonFacts{e.story, e.uri, e.version, e.revision, e.event, e.provider, e.agency, e.urgency, e.rights, e.credits},
	}
	for _, t := range e.tags {
		out.Tags = append(out.Tags, cmp.Or(t.label, t.term))
	}
	for _, m := range e.media {
		out.Attachments = append(out.Attachments, jsonAttachment{m.address, m.kind, m.title, m.bytes})
	}
	return out
}
