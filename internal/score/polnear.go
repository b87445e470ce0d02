package score

import (
	"slices"

	"github.com/wiredesk/wiredesk"
)

// relation is a source, a cue and a content as people marked them.
type relation struct {
	Source, Cue, Content []wiredesk.Span
}

// confident names the row of a confidence.
func confident(score float64) string {
	if score >= 0.9 {
		return "right where confidence ≥ .9"
	}
	return "right where confidence < .9"
}

// right counts a claim whose cue and source both meet those of one relation.
func right(at *wiredesk.Attribution, gold []relation) Count {
	if at.Cue == nil || at.Role == wiredesk.RoleVenue || at.Role == wiredesk.RoleAffiliation {
		return Count{}
	}
	for _, g := range gold {
		if meetsAny(at.Cue.Span, g.Cue) && meetsAny(at.Source.Span, g.Source) {
			return Count{Claimed: 1, Hit: 1}
		}
	}
	return Count{Claimed: 1}
}

func meetsAny(s wiredesk.Span, spans []wiredesk.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}

// PolNeAR scores the spans of source, cue and content: polnear/train.jsonl.
func PolNeAR(path string, half Half, read Reader) (*Table, error) {
	type document struct {
		ID           string     `json:"id"`
		Text         string     `json:"text"`
		Attributions []relation `json:"attributions"`
	}
	t := new(Table)
	err := lines(path, half, func(_ int, d document) {
		a := read(d.Text)
		for _, at := range a.Attributions {
			t.Add(confident(at.Score), d.ID, right(&at, d.Attributions))
		}
		t.relations("", d.ID, &a, d.Attributions)
	})
	return t, err
}

// relations counts the spans of source, cue and content that an article claims against those that people marked. Venues
// and links without a cue are left out.
func (t *Table) relations(what, document string, a *wiredesk.Article, marked []relation) {
	var got, gold relation
	for _, g := range marked {
		gold.Source = append(gold.Source, g.Source...)
		gold.Cue = append(gold.Cue, g.Cue...)
		gold.Content = append(gold.Content, g.Content...)
	}
	for _, at := range a.Attributions {
		if at.Cue == nil || at.Role == wiredesk.RoleVenue || at.Role == wiredesk.RoleAffiliation {
			continue
		}
		got.Source = append(got.Source, at.Source.Span)
		got.Cue = append(got.Cue, at.Cue.Span)
		got.Content = append(got.Content, at.Content...)
	}
	for _, part := range []struct {
		name      string
		got, gold []wiredesk.Span
	}{{"source", got.Source, gold.Source}, {"cue", got.Cue, gold.Cue}, {"content", got.Content, gold.Content}} {
		t.Add(what+part.name+", exact", document, exact(a.Text, part.got, part.gold))
		t.Add(what+part.name+", overlap", document, touching(a.Text, part.got, part.gold))
	}
}
