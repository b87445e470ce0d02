package atom

import (
	"github.com/wiredesk/wiredesk/internal/entry"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func media(e *entry.Entry, c *markup.Node) {
	switch c.Name {
	case "group":
		for m := range c.All("*") {
			media(e, m)
		}
	case "content":
		e.Media = append(e.Media, entry.Media{
			URL: c.Attr("url"), Type: c.Attr("type"), Medium: c.Attr("medium"), Size: c.Attr("fileSize"), Width: c.Attr("width"),
			Height: c.Attr("height"), Duration: c.Attr("duration"), Title: c.Child("title").Line(), Caption: c.Child("description").Line(),
			Credit: c.Child("credit").Line(),
		})
	case "thumbnail":
		e.Media = append(e.Media, entry.Media{URL: c.Attr("url"), Thumbnail: true, Width: c.Attr("width"), Height: c.Attr("height")})
	}
}

func place(e *entry.Entry, c *markup.Node) {
	switch c.Name {
	case "point", "pos":
		e.Point = c.Line()
	case "where", "Point":
		for k := range c.All("*") {
			place(e, k)
		}
	case "featureName":
		e.Place = c.Line()
	}
}

func dublin(e *entry.Entry, c *markup.Node) {
	switch c.Name {
	case "creator":
		e.Authors = append(e.Authors, c.Line())
	case "publisher":
		e.Publisher = c.Line()
	case "subject":
		e.Tags = append(e.Tags, entry.Tag{Term: c.Line()})
	case "valid":
		e.Expires = entry.PeriodEnd(c.Line())
	}
}
