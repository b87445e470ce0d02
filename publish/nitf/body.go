package nitf

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

func (e *encoder) body() error {
	e.Open("body")
	e.bodyHead()
	e.Open("body.content")
	for n, b := range e.Item.Bodies {
		e.lose(fmt.Sprintf("bodies[%d] apart from the others", n), n > 0)
		e.lose(fmt.Sprintf("bodies[%d].role", n), b.Role != "")
		if err := e.content(b); err != nil {
			return err
		}
	}
	for _, a := range e.Item.Associations {
		e.media(a)
	}
	e.Close()
	e.Close()
	return nil
}

func (e *encoder) bodyHead() {
	i := &e.Item
	e.Open("body.head")
	if len(i.Headlines) > 0 {
		e.Open("hedline")
		for n, h := range i.Headlines {
			switch {
			case n == 0:
				e.Leaf("hl1", h.Value)
			default:
				e.lose("headlines["+h.Role+"].role", h.Role != "sub")
				e.Leaf("hl2", h.Value)
			}
		}
		e.Close()
	}
	e.Leaf("byline", i.By)
	e.dateline()
	e.Leaf("distributor", e.Credit)
	for _, d := range i.Descriptions {
		e.lose("descriptions["+d.Role+"].role", d.Role != "summary")
		e.Leaf("abstract", d.Value)
	}
	e.Close()
}

// dateline writes the place of the story, and the rest of the line as it stands.
func (e *encoder) dateline() {
	city := e.Item.Located
	if city == "" && e.Dateline == "" {
		return
	}
	e.Open("dateline")
	rest := strings.TrimPrefix(strings.TrimPrefix(e.Dateline, city), ", ")
	if city != "" && (e.Dateline == "" || strings.HasPrefix(e.Dateline, city)) {
		e.Open("location")
		e.Leaf("city", city)
		for part := range strings.SplitSeq(rest, ", ") {
			e.Leaf("region", part)
		}
		e.Close()
	} else {
		e.lose("located", city != "")
		e.Leaf("location", e.Dateline)
	}
	e.Close()
}

// content writes the text: HTML in the elements of NITF, plain text in paragraphs.
func (e *encoder) content(b wiredesk.Content) error {
	html := b.Value
	if strings.HasPrefix(b.ContentType, "text/plain") {
		html = markup.Paragraphs(html)
		e.lose("bodies[0].contentType", true)
	}
	e.lose("bodies[0].headings", strings.Contains(html, "<h3>") || strings.Contains(html, "<h4>"))
	n, err := markup.Fragment(html)
	if err != nil {
		return err
	}
	e.Markup(asNITF.Replace(n.XHTML()))
	return nil
}

// asNITF turns elements of HTML into those of NITF that mean the same.
var asNITF = strings.NewReplacer(
	"<b>", `<em class="bold">`, "</b>", "</em>", "<i>", `<em class="italic">`, "</i>", "</em>",
	"<u>", `<em class="underline">`, "</u>", "</em>", "<strong>", `<em class="strong">`, "</strong>", "</em>",
	"<h2>", "<hl2>", "</h2>", "</hl2>", "<h3>", "<hl2>", "</h3>", "</hl2>", "<h4>", "<hl2>", "</h4>", "</hl2>",
	"<blockquote>", "<bq><block>", "</blockquote>", "</block></bq>",
)

func (e *encoder) media(a wiredesk.Association) {
	kind := map[string]string{"picture": "image", "graphic": "image", "audio": "audio", "video": "video"}[a.Type]
	e.lose("associations["+a.Rel+"]", kind == "")
	if kind == "" {
		return
	}
	e.lose("associations[] details", len(a.Headlines) > 0 || a.Title != "" || a.Rel != "media")
	mime := ""
	if len(a.Renditions) > 0 {
		mime = a.Renditions[0].ContentType
	}
	e.Open("media", "media-type", kind)
	e.Empty("media-reference", "source", a.URI, "mime-type", mime)
	for _, d := range a.Descriptions {
		e.Leaf("media-caption", d.Value)
	}
	e.Leaf("media-producer", a.By)
	e.Close()
}
