package notice

import "time"

// resolve makes an instant of what was read, against the receipt.
func (w *reader) resolve(zone *time.Location) (time.Time, bool) {
	if zone == nil || w.clock.Received.IsZero() && w.year == 0 {
		return time.Time{}, false
	}
	switch {
	case w.day != 0 && w.year != 0:
		t, ok := w.on(w.year, zone)
		return t, ok && w.agrees(t)
	case w.day != 0:
		return w.nearestYear(zone)
	case w.week != 0:
		return w.nearestWeekday(zone)
	}
	now := w.clock.Received.In(zone)
	t := wall(now.Year(), now.Month(), now.Day(), w.hours, w.minutes, zone)
	if !t.After(now) {
		t = wall(now.Year(), now.Month(), now.Day()+1, w.hours, w.minutes, zone)
	}
	return t, true
}

const month = 31 * 24 * time.Hour

// on is the instant in that year; false where the calendar has no such day.
func (w *reader) on(year int, zone *time.Location) (time.Time, bool) {
	if w.month < 1 || w.month > 12 || w.day < 1 {
		return time.Time{}, false
	}
	if d := time.Date(year, time.Month(w.month), w.day, 0, 0, 0, 0, time.UTC); d.Day() != w.day {
		return time.Time{}, false
	}
	return wall(year, time.Month(w.month), w.day, w.hours, w.minutes, zone), true
}

// nearestYear leaves out what is long past: a date months back is next year's, and reading it as gone would let the
// copy out.
func (w *reader) nearestYear(zone *time.Location) (time.Time, bool) {
	var best time.Time
	year := w.clock.Received.In(zone).Year()
	for y := year - 1; y <= year+1; y++ {
		t, ok := w.on(y, zone)
		if ok && w.agrees(t) && w.clock.Received.Sub(t) < month && (best.IsZero() || distance(t, w.clock.Received) < distance(best, w.clock.Received)) {
			best = t
		}
	}
	return best, !best.IsZero()
}

// nearestWeekday is the named day between yesterday and six days on.
func (w *reader) nearestWeekday(zone *time.Location) (time.Time, bool) {
	now := w.clock.Received.In(zone)
	ahead := (w.week - isoWeekday(now) + 7) % 7
	if ahead == 6 && !w.endOfDay {
		if t := wall(now.Year(), now.Month(), now.Day()-1, w.hours, w.minutes, zone); now.Sub(t) < 12*time.Hour {
			return t, true
		}
	}
	return wall(now.Year(), now.Month(), now.Day()+ahead, w.hours, w.minutes, zone), true
}

// agrees checks a stated weekday against the date. Midnight ends the day it names.
func (w *reader) agrees(t time.Time) bool {
	if w.hours == 24 {
		t = t.Add(-time.Minute)
	}
	return w.week == 0 || isoWeekday(t) == w.week
}

// wall is the later of the instants at which clocks in the zone show that time.
func wall(year int, month time.Month, day, hours, minutes int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, hours, minutes, 0, 0, zone)
	if again := t.Add(time.Hour); again.Hour() == t.Hour() && again.Minute() == t.Minute() {
		return again
	}
	return t
}

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func distance(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
