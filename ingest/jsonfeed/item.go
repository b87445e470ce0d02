package jsonfeed

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

func channel(top *strictjson.Value) entry.Channel {
	return entry.Channel{Title: words(top, "title"), Home: words(top, "home_page_url"), Language: words(top, "language")}
}

func words(v *strictjson.Value, name string) string { return strings.TrimSpace(v.Get(name).Words()) }

// item is what an item says. Authors of the feed stand for those of an item that names none.
func item(v, top *strictjson.Value) *entry.Entry {
	e := &entry.Entry{
		ID: words(v, "id"), Link: words(v, "url"), Title: words(v, "title"), Content: words(v, "content_html"), Summary: words(v, "summary"),
		Published: words(v, "date_published"), Updated: words(v, "date_modified"), Language: words(v, "language"),
	}
	if e.Content == "" {
		e.Content = markup.Paragraphs(words(v, "content_text"))
	}
	if e.Authors = authors(v); len(e.Authors) == 0 {
		e.Authors = authors(top)
	}
	for _, tag := range v.Get("tags").All() {
		if term := strings.TrimSpace(tag.Words()); term != "" {
			e.Tags = append(e.Tags, entry.Tag{Term: term})
		}
	}
	if other := words(v, "external_url"); other != "" {
		e.IDs = append(e.IDs, wiredesk.AltID{Role: "external_url", Value: other})
	}
	e.Media = media(v)
	return e
}

// authors reads the list of 1.1 and the single one of 1.
func authors(v *strictjson.Value) []string {
	list := v.Get("authors").All()
	if len(list) == 0 {
		list = v.Get("author").All()
	}
	var names []string
	for i := range list {
		name := words(&list[i], "name")
		if list[i].Kind == strictjson.String {
			name = list[i].Text
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// media are the pictures and files of an item, by reference.
func media(v *strictjson.Value) []entry.Media {
	var found []entry.Media
	for _, name := range []string{"image", "banner_image"} {
		if link := words(v, name); link != "" {
			found = append(found, entry.Media{URL: link, Medium: "image"})
		}
	}
	list := v.Get("attachments").All()
	for i := range list {
		a := &list[i]
		found = append(found, entry.Media{
			URL: words(a, "url"), Type: words(a, "mime_type"), Title: words(a, "title"), Size: words(a, "size_in_bytes"), Duration: words(a, "duration_in_seconds"),
		})
	}
	return found
}
