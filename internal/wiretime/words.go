package wiretime

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Month is the month that a word in lower case names, in the languages of the wire; 0 for any other word.
func Month(word string) time.Month { return time.Month(monthOf(word)) }

// Months are the words that [Month] knows, sorted.
func Months() []string { return slices.Sorted(maps.Keys(months)) }

// Weekday is the day of the week that a word in lower case names, in the languages of the wire.
func Weekday(word string) (time.Weekday, bool) { return weekdayOf(word) }

// Weekdays are the words that [Weekday] knows, sorted.
func Weekdays() []string { return slices.Sorted(maps.Keys(weekdays)) }

// Zone is the zone that a word names: letters such as GMT, MESZ and МСК, or a city as prose names it, "Moscow".
func Zone(word string) (*time.Location, bool) {
	if zone, ok := zoneOf(word); ok {
		return zone, true
	}
	return cityZone(strings.ToLower(word))
}
