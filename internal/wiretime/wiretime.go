// Package wiretime reads the times of the wire: what standards prescribe, what agencies write instead, and what people
// say in a note to editors.
package wiretime

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // named zones resolve on every machine alike
)

// ErrTime is what Parse wraps: the text is no time it can read.
var ErrTime = errors.New("not a time")

// Zoneless is what to tell of an embargo whose end names no zone on a line that has none: read in some other place's
// time it might end hours early, so it is held.
const Zoneless = "the end of the embargo names no time zone and its feed has none: held until the sender lifts it; set the feed's zone: (such as America/New_York, or UTC) to give such times a place"

// Setting is what a time may leave to its reader.
type Setting struct {
	Zone       *time.Location // of times that name none; nil is UTC
	Received   time.Time      // when the copy came: the anchor of missing years, weekdays and "tomorrow"
	MonthFirst bool           // 03/08/2026 is 8 March; without it the day comes first
	Ahead      bool           // a weekday or an hour alone is the next one after the receipt, as an embargo means it
}

// Reading is a time and what had to be assumed to read it.
type Reading struct {
	Time     time.Time // keeps the offset that was written
	Original string    // as written
	Zoned    bool      // the text names its zone
	DateOnly bool      // no hour was given: Time is the beginning of that day
	// Ambiguous says that the hour happened twice or never, at a change of the clocks. Time is the earlier reading.
	Ambiguous bool
	// Notes are what was assumed, in an editor's words.
	Notes []string

	later time.Time
}

// Latest is the later reading of an ambiguous time, else Time: what an embargo must wait for.
func (r Reading) Latest() time.Time {
	if r.later.IsZero() {
		return r.Time
	}
	return r.later
}

// Parse reads a field that holds a time and nothing else: ISO 8601 extended and basic, RFC 822 and its kin, the forms
// of agency systems and of notes to editors ("0001 GMT on Friday", "4. August 14.20 Uhr"), with names of months and
// weekdays in the languages of the wire. A missing year, day or week is the one nearest to the receipt. It is pure and safe for concurrent use; the error wraps [ErrTime] and quotes the text.
func Parse(s string, at Setting) (Reading, error) {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return Reading{}, fmt.Errorf("%w: empty", ErrTime)
	}
	p, ok := iso(trimmed)
	if !ok {
		p, ok = mail(trimmed)
	}
	if !ok {
		p, ok = parse(trimmed, at.MonthFirst)
	}
	if !ok {
		return Reading{}, fmt.Errorf("%w: %q", ErrTime, trimmed[:min(len(trimmed), 60)])
	}
	r, err := p.settle(at)
	r.Original = trimmed
	return r, err
}

// parts is a time as far as it was written.
type parts struct {
	year, month, day       int // 0 when not written
	shortYear              bool
	weekday                time.Weekday
	relative               int // days after the receipt, with hasRelative
	hour, minute, second   int
	nanos                  int
	zone                   *time.Location
	hasWeekday, hasHour    bool
	hasRelative, hasMinute bool
	notes                  []string
}

// settle makes the parts a time, filling what is missing from the setting.
func (p parts) settle(at Setting) (Reading, error) {
	r := Reading{Zoned: p.zone != nil, DateOnly: !p.hasHour, Notes: slices.Clone(p.notes)}
	zone := p.zone
	if zone == nil {
		if zone = at.Zone; zone == nil {
			zone = time.UTC
		}
		if p.hasHour {
			r.Notes = append(r.Notes, "no zone given: read as "+zone.String())
		}
	}
	year, month, day, err := p.date(at, zone, &r)
	if err != nil {
		return Reading{}, err
	}
	if p.hour > 24 || p.hour == 24 && p.minute > 0 || p.minute > 59 || p.second > 60 {
		return Reading{}, fmt.Errorf("%w: no such hour: %02d:%02d:%02d", ErrTime, p.hour, p.minute, p.second)
	}
	r.Time = time.Date(year, time.Month(month), day, p.hour, p.minute, p.second, p.nanos, zone)
	r.clocks(p)
	return r, nil
}

// clocks flags an hour that a change of the clocks made twice, or skipped.
func (r *Reading) clocks(p parts) {
	if p.zone != nil && p.zone.String() == "" || !p.hasHour {
		return
	}
	for _, shift := range []time.Duration{-2 * time.Hour, -time.Hour, -30 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour} {
		other := r.Time.Add(shift)
		if other.Hour() == r.Time.Hour() && other.Minute() == r.Time.Minute() {
			r.Ambiguous = true
			r.Time, r.later = minTime(r.Time, other), maxTime(r.Time, other)
			r.Notes = append(r.Notes, "the clocks went back: that hour happened twice, the earlier is taken")
			return
		}
	}
	if r.Time.Hour() != p.hour%24 || r.Time.Minute() != p.minute {
		r.Ambiguous = true
		r.Notes = append(r.Notes, "the clocks went forward: that hour did not happen")
	}
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func maxTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
