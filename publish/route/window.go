package route

import (
	"fmt"
	"strings"
	"time"
)

// zones are the time zones that routes name, loaded when they are compiled.
type zones map[string]*time.Location

func (z zones) load(name string) error {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return fmt.Errorf("no time zone %q: write it like Asia/Damascus or UTC", name)
	}
	z[name] = loc
	return nil
}

// days are the days of a week that a text names: "mon-fri", "sat,sun", "fri-mon".
func days(text string) ([7]bool, error) {
	var on [7]bool
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		first, last := dayOf(from), dayOf(to)
		if first < 0 || last < 0 {
			return on, fmt.Errorf("no days %q: write them like mon-fri or sat,sun", text)
		}
		for d := first; ; d = (d + 1) % 7 {
			on[d] = true
			if d == last {
				break
			}
		}
	}
	return on, nil
}

func dayOf(word string) int {
	for d := range 7 {
		if long := time.Weekday(d).String(); strings.EqualFold(word, long) || strings.EqualFold(word, long[:3]) {
			return d
		}
	}
	return -1
}

// minutes is a time of day in minutes; 24:00 is the end of the day.
func minutes(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != 5 {
		return 0, fmt.Errorf("no time of day %q: write it like 06:30", text)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// weekday says whether the article was finished on one of the days, in the zone.
func (f *facts) weekday(names, zone string) bool {
	on, err := days(names)
	loc := f.zones[zone]
	return err == nil && loc != nil && on[f.at.In(loc).Weekday()]
}

// between says whether the article was finished within the hours, in the zone: the first minute is within, the last is
// not. Hours that end before they begin go over midnight.
func (f *facts) between(from, to, zone string) bool {
	first, err1 := minutes(from)
	last, err2 := minutes(to)
	loc := f.zones[zone]
	if err1 != nil || err2 != nil || loc == nil {
		return false
	}
	at := f.at.In(loc)
	now := at.Hour()*60 + at.Minute()
	if first <= last {
		return first <= now && now < last
	}
	return now >= first || now < last
}
