package ninjs

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/internal/strictjson"
)

// rule is what a version of the standard says of a value.
type rule struct {
	kind    strictjson.Kind
	whole   bool // a number without a fraction
	low     int  // of a whole number, with high; both 0 is no bound
	high    int
	words   []string                     // the only values of a text
	format  format                       // what a text must look like
	fields  fields                       // of an object
	loose   []loose                      // further members of an object, by their names
	open    bool                         // of an object: unknown names are allowed
	needs   []string                     // names an object must have
	one     [][]string                   // of each group exactly one name must stand
	either  [2][2]string                 // pairs of names, at least one pair of which has exactly one name standing
	items   *rule                        // of a list
	instead func(*strictjson.Value) bool // says that the value is right without a look at the rest
}

type fields map[string]*rule

type loose struct {
	name *regexp.Regexp
	rule *rule
}

type format byte

const (
	free format = iota
	uriFormat
	dateFormat
	truncatedFormat
	embargoFormat
	geoFormat
)

func text(words ...string) *rule { return &rule{kind: strictjson.String, words: words} }
func formatted(f format) *rule   { return &rule{kind: strictjson.String, format: f} }
func number() *rule              { return &rule{kind: strictjson.Number} }
func whole(bounds ...int) *rule {
	r := &rule{kind: strictjson.Number, whole: true}
	if len(bounds) == 2 {
		r.low, r.high = bounds[0], bounds[1]
	}
	return r
}
func list(items *rule) *rule              { return &rule{kind: strictjson.Array, items: items} }
func object(f fields) *rule               { return &rule{kind: strictjson.Object, fields: f} }
func (r *rule) opened() *rule             { r.open = true; return r }
func (r *rule) needing(n ...string) *rule { r.needs = n; return r }
func (r *rule) oneOf(n ...string) *rule   { r.one = append(r.one, n); return r }

// Mistake is one way in which a value breaks the standard, and the byte at which the value stands.
type Mistake struct {
	At     int
	Reason string
}

// maxMistakes is how many mistakes of one document are told; a sender who sees these has enough to mend.
const maxMistakes = 10

type checker struct{ found []Mistake }

func (c *checker) add(v *strictjson.Value, path, format string, args ...any) {
	if len(c.found) < maxMistakes {
		c.found = append(c.found, Mistake{v.Start, said(path) + " " + fmt.Sprintf(format, args...)})
	}
}

func said(path string) string {
	if path == "" {
		return "the item"
	}
	return `"` + path + `"`
}

func (c *checker) check(v *strictjson.Value, r *rule, path string) {
	if r.instead != nil && r.instead(v) {
		return
	}
	if v.Kind != r.kind {
		c.add(v, path, "must be %s, but is %s", r.kind, v.Kind)
		return
	}
	switch r.kind {
	case strictjson.String:
		c.text(v, r, path)
	case strictjson.Number:
		c.number(v, r, path)
	case strictjson.Array:
		for i := range v.Items {
			c.check(&v.Items[i], r.items, fmt.Sprintf("%s[%d]", path, i))
		}
	case strictjson.Object:
		c.object(v, r, path)
	}
}

func (c *checker) text(v *strictjson.Value, r *rule, path string) {
	switch {
	case len(r.words) > 0 && !slices.Contains(r.words, v.Text):
		c.add(v, path, "must be one of %s, but is %q", strings.Join(r.words, ", "), v.Text)
	case r.format == uriFormat && !IsURI(v.Text):
		c.add(v, path, "must be a URI with a scheme, such as https://… or urn:…, without spaces, but is %q", v.Text)
	case r.format == dateFormat && !isDateTime(v.Text):
		c.add(v, path, "must be a date and time such as 2026-03-04T09:30:00Z, but is %q", v.Text)
	case r.format == truncatedFormat && !truncated.MatchString(v.Text):
		c.add(v, path, "must be a date, cut off where it is not known, such as 2026-03, but is %q", v.Text)
	}
}

func (c *checker) number(v *strictjson.Value, r *rule, path string) {
	n, ok := v.Integer()
	switch {
	case r.whole && !ok:
		c.add(v, path, "must be a whole number, but is %s", v.Text)
	case r.high != 0 && (n < r.low || n > r.high):
		c.add(v, path, "must be from %d to %d, but is %s", r.low, r.high, v.Text)
	}
}

func (c *checker) object(v *strictjson.Value, r *rule, path string) {
	for _, name := range r.needs {
		if v.Get(name) == nil {
			c.add(v, path, "has no %q, and must have one", name)
		}
	}
	for _, group := range r.one {
		c.exactlyOne(v, group, path)
	}
	if r.either[0][0] != "" && !exactly(v, r.either[0]) && !exactly(v, r.either[1]) {
		c.add(v, path, "must have %s or %s, and not both", r.either[0][0], r.either[0][1])
	}
	if r.format == geoFormat && !geoJSON(v, 0) {
		c.add(v, path, "is no GeoJSON object")
	}
	for i, name := range v.Names {
		if sub := r.member(name); sub != nil {
			c.check(&v.Items[i], sub, join(path, name))
		} else if !r.open {
			c.add(&v.Items[i], join(path, name), "is no property that this version of ninjs knows%s", r.meant(name))
		}
	}
}

func (c *checker) exactlyOne(v *strictjson.Value, group []string, path string) {
	n := 0
	for _, name := range group {
		if v.Get(name) != nil {
			n++
		}
	}
	if n != 1 {
		c.add(v, path, "must have exactly one of %s, but has %d", strings.Join(group, " and "), n)
	}
}

func exactly(v *strictjson.Value, pair [2]string) bool {
	return (v.Get(pair[0]) != nil) != (v.Get(pair[1]) != nil)
}

func (r *rule) member(name string) *rule {
	if sub := r.fields[name]; sub != nil {
		return sub
	}
	for _, l := range r.loose {
		if l.name.MatchString(name) {
			return l.rule
		}
	}
	return nil
}

// meant is a hint at the property that a near miss was meant for.
func (r *rule) meant(name string) string {
	best, least := "", 4
	for _, known := range slices.Sorted(maps.Keys(r.fields)) {
		if d := distance(strings.ToLower(known), strings.ToLower(name)); d < least && d*3 < len(known) {
			best, least = known, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance counts the letters to add, drop or change to make one name of the other.
func distance(a, b string) int {
	if len(b) > 64 {
		return len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

var truncated = regexp.MustCompile(`^(-?(?:[1-9][0-9]*)?[0-9]{4})(-(1[0-2]|0[1-9])(-(3[01]|0[1-9]|[12][0-9])(T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?)?)?)?$`)

func isDateTime(s string) bool {
	_, err := time.Parse(time.RFC3339, strings.ToUpper(s))
	return err == nil
}
