package draft

import (
	"bytes"
	"errors"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
)

// Split cuts a document at the elements that item says are its items. word stands at the end of every such element,
// and spares the work for documents that cannot hold two. A part's bytes are UTF-8.
func Split(raw wiredesk.Raw, opt markup.Options, word string, item func(name, parent string) bool) ([]wiredesk.Raw, error) {
	wide := bytes.IndexByte(raw.Bytes[:min(len(raw.Bytes), 64)], 0) >= 0
	if raw.Item > 0 || !wide && len(raw.Bytes) <= MaxDocument && bytes.Count(raw.Bytes, []byte(word)) < 2 {
		return []wiredesk.Raw{raw}, nil
	}
	text, _, err := Text(raw)
	if err != nil {
		return nil, err
	}
	pieces, err := markup.Pieces(text, opt, item)
	if err != nil {
		return nil, err
	}
	if len(pieces) == 0 {
		return []wiredesk.Raw{raw}, nil
	}
	parts := make([]wiredesk.Raw, len(pieces))
	for i, piece := range pieces {
		part := raw
		part.Bytes, part.Item, part.Line, part.Column = []byte(piece.Text), i+1, piece.Line, piece.Column
		part.Charset = "utf-8"
		parts[i] = part
	}
	return parts, nil
}

// Each reads the parts of a document one by one: the good stories, and the faults of the others with their places in
// the document.
func Each(parts []wiredesk.Raw, parse wiredesk.Parser) ([]wiredesk.Story, error) {
	var stories []wiredesk.Story
	var faults []error
	for _, part := range parts {
		if len(part.Bytes) > MaxStory {
			faults = append(faults, &wiredesk.Fault{
				Line: max(part.Line, 1), Column: max(part.Column, 1), Item: part.Item,
				Reason: "item of more than 4 MiB: that is the limit of one story",
			})
			continue
		}
		found, err := parse(part)
		stories = append(stories, found...)
		for _, f := range wiredesk.Faults(err) {
			f = f.From(part.Line, part.Column)
			f.Item = part.Item
			faults = append(faults, f)
		}
	}
	return stories, errors.Join(faults...)
}
