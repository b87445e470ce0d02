package ingest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
)

// cards is a format for these tests: cards divided by lines of "--", each "uri|text". A card that begins with
// "panic", "hang", "quote" or "nothing" does what it says.
func cards(hang <-chan struct{}) wiredesk.Format {
	return wiredesk.Format{
		Name: "cards",
		Sniff: func(head []byte) (int, string) {
			if bytes.HasPrefix(head, []byte("#cards\n")) {
				return 90, "it begins with #cards"
			}
			return 0, ""
		},
		Split: func(raw wiredesk.Raw) ([]wiredesk.Raw, error) {
			line := 1
			var parts []wiredesk.Raw
			for card := range strings.SplitSeq(string(raw.Bytes), "\n--\n") {
				part := raw
				part.Bytes, part.Line, part.Column = []byte(card), line, 1
				parts = append(parts, part)
				line += strings.Count(card, "\n") + 2
			}
			if len(parts) == 1 {
				parts[0].Line, parts[0].Column = 0, 0
			}
			return parts, nil
		},
		Parse: func(raw wiredesk.Raw) ([]wiredesk.Story, error) { return card(raw, hang) },
	}
}

func card(raw wiredesk.Raw, hang <-chan struct{}) ([]wiredesk.Story, error) {
	body := strings.TrimPrefix(string(raw.Bytes), "#cards\n")
	switch {
	case strings.HasPrefix(body, "panic"):
		var nobody *wiredesk.Story
		return nil, fmt.Errorf("unreachable: %s", nobody.Text)
	case strings.HasPrefix(body, "hang"):
		<-hang
	case strings.HasPrefix(body, "quote"):
		return nil, fmt.Errorf("cannot read %s", body)
	case strings.HasPrefix(body, "nothing"):
		return nil, nil
	}
	var stories []wiredesk.Story
	var err error
	for row := range strings.SplitSeq(body, "\n") {
		uri, text, ok := strings.Cut(row, "|")
		if !ok {
			err = wiredesk.Faultf(1, 2, "a card without a bar")
			continue
		}
		stories = append(stories, wiredesk.Story{
			Provider: "forged", Feed: "forged", Item: wiredesk.Item{URI: uri, Version: raw.Version}, Text: text,
		})
	}
	return stories, err
}

// formats are the cards beside the real table. The hanging parsers end with the test.
func formats(t testing.TB) []wiredesk.Format {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	return append(ingest.Formats(), cards(hang))
}
