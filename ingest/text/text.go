// Package text reads plain wire copy: kicker, headline, dateline, body, section heads, byline. It is also the format
// of last resort, so it reads whatever is text and refuses what is not, saying what it looks like.
package text

import (
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/notice"
)

// Sniff answers low for anything that is text: every format with marks of its own wins against it.
func Sniff(head []byte) (score int, reason string) {
	if binary(head) || len(strings.TrimSpace(string(head))) == 0 {
		return 0, "not text"
	}
	return 5, "plain text: no mark of another format"
}

// Parse reads one piece of plain copy as one story. Story.Text is the document itself, byte for byte where it was
// valid UTF-8, cut off where it says that the rest is not for publication.
//
// The URI is the sender's where it gave one. Otherwise it is made from the provider and the words of the text, white
// space aside: plain copy has no identity of its own, and an identity from the words makes the same copy, read again
// or sent again with other line ends, the same story; changed copy under no URI is another story. A sender who wants
// versions states a URI.
//
// Times are set only where the text states a full date. An embargo, a kill, a correction or a mark that the copy is
// for editors only is read from lines that stand where such notices stand, never from running prose.
func Parse(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	if binary(raw.Bytes) {
		return nil, wiredesk.Faultf(1, 1, "text: this looks like binary data, not like copy; send the text itself")
	}
	doc, repairs, err := decode(raw)
	if err != nil {
		return nil, err
	}
	if strings.TrimFunc(doc, blank) == "" {
		return nil, wiredesk.Faultf(1, 1, "text: the document is empty; send at least one line of copy")
	}
	story := wiredesk.Story{Provider: raw.Provider, Feed: raw.Feed, Format: "text", Text: doc, Repairs: repairs}
	if end := notice.Cut(doc); end < len(doc) {
		story.Text = doc[:end]
		story.Repairs = append(story.Repairs, "left out the end of the text, which says that it is not for publication")
	}
	story.Item = item(raw, story.Text)
	fill(&story, layout(story.Text, notice.At(raw)), raw.House)
	notice.Read(story.Text, notice.At(raw)).Apply(&story)
	return []wiredesk.Story{story}, nil
}

// item is what is known before the text is looked at.
func item(raw wiredesk.Raw, doc string) wiredesk.Item {
	it := wiredesk.Item{
		Standard: wiredesk.NINJS(), Type: "text", Version: raw.Version, Language: raw.House.Language, UsageTerms: raw.House.Usage,
	}
	if raw.URI == "" {
		it.URI = "urn:wiredesk:text:" + wiredesk.ShortHash(raw.Provider, strings.Join(strings.Fields(doc), " "))
		return it
	}
	it.URI = ninjs.URI(raw.Provider, raw.URI)
	if it.URI != raw.URI {
		it.AltIDs = []wiredesk.AltID{{Role: "id", Value: raw.URI}}
	}
	return it
}

// fill moves what the layout found into the story.
func fill(s *wiredesk.Story, page page, house wiredesk.House) {
	s.Kicker = page.kicker
	if page.headline != "" {
		s.Item.Headlines = []wiredesk.Content{{Role: "main", ContentType: "text/plain", Value: page.headline}}
	}
	s.Item.Slugline, s.Item.By, s.Item.Located, s.Item.EdNote = page.slug, page.by, page.city, page.note
	if page.body != "" {
		s.Item.Bodies = []wiredesk.Content{{
			Role: "main", ContentType: "text/plain", Value: page.body,
			CharCount: utf8.RuneCountInString(page.body), WordCount: len(strings.Fields(page.body)),
		}}
	}
	if at, ok := notice.Date(page.date, notice.Clock{Zone: house.Zone}); ok {
		s.Item.VersionCreated = at
		s.Originals = map[string]string{"versionCreated": page.date}
	}
}
