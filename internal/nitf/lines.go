// Package nitf reads what the body of an NITF document says: its head lines and its content. The reader of NITF uses it,
// and the formats that carry NITF inside.
package nitf

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Lines fills a draft from body.head: headlines, bylines, dateline, distributor, abstract, notes. What the draft already
// has is kept. A title in the head stands in for a missing headline.
func Lines(d *draft.Draft, doc *markup.Node) {
	head := doc.Child("body", "body.head")
	headlines(d, doc, head)
	for b := range head.All("byline") {
		d.By(byline(b))
	}
	for c := range head.All("distributor") {
		if line := c.Line(); line != "" {
			d.Credit = or(d.Credit, line)
			d.InfoSource("distributor", draft.Coded{Name: line})
		}
	}
	for l := range head.All("dateline") {
		dateline(d, l)
	}
	for a := range head.All("abstract") {
		d.Description("summary", a.Line())
	}
	for n := range head.All("note") {
		_, note := markup.Render(n)
		d.EdNote(note)
	}
	if owner := head.Child("rights", "rights.owner").Line(); owner != "" && d.Item.CopyrightHolder == "" {
		d.Item.CopyrightHolder = owner
	}
}

func headlines(d *draft.Draft, doc, head *markup.Node) {
	had := d.Item.Headline() != ""
	for h := range head.All("hedline") {
		for line := range h.All("hl1") {
			if !had {
				d.Headline("main", line.Line())
			}
		}
		for line := range h.All("hl2") {
			if text := line.Line(); !strings.EqualFold(text, d.Item.Headline()) {
				d.Headline("sub", text)
			}
		}
	}
	if d.Item.Headline() == "" {
		d.Headline("main", doc.Child("head", "title").Line())
	}
}

// byline is the names as they stand, then the titles: "By A. Writer, Kestrel correspondent".
func byline(n *markup.Node) string {
	var names, titles []string
	for c := range n.Children() {
		line := strings.Trim(c.Line(), ", ")
		switch {
		case line == "":
		case c.Name == "byttl":
			titles = append(titles, line)
		default:
			names = append(names, line)
		}
	}
	line := strings.ReplaceAll(strings.Join(names, " "), " ,", ",")
	return strings.Join(append([]string{line}, titles...), ", ")
}

func dateline(d *draft.Draft, n *markup.Node) {
	place := n.Child("location")
	city := place.Child("city").Line()
	if city == "" && place != nil {
		city = parted(place)
	}
	for c := range n.Children() {
		if city == "" && c.Name == "" {
			city = strings.TrimRight(c.Line(), " -–—,")
		}
	}
	if d.Item.Located == "" {
		d.Item.Located = city
	}
	if place != nil && d.Dateline == "" {
		d.Dateline = parted(place)
	}
	if d.Dateline == "" {
		d.Dateline = city
	}
	if norm := n.Child("story.date").Attr("norm"); norm != "" {
		d.Original("story.date", norm)
	}
}

// parted is the parts of a location with commas between them.
func parted(n *markup.Node) string {
	var parts []string
	for c := range n.Children() {
		if line := strings.Trim(c.Line(), ", "); line != "" {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, ", ")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
