package notice

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/wiretime"
)

var monthNames, weekdayNames = alternatives(wiretime.Months()), alternatives(wiretime.Weekdays())

// alternatives is a pattern of all names of three letters and more, longest first so that "mar" does not hide "march".
func alternatives(names []string) string {
	names = slices.DeleteFunc(names, func(n string) bool { return utf8.RuneCountInString(n) < 3 })
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	for i, name := range names {
		names[i] = regexp.QuoteMeta(name)
	}
	return strings.Join(names, "|")
}

// doubtful are letters that mean two zones, or a word as well: an embargo that names one is unreadable.
var doubtful = map[string]bool{"ist": true, "cst": true, "ast": true, "west": true, "get": true}

var (
	offsetForm = regexp.MustCompile(`(?:(?:gmt|utc)\s?([+-]\d{1,2}(?::?\d\d)?)|\s([+-]\d\d:?\d\d))(?:[^\d]|$)`)
	// lettersForm is a word right behind an hour, where a zone in letters stands.
	lettersForm = regexp.MustCompile(`(?:\d|[ap]\.?\s?m\.?|noon|midnight)(?:\s*(?:hrs|hours|uhr|h))?\s*,?\s*\(?(\p{L}{1,5})(?:[^\p{L}]|$)`)
	cityForm    = regexp.MustCompile(`(?:^|[^\p{L}])(?:new )?(\p{L}+)\s+(?:local )?(?:standard |daylight |summer )?time(?:[^\p{L}]|$)`)
	// northAmerica are its two letters, which are words in other languages, where an hour to the minute or its half of
	// the day stands in front.
	northAmerica = regexp.MustCompile(`(?:\d[:.]\d\d|[ap]\.?\s?m\.?|noon)\s*\(?(et|ct|mt|pt|eastern)(?:[^\p{L}]|$)`)
	byTime       = regexp.MustCompile(`(?:بتوقيت|به وقت|по)\s+(\p{L}+)`)
	hanTime      = regexp.MustCompile(`(北京)时间`)
	stranger     = regexp.MustCompile(`\d\s?[a-z]{3,4}t(?:[^\p{L}]|$)`)
)

// zone is the zone that the words name, the line's own where they name none. It is not known where they name one we
// cannot place: that must not become the line's.
func (w *reader) zone() (*time.Location, bool) {
	if g := w.take(offsetForm); g != nil {
		return offsetZone(g[1] + g[2]), true
	}
	if g := northAmerica.FindStringSubmatch(w.left); g != nil {
		return w.placed(g[1])
	}
	for _, g := range lettersForm.FindAllStringSubmatch(w.left, -1) {
		if doubtful[g[1]] {
			return nil, false
		}
		if _, ok := wiretime.Zone(g[1]); ok && len(g[1]) != 2 {
			return w.placed(g[1])
		}
	}
	for _, form := range []*regexp.Regexp{cityForm, byTime, hanTime} {
		if g := form.FindStringSubmatch(w.left); g != nil {
			return w.placed(g[1])
		}
	}
	for _, name := range []string{"gmt", "utc"} {
		if strings.Contains(w.left, name) {
			return w.placed(name)
		}
	}
	return w.own(), stranger.FindString(w.left) == ""
}

// own is the zone of the line, for words that name none.
func (w *reader) own() *time.Location {
	w.zoneless = w.clock.Zone == nil
	return w.clock.zone()
}

// placed takes the zone's name out of the words and finds the zone.
func (w *reader) placed(name string) (*time.Location, bool) {
	w.left = strings.Replace(w.left, name, " ", 1)
	switch name {
	case "local", "the", "release", "embargo":
		return w.own(), true
	case "北京":
		name = "beijing"
	}
	return wiretime.Zone(name)
}

// offsetZone reads "+02:00", "-0500"; anything else is UTC.
func offsetZone(s string) *time.Location {
	zone, ok := wiretime.Zone(s)
	if !ok {
		return time.UTC
	}
	return zone
}
