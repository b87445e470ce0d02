package score

import "github.com/wiredesk/wiredesk"

// Judged is one attribution that the engine claims, and whether it is right.
type Judged struct {
	Set      string // the stories or the corpus it is from
	Document string
	Language string
	Rules    []string
	Score    float64
	Right    bool
}

// Judge judges every attribution but bylines of annotated stories.
func Judge(set string, stories []Story, read Reader) []Judged {
	var all []Judged
	for _, s := range stories {
		if s.Gold.Attributions == nil {
			continue
		}
		a := read(s.Text)
		_, right := Match(s.Text, a.Attributions, s.Gold.Attributions)
		for i, at := range a.Attributions {
			if at.Role != wiredesk.RoleByline {
				all = append(all, Judged{set, s.Name, s.Gold.Language, at.Rules, at.Score, right[i]})
			}
		}
	}
	return all
}

// judgeSpans judges the attributions of a document whose key knows spans only: source and cue meet those of one marked
// relation, and so does half of the content.
func judgeSpans(set, document, language string, a *wiredesk.Article, marked []relation) []Judged {
	var all []Judged
	for i := range a.Attributions {
		at := &a.Attributions[i]
		if right(at, marked) == (Count{}) {
			continue
		}
		ok := false
		for _, g := range marked {
			ok = ok || right(at, []relation{g}).Hit == 1 && Overlap(a.Text, at.Content, g.Content) >= 0.5
		}
		all = append(all, Judged{set, document, language, at.Rules, at.Score, ok})
	}
	return all
}

// JudgePolNeAR judges the attributions of half of polnear/train.jsonl.
func JudgePolNeAR(path string, half Half, read Reader) ([]Judged, error) {
	type document struct {
		ID           string     `json:"id"`
		Text         string     `json:"text"`
		Attributions []relation `json:"attributions"`
	}
	var all []Judged
	err := lines(path, half, func(_ int, d document) {
		a := read(d.Text)
		all = append(all, judgeSpans("polnear", d.ID, "en", &a, d.Attributions)...)
	})
	return all, err
}
