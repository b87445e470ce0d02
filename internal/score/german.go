package score

import "github.com/wiredesk/wiredesk"

// German scores the spans of speaker, cue and quotation in German copy: german-quotes/train.jsonl. Free indirect and
// reported speech has no cue of saying and is left out of what there is to find.
func German(path string, half Half, read Reader) (*Table, error) {
	type quotation struct {
		Type                  string `json:"type"`
		Medium                string `json:"medium"`
		Speaker, Cue, Content []wiredesk.Span
	}
	type document struct {
		ID     string      `json:"id"`
		Text   string      `json:"text"`
		Quotes []quotation `json:"quotes"`
	}
	t := new(Table)
	err := lines(path, half, func(_ int, d document) {
		a := read(d.Text)
		var marked []relation
		for _, q := range d.Quotes {
			if q.Type == "Direct" || q.Type == "Indirect" {
				marked = append(marked, relation{Source: q.Speaker, Cue: q.Cue, Content: q.Content})
			}
		}
		t.relations("", d.ID, &a, marked)
	})
	return t, err
}
