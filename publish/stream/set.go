package stream

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// MaxSubjects is how many subjects one reader may ask for.
const MaxSubjects = 16

var (
	errFacet = errors.New("no such facet")
	errSet   = errors.New("cannot follow that")
)

// set is what a reader follows: patterns of the news that do not overlap, each of four parts, sorted. Readers of equal
// sets share one consumer.
type set []string

func (s set) key() string { return strings.Join(s, " ") }

// once says that no two copies of a revision are on the set: then nobody needs to look.
func (s set) once() bool {
	if len(s) != 1 {
		return false
	}
	t := strings.Split(s[0], ".")
	return t[1] == "wire" || t[1] != "*" && t[2] != "*"
}

// of are the patterns of one story on the set.
func (s set) of(story string) []string {
	var out []string
	for _, p := range s {
		cut := strings.LastIndexByte(p, '.') + 1
		if own := p[cut:]; own == "*" || own == story {
			out = append(out, p[:cut]+story)
		}
	}
	return out
}

// facetSet is the set of one address: a facet and its value, "*" for every value.
func facetSet(facet, value string) (set, error) {
	if facets := wiredesk.FacetNames(); !slices.Contains(facets, facet) {
		return nil, fmt.Errorf("%w: %q; the facets are %s", errFacet, facet, strings.Join(facets, ", "))
	}
	if facet == "place" || facet == "lang" || facet == "alert" {
		value = strings.ToLower(value)
	}
	if value == "*" {
		return set{stream.NewsPrefix + facet + ".*.*"}, nil
	}
	subject, err := stream.News(wiredesk.Facet{Name: facet, Value: value}, "*")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSet, err)
	}
	return set{subject}, nil
}

// subjectSet is the set of subjects that were asked for. What another one covers goes.
func subjectSet(asked []string) (set, error) {
	if len(asked) == 0 {
		return nil, fmt.Errorf("%w: name subjects, as in ?subject=news.place.sy.*&subject=news.source.sana.*", errSet)
	}
	if len(asked) > MaxSubjects {
		return nil, fmt.Errorf("%w: %d subjects, and the limit is %d", errSet, len(asked), MaxSubjects)
	}
	var all set
	for _, s := range asked {
		if why := stream.NotNews(s); why != "" {
			return nil, fmt.Errorf("%w: %q %s: write it like news.place.sy.*", errSet, s, why)
		}
		all = append(all, whole(s))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	out := set{}
	for _, s := range all {
		if !slices.ContainsFunc(all, func(other string) bool { return other != s && stream.Covers(other, s) }) {
			out = append(out, s)
		}
	}
	for i, s := range out {
		for _, before := range out[:i] {
			if stream.Overlap(before, s) {
				return nil, fmt.Errorf("%w: %q overlaps %q: ask for one that covers both", errSet, s, before)
			}
		}
	}
	return out, nil
}

// whole writes a pattern with all its four parts.
func whole(s string) string {
	t := strings.Split(s, ".")
	if t[len(t)-1] == ">" {
		t = t[:len(t)-1]
		for len(t) < 4 {
			t = append(t, "*")
		}
	}
	return strings.Join(t, ".")
}
