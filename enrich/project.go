package enrich

import (
	"math"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// creator names us in the slots of ninjs that say who made an assertion.
const creator = "wiredesk"

// sourceRoles are our roles for ninjs infoSources, by role of the attribution.
var sourceRoles = map[string]string{
	wiredesk.RoleOrigin: "originator",
	wiredesk.RoleCited:  "cited",
}

// Project writes what was found into the standard's own slots of the item, so that a subscriber who only speaks ninjs
// loses nothing. What the provider sent in those slots is kept.
func Project(a *wiredesk.Article) {
	projectSources(a)
	projectSubjects(a)
	for _, p := range a.People {
		a.Item.People = withParty(a.Item.People, wiredesk.Party{Name: p.Name})
	}
	for _, o := range a.Organisations {
		a.Item.Organisations = withParty(a.Item.Organisations, wiredesk.Party{Name: o.Name})
	}
	for _, p := range a.Places {
		a.Item.Places = withParty(a.Item.Places, wiredesk.Party{Name: p.Name})
	}
	if a.Item.By == "" && a.Byline != nil {
		a.Item.By = a.Byline.Name
	}
	if a.Item.Located == "" && a.Dateline != nil {
		a.Item.Located = a.Dateline.City
	}
}

// projectSources names each credited outlet once. An unresolved source is named as the text names it, without a
// code; nobody is guessed.
func projectSources(a *wiredesk.Article) {
	for _, at := range a.Attributions {
		role, ok := sourceRoles[at.Role]
		if !ok || at.Source.Name == "" {
			continue
		}
		p := wiredesk.Party{Name: at.Source.Name, Role: role, Literal: at.Source.ID}
		same := func(q wiredesk.Party) bool { return q.Name == p.Name && q.Role == p.Role }
		if !slices.ContainsFunc(a.Item.InfoSources, same) {
			a.Item.InfoSources = append(slices.Clip(a.Item.InfoSources), p)
		}
	}
}

const mediaTopics = "http://cv.iptc.org/newscodes/mediatopic/"

func projectSubjects(a *wiredesk.Article) {
	a.Item.Subjects = slices.Grow(slices.Clip(a.Item.Subjects), len(a.Topics))
	for _, t := range a.Topics {
		code, isTopic := strings.CutPrefix(t.Code, "medtop:")
		if !isTopic {
			continue
		}
		uri := mediaTopics + code
		same := func(s wiredesk.Subject) bool { return s.URI == uri || s.Literal == t.Code }
		if slices.ContainsFunc(a.Item.Subjects, same) {
			continue
		}
		confidence := int(math.Round(100 * min(max(t.Score, 0), 1)))
		a.Item.Subjects = append(a.Item.Subjects, wiredesk.Subject{
			Name: t.Name, URI: uri, Literal: t.Code, Creator: creator, Confidence: &confidence,
		})
	}
}

func withParty(all []wiredesk.Party, p wiredesk.Party) []wiredesk.Party {
	same := func(q wiredesk.Party) bool { return strings.EqualFold(q.Name, p.Name) }
	if p.Name == "" || slices.ContainsFunc(all, same) {
		return all
	}
	return append(slices.Clip(all), p)
}
