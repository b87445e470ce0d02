package stream

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/outcopy"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
)

// byStory serves the current state of a story, /v1/stories/<story>.
func (b *Board) byStory(w http.ResponseWriter, r *http.Request) {
	if who, ok := b.Readers.Admit(w, r); ok {
		b.story(w, r, who, r.PathValue("story"))
	}
}

// byURI serves the current state of the story with a URI, /v1/stories?uri=…, of the provider that is named or of any that
// is known.
func (b *Board) byURI(w http.ResponseWriter, r *http.Request) {
	who, ok := b.Readers.Admit(w, r)
	if !ok {
		return
	}
	uri, providers := r.URL.Query().Get("uri"), r.URL.Query()["provider"]
	if len(providers) == 0 && b.Providers != nil {
		providers = b.Providers()
	}
	if uri == "" || len(providers) == 0 {
		http.Error(w, "say which story: /v1/stories?uri=URI&provider=PROVIDER", http.StatusBadRequest)
		return
	}
	var stories []string
	for _, p := range providers[:min(len(providers), maxProviders)] {
		stories = append(stories, wiredesk.StoryID(p, uri))
	}
	b.story(w, r, who, stories...)
}

// maxProviders is among how many providers a URI is looked for.
const maxProviders = 500

// story answers with the first of the stories that the news hold. One that is held is as unknown as one that never came.
func (b *Board) story(w http.ResponseWriter, r *http.Request, who web.Reader, stories ...string) {
	m, err := b.public(r, who, stories)
	switch {
	case err != nil:
		b.Log.Debug().Err(err).Msg("a story cannot be looked up")
		refuse(w, errAway)
		return
	case m == nil:
		http.Error(w, "no such story in the news", http.StatusNotFound)
		return
	}
	var a wiredesk.Article
	if err := json.Unmarshal(m.body, &a); err != nil {
		b.Log.Warn().Err(err).Uint64("sequence", m.seq).Msg("the news hold no article there")
		http.Error(w, "no such story in the news", http.StatusNotFound)
		return
	}
	kind := negotiate(r)
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Accept, Authorization")
	h.Set("Etag", fmt.Sprintf(`"%d-%s"`, m.seq, kind))
	if slices.Contains(strings.FieldsFunc(r.Header.Get("If-None-Match"), func(c rune) bool { return c == ',' || c == ' ' }), h.Get("Etag")) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	b.show(w, m, &a, kind)
}

func (b *Board) show(w http.ResponseWriter, m *message, a *wiredesk.Article, kind string) {
	body, err := m.body, error(nil)
	mediaType := "application/json"
	switch kind {
	case viewItem:
		mediaType = ninjsType
		body, err = json.Marshal(outcopy.Story(*a).Item)
	case "text":
		mediaType = "text/plain; charset=utf-8"
		if body = []byte(a.Text); m.notice() {
			body = []byte(strings.TrimSpace("killed: do not use\n"+a.Item.EdNote) + "\n")
		}
	}
	if err != nil {
		b.Log.Warn().Err(err).Uint64("sequence", m.seq).Msg("an article of the news cannot be shown")
		http.Error(w, "no such story in the news", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", mediaType)
	if m.notice() {
		w.WriteHeader(http.StatusGone)
	}
	_, _ = w.Write(body)
}

// public is the canonical copy of the first story that is out, or the notice that it was killed; nil where none is.
func (b *Board) public(r *http.Request, who web.Reader, stories []string) (*message, error) {
	patterns := make([]string, 0, len(stories))
	for _, s := range stories {
		if token, err := stream.Untoken(s); err == nil && token != "" {
			patterns = append(patterns, stream.NewsPrefix+"wire.*."+s)
		}
	}
	if len(patterns) == 0 {
		return nil, nil
	}
	found, err := b.shelf.last(r.Context(), patterns, 0)
	for _, m := range found {
		if m.notice() && m.event != wiredesk.EventKill {
			continue
		}
		if ok, err := b.within(r, who, m.story); ok || err != nil {
			return m, err
		}
	}
	return nil, err
}

// within says whether a story is on one of the subjects that the reader is confined to.
func (b *Board) within(r *http.Request, who web.Reader, story string) (bool, error) {
	if len(who.Subjects) == 0 {
		return true, nil
	}
	var own set
	for _, s := range who.Subjects {
		own = append(own, whole(s))
	}
	patterns := own.of(story)
	if len(patterns) == 0 {
		return false, nil
	}
	found, err := b.shelf.last(r.Context(), patterns, 0)
	return len(found) > 0, err
}

const ninjsType = "application/vnd.iptc.ninjs+json"

// negotiate is the form that a request asks for: article, item or text.
func negotiate(r *http.Request) string {
	if r.URL.Query().Get("item") == "ninjs" {
		return viewItem
	}
	for entry := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		kind, _, err := mime.ParseMediaType(entry)
		switch {
		case err != nil:
		case kind == ninjsType:
			return viewItem
		case kind == "text/plain":
			return "text"
		case kind == "application/json", kind == "*/*", kind == "application/*":
			return viewArticle
		}
	}
	return viewArticle
}
