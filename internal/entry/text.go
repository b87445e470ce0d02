package entry

import (
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// text sets body and summary. A feed that sends one text only often sends a teaser; that is said, and the text at the
// link is not fetched.
func (e *Entry) text(d *draft.Draft) error {
	e.Content, _ = charset.Scrub(e.Content)
	e.Summary, _ = charset.Scrub(e.Summary)
	switch {
	case e.Tree != nil:
		d.Tree("main", 0, nodes(e.Tree)...)
	case strings.TrimSpace(e.Content) != "":
		if err := e.content(d); err != nil {
			return err
		}
	case strings.TrimSpace(e.Summary) != "":
		d.Signal("feed:summary-only")
		return d.Escaped("main", 0, e.Summary)
	}
	if e.Summary != "" {
		summary, err := plain(e.Summary)
		if err != nil {
			return err
		}
		d.Description("summary", summary)
	}
	return nil
}

// content reads the text.
func (e *Entry) content(d *draft.Draft) error {
	if html, plain, ok := markup.Running(e.Content); ok {
		d.Rendered("main", 0, html, plain)
		return nil
	}
	return d.Escaped("main", 0, e.Content)
}

// plain is a summary's text.
func plain(summary string) (string, error) {
	if _, text, ok := markup.Running(summary); ok {
		return text, nil
	}
	return markup.HTMLText(summary)
}
