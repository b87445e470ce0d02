package main

import (
	"cmp"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/marks"
)

// note says why something is marked. Several marks may share it.
type note struct {
	Number                  int
	Kind, Label, Why, Score string
	Words                   string // the cue
	Content                 []string
	Parent                  string
	Marks                   []pointer
}

// number gives each attribution, each place and each other mark a note, by what stands first in the text.
func (s *sheet) number() {
	byKey := map[string]*note{}
	s.notes = make([]*note, len(s.marks))
	for i := range s.marks {
		m := &s.marks[i]
		if m.Kind == marks.Headline {
			continue
		}
		key := cmp.Or(m.ID, m.Kind+"\n"+m.Label+"\n"+m.Key)
		n := byKey[key]
		if n == nil {
			n = &note{Number: len(s.Notes) + 1, Kind: plainly(m.Kind), Label: m.Label, Why: m.Why, Score: percent(m.Score)}
			if m.Key != "" && m.Key != m.Label {
				n.Label += " = " + m.Key
			}
			if at := attributionOf(s.Article, m.ID); at != nil {
				n.credit(s.Article, at)
			}
			s.Notes = append(s.Notes, n)
			byKey[key] = n
		}
		s.notes[i] = n
	}
}

// credit adds what an attribution says beyond its mark.
func (n *note) credit(a *wiredesk.Article, at *wiredesk.Attribution) {
	n.Kind = plainly(at.Role)
	if at.Cue != nil && !at.Cue.Empty() {
		n.Words = at.Cue.In(a.Text)
	}
	for _, c := range at.Content {
		n.Content = append(n.Content, c.In(a.Text))
	}
	if outer := attributionOf(a, at.Parent); outer != nil {
		n.Parent = cmp.Or(outer.Source.Name, outer.Role)
	}
}

func attributionOf(a *wiredesk.Article, id string) *wiredesk.Attribution {
	for i := range a.Attributions {
		if id != "" && a.Attributions[i].ID == id {
			return &a.Attributions[i]
		}
	}
	return nil
}
