package score

import (
	"fmt"

	"github.com/wiredesk/wiredesk"
)

// Own scores a reader on annotated stories, by role, and by role and language.
func Own(stories []Story, read Reader) *Table {
	t := new(Table)
	for _, s := range stories {
		a := read(s.Text)
		for name, c := range s.measure(&a) {
			t.Add("all "+name, s.Name, c)
			if s.Gold.Language != "" {
				t.Add(s.Gold.Language+" "+name, s.Name, c)
			}
		}
	}
	return t
}

func (s *Story) measure(a *wiredesk.Article) map[string]Count {
	out := map[string]Count{}
	if s.Gold.Dateline != nil || s.Gold.NoDateline {
		out["dateline"] = s.dateline(a)
	}
	if s.Gold.Byline != nil || a.Byline != nil {
		out["byline"] = one(named(a.Byline), named(s.Gold.Byline))
	}
	if s.Gold.Attributions == nil {
		return out
	}
	found, claims := Match(s.Text, a.Attributions, s.Gold.Attributions)
	for i, g := range s.Gold.Attributions {
		if g.Role == wiredesk.RoleByline {
			continue
		}
		c := Count{Gold: 1}
		if found[i] >= 0 {
			c.Found = 1
		}
		out[g.Role] = out[g.Role].plus(c)
	}
	for i, at := range a.Attributions {
		if at.Role == wiredesk.RoleByline {
			continue
		}
		c := Count{Claimed: 1}
		if claims[i] {
			c.Hit = 1
		}
		out[at.Role] = out[at.Role].plus(c)
		if at.Score >= 0.9 {
			out["confident (≥ .9)"] = out["confident (≥ .9)"].plus(c)
		}
	}
	out["outlets of the story"] = sets(Credited(a), goldOutlets(&s.Gold))
	out["chains"] = s.chains(a, found)
	return out
}

func (s *Story) dateline(a *wiredesk.Article) Count {
	return one(line(a.Dateline), line(s.Gold.Dateline))
}

func line(l *wiredesk.Line) string {
	if l == nil {
		return ""
	}
	return fmt.Sprint(l.Start, l.End, l.City, l.Country, l.Date, l.Credits)
}

func named(n *wiredesk.Named) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(n.Name, n.Start, n.End)
}

func one(claimed, gold string) Count { return sets([]string{claimed}, []string{gold}) }

// Credited are the ids of the outlets that a story credits: as origin, as source, as the place where something was said.
func Credited(a *wiredesk.Article) []string {
	var ids []string
	for _, at := range a.Attributions {
		switch at.Role {
		case wiredesk.RoleOrigin, wiredesk.RoleCited, wiredesk.RoleVenue:
			ids = append(ids, at.Source.ID)
		}
	}
	return unique(ids)
}

func goldOutlets(g *Gold) []string {
	if g.Outlets != nil {
		return g.Outlets
	}
	return Credited(&wiredesk.Article{Attributions: g.Attributions})
}

// Match pairs claims with gold: the role is the same, the id where the gold has one, the sources overlap, and so does
// the content by half, where the gold has any. It returns for each gold the claim that meets it, or -1, and whether each claim meets one.
func Match(text string, claims, gold []wiredesk.Attribution) (found []int, used []bool) {
	found, used = make([]int, len(gold)), make([]bool, len(claims))
	for i, g := range gold {
		found[i] = -1
		for j, c := range claims {
			if used[j] || c.Role != g.Role || g.Source.ID != "" && c.Source.ID != g.Source.ID {
				continue
			}
			if !g.Source.Empty() && !c.Source.Overlaps(g.Source.Span) || len(g.Content) > 0 && Overlap(text, c.Content, g.Content) < 0.5 {
				continue
			}
			found[i], used[j] = j, true
			break
		}
	}
	return found, used
}

// chains counts the links of the gold whose parent is right too.
func (s *Story) chains(a *wiredesk.Article, found []int) Count {
	index := map[string]int{}
	for i, g := range s.Gold.Attributions {
		index[g.ID] = i
	}
	var c Count
	for i, g := range s.Gold.Attributions {
		if g.Parent == "" {
			continue
		}
		c.Gold++
		outer, ok := index[g.Parent]
		if found[i] < 0 || !ok || found[outer] < 0 {
			continue
		}
		if parent := a.Attributions[found[i]].Parent; parent != "" {
			c.Claimed++
			if parent == a.Attributions[found[outer]].ID {
				c.Hit++
				c.Found++
			}
		}
	}
	return c
}
