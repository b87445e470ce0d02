package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Half says which documents of a set to read: rules are tuned on one half only and reported on the other.
type Half int

// The halves of a set, by the index of the document.
const (
	Tuning Half = iota // even
	Held               // odd
)

// lines decodes the documents of one half of a JSON Lines file.
func lines[T any](path string, half Half, see func(n int, doc T)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for n := 0; in.Scan(); n++ {
		if n%2 != int(half) {
			continue
		}
		var doc T
		if err := json.Unmarshal(in.Bytes(), &doc); err != nil {
			return fmt.Errorf("score: %s:%d: %w", path, n+1, err)
		}
		see(n, doc)
	}
	return in.Err()
}

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

// Reuters scores datelines, bylines and the agency of origin: reuters21578/stories.jsonl.
func Reuters(path string, half Half, read Reader) (*Table, error) {
	type document struct {
		ID       int    `json:"id"`
		Type     string `json:"type"`
		Title    string `json:"title"`
		Author   string `json:"author"`
		Dateline string `json:"dateline"`
		Body     string `json:"body"`
	}
	t := new(Table)
	err := lines(path, half, func(_ int, d document) {
		if d.Dateline == "" || d.Body == "" {
			return
		}
		head := d.Title + "\n\n"
		if d.Author != "" {
			head += "    " + d.Author + "\n"
		}
		text := head + "    " + d.Dateline + " " + d.Body
		a := read(text)
		id := fmt.Sprint(d.ID)
		got := ""
		if a.Dateline != nil {
			got = a.Dateline.In(text)
		}
		t.Add("dateline, exact", id, one(got, strings.TrimSpace(d.Dateline)))
		if strings.HasSuffix(strings.TrimSpace(d.Body), "Reuter") {
			t.Add("agency of origin", id, sets(origins(&a), []string{"reuters"}))
		}
		if d.Author != "" {
			t.Add("byline", id, one(authorOf(&a), d.Author))
		}
	})
	return t, err
}

// authorOf is the byline as far as it agrees with the line it was read from: measured by containment.
func authorOf(a *wiredesk.Article) string {
	if a.Byline == nil {
		return ""
	}
	start := strings.LastIndexByte(a.Text[:a.Byline.Start], '\n') + 1
	line, _, _ := strings.Cut(a.Text[start:], "\n")
	return strings.TrimSpace(line)
}

func origins(a *wiredesk.Article) []string {
	var ids []string
	for _, at := range a.Attributions {
		if at.Role == wiredesk.RoleOrigin {
			ids = append(ids, at.Source.ID)
		}
	}
	return ids
}

// PolNeAR scores the spans of source, cue and content: polnear/train.jsonl.
func PolNeAR(path string, half Half, read Reader) (*Table, error) {
	type relation struct {
		Source, Cue, Content []wiredesk.Span
	}
	type document struct {
		ID           string     `json:"id"`
		Text         string     `json:"text"`
		Attributions []relation `json:"attributions"`
	}
	t := new(Table)
	err := lines(path, half, func(_ int, d document) {
		a := read(d.Text)
		var got, gold relation
		for _, g := range d.Attributions {
			gold.Source = append(gold.Source, g.Source...)
			gold.Cue = append(gold.Cue, g.Cue...)
			gold.Content = append(gold.Content, g.Content...)
		}
		for _, at := range a.Attributions {
			if at.Cue == nil || at.Role == wiredesk.RoleVenue {
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
			t.Add(part.name+", exact", d.ID, exact(d.Text, part.got, part.gold))
			t.Add(part.name+", overlap", d.ID, touching(d.Text, part.got, part.gold))
		}
	})
	return t, err
}
