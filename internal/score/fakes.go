package score

import (
	"slices"
)

// Fakes scores the set of credited outlets of a document: fakes/articles.jsonl. The key knows a handful of outlets; a
// second row leaves claims of others out.
func Fakes(path string, half Half, read Reader) (*Table, error) {
	type document struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Text    string `json:"text"`
		Credits []struct {
			Outlet string `json:"outlet"`
		} `json:"credits"`
	}
	t := new(Table)
	keyed := map[string]bool{}
	var all []document
	for _, h := range []Half{Tuning, Held} {
		err := lines(path, h, func(_ int, d document) {
			for _, c := range d.Credits {
				keyed[c.Outlet] = true
			}
			if h == half {
				all = append(all, d)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, d := range all {
		a := read(d.Text)
		var gold []string
		for _, c := range d.Credits {
			gold = append(gold, c.Outlet)
		}
		claimed := Credited(&a)
		t.Add("credited outlets of a document", d.ID, sets(claimed, gold))
		known := slices.DeleteFunc(slices.Clone(claimed), func(id string) bool { return !keyed[id] })
		t.Add("credited outlets, those of the key", d.ID, sets(known, gold))
	}
	return t, nil
}
