package ninjs

import (
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

// Recognise names the version of an item: the one it declares, where it uses only names of that one; else one whose
// names it uses, the newest first, and of those that know as many of its names one that it is valid by. An item whose
// URI is none is of a version that allowed that. The reason is for people.
func Recognise(item *strictjson.Value) (version, reason string) {
	said := Declared(item)
	if schema := schemas[said]; schema != nil && schema.knows(item) {
		return said, "as it says"
	}
	if said != "" {
		said = ", though it says " + said
	}
	best := candidates(item)
	if name := dialect(item); name != "" && Generation(best[len(best)-1]) == 1 {
		return Superdesk, "by the name \"" + name + "\"" + said
	}
	for _, v := range best {
		if Generation(v) == 3 || len(Check(item, v)) == 0 {
			return v, "by the names it uses" + said
		}
	}
	return best[0], "by the names it uses" + said
}

// candidates are the versions that know most of the item's names, newest first. Where several do, the URI tells: 2.0
// and 1.x are for items whose URI is none.
func candidates(item *strictjson.Value) []string {
	var best []string
	most := -1
	for _, v := range []string{"3.1", "2.2", "2.x-dev", "2.0", "1.6", "1.x-dev"} {
		switch n := schemas[v].count(item); {
		case n > most:
			best, most = []string{v}, n
		case n == most:
			best = append(best, v)
		}
	}
	uri := item.Get("uri").String()
	if uri == "" { // nothing to go by
		return best
	}
	strict := IsURI(uri)
	fitting := slices.DeleteFunc(slices.Clone(best), func(v string) bool {
		return Generation(v) > 1 && strict == (v == "2.0")
	})
	if len(fitting) == 0 {
		return best
	}
	return fitting
}

// dialect is a name of the item that only the Superdesk dialect has.
func dialect(item *strictjson.Value) string {
	for _, name := range dialectNames {
		if item.Get(name) != nil {
			return name
		}
	}
	return ""
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
