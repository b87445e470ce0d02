package rss

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// media reads Media RSS and what podcasts add.
func (i *item) media(c *markup.Node) {
	switch c.Name {
	case "group":
		for m := range c.All("*") {
			i.media(m)
		}
	case "content":
		i.medium(c)
	case "thumbnail", "image":
		url := c.Attr("url")
		if url == "" {
			url = c.Attr("href")
		}
		i.Media = append(i.Media, entry.Media{URL: entry.Resolve(c, i.home, url), Thumbnail: true, Width: c.Attr("width"), Height: c.Attr("height")})
	case "title":
		set(&i.group.Title, c.Line())
	case "description":
		set(&i.group.Caption, c.Line())
	case "credit":
		set(&i.group.Credit, c.Line())
	case "copyright":
		set(&i.group.Rights, c.Line())
	case "duration":
		set(&i.group.Duration, c.Line())
	case "keywords":
		for word := range strings.SplitSeq(c.Line(), ",") {
			i.Tags = append(i.Tags, entry.Tag{Term: strings.TrimSpace(word)})
		}
	case "category":
		i.Tags = append(i.Tags, entry.Tag{Term: c.Line(), Scheme: c.Attr("scheme"), Label: c.Attr("label")})
	case "author":
		if c.Line() != "" {
			i.authors = append(i.authors, c.Line())
		}
	case "summary", "subtitle":
		set(&i.summary, inner(c))
	}
}

// medium reads a picture, sound or film with what stands within about it.
func (i *item) medium(c *markup.Node) {
	m := entry.Media{
		URL: entry.Resolve(c, i.home, c.Attr("url")), Type: c.Attr("type"), Medium: c.Attr("medium"), Size: c.Attr("fileSize"),
		Width: c.Attr("width"), Height: c.Attr("height"), Duration: c.Attr("duration"),
	}
	about := item{Entry: &entry.Entry{}, home: i.home}
	for k := range c.All("*") {
		about.media(k)
	}
	m.Title, m.Caption, m.Credit, m.Rights = about.group.Title, about.group.Caption, about.group.Credit, about.group.Rights
	i.Media = append(append(i.Media, m), about.Media...)
}

func (i *item) geo(c *markup.Node) {
	switch c.Name {
	case "point", "pos":
		set(&i.Point, c.Line())
	case "where", "Point":
		for k := range c.All("*") {
			i.geo(k)
		}
	case "featureName":
		set(&i.Place, c.Line())
	case "lat":
		i.latitude = c.Line()
	case "long", "lon":
		i.longitude = c.Line()
	}
}

// wordpress reads what an export says of a post: its state, its kind, its true time.
func (i *item) wordpress(c *markup.Node) {
	switch c.Name {
	case "post_id":
		i.IDs = append(i.IDs, wiredesk.AltID{Role: "post", Value: c.Line()})
	case "post_date_gmt":
		if v := c.Line(); v != "" && !strings.HasPrefix(v, "0000") {
			set(&i.Published, v+" GMT")
		}
	case "status":
		switch v := c.Line(); v {
		case "", "publish", "inherit":
		default:
			i.Draft = v
		}
	case "post_type":
		i.post = c.Line()
	case "attachment_url":
		i.attached = true
		i.Media = append(i.Media, entry.Media{URL: c.Line()})
	}
}

// settle decides between what several elements say.
func (i *item) settle(n *markup.Node) {
	set(&i.Link, i.permalink)
	if i.original != "" {
		i.Link = i.original
	}
	if i.ID == "" {
		set(&i.Link, entry.Resolve(n, i.home, n.Attr("about")))
	}
	i.Authors = i.authors
	if i.Within == nil {
		i.Within = n
	}
	if i.Content == "" && i.Tree == nil {
		i.Content, i.description = i.description, ""
		if i.Content != "" {
			i.Signal = "feed:summary-only"
		}
	}
	set(&i.Summary, i.description)
	set(&i.Summary, i.summary)
	set(&i.Title, i.group.Title)
	if i.latitude != "" {
		set(&i.Point, i.latitude+" "+i.longitude)
	}
	i.shared()
	i.Picture = i.post == "attachment" || i.attached && i.Content == ""
}

// shared gives every medium of the item what the item says of all of them.
func (i *item) shared() {
	for n := range i.Media {
		m := &i.Media[n]
		if m.Thumbnail {
			continue
		}
		set(&m.Caption, i.group.Caption)
		set(&m.Credit, i.group.Credit)
		set(&m.Rights, i.group.Rights)
		if m.Plays() {
			set(&m.Duration, i.group.Duration)
		}
	}
}
