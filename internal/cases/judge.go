package cases

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Outcome is what came of a case's document.
type Outcome struct {
	Articles []Seen
	Rejected []string // reasons, each with its place
}

// Seen is an article and where it goes.
type Seen struct {
	Article  wiredesk.Article
	GoesOut  bool
	Reason   string   // why it goes out, or not
	Desks    []string // whose routes it matches
	Subjects []string // that it goes to, whole
}

// Fault is one expectation that is not met.
type Fault struct {
	What string `json:"what"` // what was expected of
	Want string `json:"want"`
	Got  string `json:"got"`
}

func (f Fault) String() string { return fmt.Sprintf("%s: got %s, want %s", f.What, f.Got, f.Want) }

// Faults are the expectations of a case that its outcome does not meet; none where all is as expected. What is expected
// of a story must hold for every story of the document.
func (e *Expect) Faults(o Outcome) []Fault {
	out := e.document(o)
	for i := range o.Articles {
		for _, f := range e.article(&o.Articles[i]) {
			if len(o.Articles) > 1 {
				f.What = fmt.Sprintf("story %d: %s", i+1, f.What)
			}
			out = append(out, f)
		}
	}
	return out
}

// document judges what is expected of the document as a whole.
func (e *Expect) document(o Outcome) []Fault {
	var out []Fault
	reasons := strings.Join(o.Rejected, "; ")
	if n := len(o.Articles); e.Stories != nil && n != *e.Stories {
		out = append(out, Fault{"stories", fmt.Sprint(*e.Stories), fmt.Sprint(n)})
	}
	switch {
	case e.Rejected != "" && !strings.Contains(reasons, e.Rejected):
		out = append(out, Fault{"rejected", quoted(e.Rejected), quoted(reasons)})
	case e.Rejected == "" && reasons != "":
		out = append(out, Fault{"rejected", "nothing", quoted(reasons)})
	case e.Rejected == "" && len(o.Articles) == 0 && e.Stories == nil:
		out = append(out, Fault{"stories", "at least one", "none"})
	}
	return out
}

// article judges what is expected of each story.
func (e *Expect) article(s *Seen) []Fault {
	a := &s.Article
	var out []Fault
	same := func(what, want, got string) {
		if want != "" && want != got {
			out = append(out, Fault{what, quoted(want), quoted(got)})
		}
	}
	same("decision", e.Decision, decision(a))
	same("provider", e.Provider, a.Provider)
	same("headline", e.Headline, a.Item.Headline())
	same("language", e.Language, a.Item.Language)
	if e.Urgency != 0 && e.Urgency != a.Item.Urgency {
		out = append(out, Fault{"urgency", fmt.Sprint(e.Urgency), fmt.Sprint(a.Item.Urgency)})
	}
	if d := e.Dateline; d != nil {
		found := wiredesk.Line{}
		if a.Dateline != nil {
			found = *a.Dateline
		}
		same("dateline's city", d.City, found.City)
		same("dateline's country", strings.ToUpper(d.Country), found.Country)
	}
	for role, want := range e.Credits {
		got := credits(a, role)
		if !slices.Equal(sorted(want), got) {
			out = append(out, Fault{"credits as " + role, listed(sorted(want)), listed(got)})
		}
	}
	slices.SortFunc(out, func(a, b Fault) int { return strings.Compare(a.What, b.What) })
	return append(out, e.ways(s)...)
}

// ways judges topics, places, desks and subjects.
func (e *Expect) ways(s *Seen) []Fault {
	topics, places := topicsOf(&s.Article), placesOf(&s.Article)
	desks, subjects := s.Desks, s.Subjects
	if !s.GoesOut {
		desks, subjects = nil, nil
	}
	goes := func(subject string) bool {
		subject = strings.TrimSuffix(subject, ".*")
		return slices.ContainsFunc(subjects, func(x string) bool { return x == subject || x == subject+"."+s.Article.Story })
	}
	var out []Fault
	hold := func(what string, want []string, must bool, has func(string) bool, got []string) {
		if want != nil && len(want) == 0 && must && len(got) > 0 {
			out = append(out, Fault{what, "none", listed(got)})
		}
		for _, w := range want {
			if has(w) == must {
				continue
			}
			text := map[bool]string{true: w, false: "no " + w}[must]
			out = append(out, Fault{what, text, listed(got) + stays(s)})
		}
	}
	in := func(list []string) func(string) bool {
		return func(w string) bool {
			return slices.ContainsFunc(list, func(x string) bool { return strings.EqualFold(x, w) })
		}
	}
	hold("topics", e.Topics, true, in(topics), topics)
	hold("places", e.Places, true, in(places), places)
	hold("desks", e.Desks, true, in(desks), desks)
	hold("desks", e.NotDesks, false, in(desks), desks)
	hold("subjects", e.Subjects, true, goes, subjects)
	hold("subjects", e.NotSubjects, false, goes, subjects)
	return out
}

func stays(s *Seen) string {
	if s.GoesOut {
		return ""
	}
	return " (it stays: " + s.Reason + ")"
}

func decision(a *wiredesk.Article) string {
	if a.NotForPublication != "" {
		return "not for publication"
	}
	return a.Event
}

func credits(a *wiredesk.Article, role string) []string {
	ids := []string{}
	for _, at := range a.Attributions {
		if at.Role == role && at.Source.ID != "" {
			ids = append(ids, at.Source.ID)
		}
	}
	return sorted(ids)
}

func topicsOf(a *wiredesk.Article) []string {
	var out []string
	for _, t := range a.Topics {
		out = append(out, t.Code)
		if name := wiredesk.TopTopic(t.Code); name != "" {
			out = append(out, name)
		}
	}
	return out
}

func placesOf(a *wiredesk.Article) []string {
	var out []string
	for _, f := range a.Facets() {
		if f.Name == "place" {
			out = append(out, f.Value)
		}
	}
	return out
}

func sorted(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }

func listed(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func quoted(text string) string {
	if text == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", text)
}
