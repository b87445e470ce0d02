package nitf

import (
	"fmt"
	"strconv"
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
	var captions []string
	alternate := ""
	for _, d := range a.Descriptions {
		if d.Role == "alternate" && alternate == "" {
			alternate = d.Value
			continue
		}
		captions = append(captions, d.Value)
	}
	e.Open("media", "media-type", kind)
	e.references(a, alternate)
	for _, c := range captions {
		e.Leaf("media-caption", c)
	}
	e.Leaf("media-producer", a.By)
	e.Close()
}

// references writes the addresses of a medium, one for each form of it, and at least its own.
func (e *encoder) references(a wiredesk.Association, alternate string) {
	forms := a.Renditions
	if len(forms) == 0 {
		forms = []wiredesk.Rendition{{}}
	}
	for n, r := range forms {
		source := r.Href
		if n == 0 {
			e.lose("associations[].renditions[0].href", source != "" && source != a.URI)
			source = a.URI
		}
		e.Empty("media-reference", "source", source, "name", strings.TrimPrefix(r.Name, "main"), "mime-type", r.ContentType,
			"width", positive(r.Width), "height", positive(r.Height), "alternate-text", alternate)
		alternate = ""
	}
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
