package ninjs

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// Versions are the versions of ninjs, oldest first. The last two are drafts of IPTC's that some files follow.
var Versions = []string{"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1", "2.2", "3.0", "3.1", "1.x-dev", "2.x-dev"}

// Superdesk is the profile of one editorial system: 1.x with names of its own.
const Superdesk = "superdesk"

var schemas = map[string]*rule{
	"1.0": v1(0), "1.1": v1(1), "1.2": v1(2), "1.3": v1(3), "1.4": v1(4), "1.5": v1(5), "1.6": v1(6), "1.x-dev": advised(v1(5), free),
	"2.0": v2(0), "2.1": v2(1), "2.2": v2(2), "2.x-dev": advised(v2(1), uriFormat),
	"3.0": v3(0), "3.1": v3(1), Superdesk: superdesk(),
}

// Check holds an item to a version of the standard, as its schema does, and says what is wrong. From 2.1 on that takes
// in the formats of URIs and times, which earlier schemas name but do not hold anyone to. One thing is laxer than the
// schema: an embargo that is empty or no time is no mistake, because refusing the item would lose the embargo.
func Check(item *strictjson.Value, version string) []Mistake {
	schema, ok := schemas[version]
	if !ok {
		return []Mistake{{item.Start, "ninjs " + version + " is not known; the versions are " + strings.Join(Versions, ", ")}}
	}
	var c checker
	c.check(item, schema, "")
	return c.found
}

var declared = regexp.MustCompile(`[123]\.\d`)

// Recognise names the version of an item: the one it declares, where it uses only names of that one; else the newest
// of those whose names it uses; an item whose URI is none is of a version that allowed that. The reason is for people.
func Recognise(item *strictjson.Value) (version, reason string) {
	said := Declared(item)
	if schema := schemas[said]; schema != nil && schema.knows(item) {
		return said, "it says so"
	}
	family, why := family(item)
	if family == Superdesk {
		return family, why
	}
	best, known := "", -1
	for _, v := range candidates(family, item) {
		if n := schemas[v].count(item); n > known {
			best, known = v, n
		}
	}
	return best, why
}

// Declared is the version that an item says it is of; empty where it says none.
func Declared(item *strictjson.Value) string {
	for _, name := range []string{"standard", "$standard"} {
		s := item.Get(name)
		for _, field := range []string{"version", "schema"} {
			if v := declared.FindString(s.Get(field).String()); v != "" {
				return v
			}
		}
	}
	return ""
}

// family is the first digit of the version whose names an item uses.
func family(item *strictjson.Value) (family, reason string) {
	score := map[string]int{"1": 0, "2": 0, "3": 0}
	dialect := ""
	for i, name := range item.Names {
		if slices.Contains(dialectNames, name) {
			dialect = name
		}
		for _, f := range slices.Sorted(maps.Keys(score)) {
			if schema := newest(f); schema.fields[name] != nil && schema.fields[name].kind == item.Items[i].Kind {
				score[f]++
			} else if schema.fields[name] == nil && schema.member(name) != nil {
				score[f]++
			}
		}
	}
	if dialect != "" && score["3"] <= score["1"] && score["2"] <= score["1"] {
		return Superdesk, "it uses \"" + dialect + "\", a name of the Superdesk dialect"
	}
	family = "3"
	for _, f := range []string{"2", "1"} {
		if score[f] > score[family] {
			family = f
		}
	}
	return family, "it uses the names of ninjs " + family
}

func newest(family string) *rule {
	return schemas[map[string]string{"1": "1.6", "2": "2.2", "3": "3.1"}[family]]
}

// candidates are the versions an item may be of, newest first.
func candidates(family string, item *strictjson.Value) []string {
	uri := IsURI(item.Get("uri").String())
	switch family {
	case "1":
		return []string{"1.6", "1.x-dev"}
	case "2":
		if !uri {
			return []string{"2.0"}
		}
		return []string{"2.2", "2.x-dev"}
	}
	return []string{"3.1"}
}

// knows says that every name of the item is one of the version's.
func (r *rule) knows(item *strictjson.Value) bool { return r.count(item) == len(item.Names) }

func (r *rule) count(item *strictjson.Value) int {
	n := 0
	for _, name := range item.Names {
		if r.member(name) != nil {
			n++
		}
	}
	return n
}
