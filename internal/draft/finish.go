package draft

import (
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// Finish completes the story: text, counts, defaults of the line, and what notices in prose demand. It refuses a story
// whose text is over the limit.
func (d *Draft) Finish() (wiredesk.Story, error) {
	d.compose(d.body)
	if len(d.Text) > MaxText {
		return wiredesk.Story{}, wiredesk.Faultf(1, 1, "story with a text of %d bytes: the limit is %d", len(d.Text), MaxText)
	}
	if d.Item.Language == "" {
		d.Item.Language = d.raw.House.Language
	}
	if d.Item.UsageTerms == "" {
		d.Item.UsageTerms = d.raw.House.Usage
	}
	d.notice(d.body)
	if len(d.Originals) == 0 {
		d.Originals = nil
	}
	return d.Story, nil
}

func (d *Draft) notice(body string) {
	clock := notice.Clock{Received: d.raw.Received, Zone: d.zone}
	if at := d.Item.VersionCreated; !at.IsZero() && at.Before(d.raw.Received) {
		clock.Received = at // "Friday" is the Friday after it was written
	}
	for _, l := range append(d.notices, d.Item.Headline(), d.Item.Slugline) {
		notice.Line(l, clock).Apply(&d.Story)
	}
	for l := range strings.SplitSeq(d.Item.EdNote, "\n") {
		notice.Line(l, clock).Apply(&d.Story)
	}
	notice.Read(body, clock).Apply(&d.Story)
}

// compose makes the story's text, and a headline out of the body where urgent copy has none.
func (d *Draft) compose(body string) {
	head := d.Item.Headline()
	if head == body {
		d.Text = body
		return
	}
	if head == "" && body != "" && d.Item.Type == "text" {
		head = wirecopy.FirstSentences(body, 100)
		d.Item.Headlines = wirecopy.Headline(head)
		d.Repair("no headline: the first words of the text stand in for it")
		d.Text = body
		return
	}
	d.Text = wirecopy.Compose(head, body)
}
