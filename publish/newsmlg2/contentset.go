package newsmlg2

import (
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func (e *encoder) contentSet() error {
	if len(e.Item.Bodies) == 0 && len(e.Item.Renditions) == 0 {
		return nil
	}
	e.Open("contentSet")
	for _, b := range e.Item.Bodies {
		if err := e.body(b); err != nil {
			return err
		}
	}
	for _, r := range e.Item.Renditions {
		e.rendition(r)
	}
	e.Close()
	return nil
}

func (e *encoder) body(b wiredesk.Content) error {
	words := ""
	if b.WordCount > 0 {
		words = strconv.Itoa(b.WordCount)
	}
	if strings.HasPrefix(b.ContentType, "text/plain") {
		e.Leaf("inlineData", b.Value, "contenttype", b.ContentType, "wordcount", words, "rendition", role("rnd:", b.Role))
		return nil
	}
	n, err := markup.Fragment(b.Value)
	if err != nil {
		return err
	}
	e.Open("inlineXML", "contenttype", "application/xhtml+xml", "wordcount", words, "rendition", role("rnd:", b.Role))
	e.Markup(`<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>` + n.XHTML() + `</body></html>`)
	e.Close()
	return nil
}

func (e *encoder) rendition(r wiredesk.Rendition) {
	size := ""
	if r.SizeInBytes > 0 {
		size = strconv.FormatInt(r.SizeInBytes, 10)
	}
	duration := ""
	if r.Duration > 0 {
		duration = strconv.FormatFloat(r.Duration, 'f', -1, 64)
	}
	e.Empty("remoteContent", "rendition", role("rnd:", r.Name), "href", r.Href, "contenttype", r.ContentType, "width", number(r.Width),
		"height", number(r.Height), "size", size, "duration", duration, "format", r.Format, "videocodec", r.VideoCodec)
	e.lose("renditions[] details", r.Title+r.AspectRatio+r.Transport+r.ScanType+r.Bitrate != "" || r.FrameRate > 0 || len(r.POI) > 0)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
