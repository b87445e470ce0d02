package ninjs

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/notice"
)

// finish completes the story: the line's defaults, the text that spans index, and what notices in prose demand.
func (r *reader) finish() {
	it := &r.story.Item
	if it.Language == "" {
		it.Language = r.raw.House.Language
	}
	if it.UsageTerms == "" {
		it.UsageTerms = r.raw.House.Usage
	}
	head := r.plain(wiredesk.Content{Value: it.Headline()})
	body := r.body()
	r.story.Text = strings.TrimSpace(head + "\n\n" + body)
	clock := notice.At(r.raw)
	for line := range strings.SplitSeq(it.EdNote, "\n") {
		notice.Line(line, clock).Apply(&r.story)
	}
	for _, line := range []string{it.Slugline, head} {
		notice.Line(line, clock).Apply(&r.story)
	}
	notice.Read(body, clock).Apply(&r.story)
}

// body is the main body as text, cut off where it says that the rest is not for publication: that part leaves the
// item too.
func (r *reader) body() string {
	it := &r.story.Item
	for i := range it.Bodies {
		text := r.plain(it.Bodies[i])
		if end := notice.Cut(text); end < len(text) {
			it.Bodies[i] = wiredesk.Content{Role: it.Bodies[i].Role, ContentType: "text/plain", Value: strings.TrimSpace(text[:end])}
			r.repair("left out the end of a body, which says that it is not for publication")
		}
	}
	if i := main(it.Bodies); i >= 0 {
		return r.plain(it.Bodies[i])
	}
	if i := main(it.Descriptions); i >= 0 {
		return r.plain(it.Descriptions[i])
	}
	return ""
}

// main is the place of the content to read: plain text before markup, the role "main" before others; -1 without any.
func main(all []wiredesk.Content) int {
	best, score := -1, -1
	for i, c := range all {
		s := 0
		if c.Role == "" || c.Role == "main" {
			s += 2
		}
		if c.ContentType == "text/plain" {
			s++
		}
		if strings.TrimSpace(c.Value) != "" && s > score {
			best, score = i, s
		}
	}
	return best
}

// plain is a content as a reader sees it. Where it does not say what it is, tags decide.
func (r *reader) plain(c wiredesk.Content) string {
	kind, _, _ := strings.Cut(c.ContentType, ";")
	switch strings.TrimSpace(kind) {
	case "text/plain", "text/markdown":
		return strings.TrimSpace(c.Value)
	case "":
		if !strings.Contains(c.Value, "</") && !strings.Contains(c.Value, "<br") && !strings.Contains(c.Value, "/>") {
			return strings.TrimSpace(c.Value)
		}
	}
	text, err := markup.HTMLText(c.Value)
	if err != nil {
		r.repair("a body could not be read as HTML (%s), and stands as it came", err)
		return c.Value
	}
	return strings.TrimSpace(text)
}
