package score

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
)

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
		t.Add("no dateline in later paragraphs", id, falseAlarm(d.Title, d.Body, read))
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

// falseAlarm reads the paragraphs after the first as if they began the story: a dateline found there is none.
func falseAlarm(title, body string, read Reader) Count {
	_, later, ok := strings.Cut(body, "\n    ")
	if !ok {
		return Count{}
	}
	a := read(title + "\n\n    " + later)
	if a.Dateline != nil {
		return Count{Claimed: 1}
	}
	return Count{Claimed: 1, Hit: 1}
}
