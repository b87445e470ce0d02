package wiredesk

import (
	"sort"
	"strings"
)

// Facet is one value under which subscribers find an article: "source.tass", "place.sy".
type Facet struct {
	Name  string // one of FacetNames
	Value string
}

// FacetNames are the names of all facets of the news, in the order in which people are told them. This list is the only
// one: streams, feeds and their contracts are held to it.
func FacetNames() []string {
	return []string{"wire", "source", "topic", "place", "lang", "alert", "desk", "advisory"}
}

func (f Facet) String() string { return f.Name + "." + f.Value }

// ParseFacet reads what [Facet.String] wrote.
func ParseFacet(s string) (Facet, bool) {
	name, value, ok := strings.Cut(s, ".")
	return Facet{name, value}, ok && name != "" && value != ""
}

// topTopics are the top level of IPTC Media Topics, by the names that subjects use.
var topTopics = map[string]string{
	"medtop:01000000": "arts-culture-entertainment-media",
	"medtop:02000000": "crime-law-justice",
	"medtop:03000000": "disaster-accident-emergency",
	"medtop:04000000": "economy-business-finance",
	"medtop:05000000": "education",
	"medtop:06000000": "environment",
	"medtop:07000000": "health",
	"medtop:08000000": "human-interest",
	"medtop:09000000": "labour",
	"medtop:10000000": "lifestyle-leisure",
	"medtop:11000000": "politics",
	"medtop:12000000": "religion",
	"medtop:13000000": "science-technology",
	"medtop:14000000": "society",
	"medtop:15000000": "sport",
	"medtop:16000000": "conflict-war-peace",
	"medtop:17000000": "weather",
}

// TopTopic is the name that subjects use for a topic of the top level, by its code "medtop:16000000"; empty for any
// other code.
func TopTopic(code string) string { return topTopics[code] }

// Facets are the facet values of this revision by itself: exactly one wire, then each credited outlet, top-level
// topic, country and the language, sorted within each, without repeats. Desks are publish's to add.
func (a *Article) Facets() []Facet {
	all := []Facet{{"wire", a.Provider}}
	all = append(all, values("source", a.outlets())...)
	var topics, places []string
	for _, t := range a.Topics {
		topics = append(topics, topTopics[t.Code])
	}
	for _, p := range a.Places {
		places = append(places, strings.ToLower(p.Country))
	}
	if a.Dateline != nil {
		places = append(places, strings.ToLower(a.Dateline.Country))
	}
	all = append(all, values("topic", topics)...)
	all = append(all, values("place", places)...)
	lang, _, _ := strings.Cut(strings.ToLower(a.Item.Language), "-")
	all = append(all, values("lang", []string{lang})...)
	return append(all, values("alert", []string{a.Alert})...)
}

// outlets are the ids of the outlets the text credits as origin or source. A venue is not a credit.
func (a *Article) outlets() []string {
	var ids []string
	for _, at := range a.Attributions {
		if at.Role == RoleOrigin || at.Role == RoleCited {
			ids = append(ids, at.Source.ID)
		}
	}
	return ids
}

func values(name string, found []string) []Facet {
	sort.Strings(found)
	var out []Facet
	last := ""
	for _, v := range found {
		if v != "" && v != last && v != "und" {
			out = append(out, Facet{name, v})
			last = v
		}
	}
	return out
}
