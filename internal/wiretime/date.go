package wiretime

import (
	"fmt"
	"time"
)

// date fills in what the writing left out of the day: the century, the year, or the whole of it.
func (p parts) date(at Setting, zone *time.Location, r *Reading) (year, month, day int, err error) {
	received := at.Received.In(zone)
	switch {
	case p.month != 0 && p.day != 0:
	case p.month != 0 && p.year != 0:
		p.day = 1
	case p.hasRelative && !at.Received.IsZero():
		t := received.AddDate(0, 0, p.relative)
		return t.Year(), int(t.Month()), t.Day(), nil
	case p.hasWeekday && !at.Received.IsZero():
		t := p.onWeekday(received, at.Ahead)
		r.Notes = append(r.Notes, "only a weekday given: read as "+t.Format(time.DateOnly))
		return t.Year(), int(t.Month()), t.Day(), nil
	case p.hasHour && !at.Received.IsZero() && p.month == 0 && p.day == 0 && p.year == 0:
		t := p.onHour(received, at.Ahead)
		r.Notes = append(r.Notes, "no day given: read as "+t.Format(time.DateOnly))
		return t.Year(), int(t.Month()), t.Day(), nil
	case p.year != 0 && p.day == 0:
		p.month, p.day = 1, 1
	default:
		return 0, 0, 0, fmt.Errorf("%w: no day given", ErrTime)
	}
	year = p.year
	switch {
	case p.shortYear:
		year = nearestCentury(p.year, at.Received)
	case year == 0 && at.Received.IsZero():
		return 0, 0, 0, fmt.Errorf("%w: no year given", ErrTime)
	case year == 0:
		year = p.nearestYear(received)
		r.Notes = append(r.Notes, fmt.Sprintf("no year given: read as %d, the nearest to the receipt", year))
	}
	if p.month > 12 || p.day < 1 || p.day > daysIn(year, p.month) {
		return 0, 0, 0, fmt.Errorf("%w: no such day: %04d-%02d-%02d", ErrTime, year, p.month, p.day)
	}
	return year, p.month, p.day, nil
}

func (p parts) onWeekday(received time.Time, ahead bool) time.Time {
	days := (int(p.weekday) - int(received.Weekday()) + 7) % 7
	switch {
	case !ahead && days > 3:
		days -= 7
	case ahead && days == 0 && p.hasHour && received.Hour()*60+received.Minute() > p.hour*60+p.minute:
		days = 7
	}
	return received.AddDate(0, 0, days)
}

// onHour is the day on which the hour is nearest to the receipt, or comes next.
func (p parts) onHour(received time.Time, ahead bool) time.Time {
	t := time.Date(received.Year(), received.Month(), received.Day(), p.hour, p.minute, p.second, 0, received.Location())
	switch gap := t.Sub(received); {
	case ahead && gap < 0:
		return t.AddDate(0, 0, 1)
	case !ahead && gap > 12*time.Hour:
		return t.AddDate(0, 0, -1)
	case !ahead && gap < -12*time.Hour:
		return t.AddDate(0, 0, 1)
	}
	return t
}

func (p parts) nearestYear(received time.Time) int {
	best, distance := received.Year(), time.Duration(1<<62)
	for y := received.Year() - 1; y <= received.Year()+1; y++ {
		if p.day > daysIn(y, p.month) {
			continue
		}
		t := time.Date(y, time.Month(p.month), p.day, p.hour, p.minute, 0, 0, received.Location())
		if d := received.Sub(t).Abs(); d < distance {
			best, distance = y, d
		}
	}
	return best
}

// nearestCentury reads a two-digit year; without a receipt 70 and above are of the last century.
func nearestCentury(yy int, received time.Time) int {
	if received.IsZero() {
		if yy >= 70 {
			return 1900 + yy
		}
		return 2000 + yy
	}
	year := received.Year()/100*100 + yy
	if year > received.Year()+50 {
		return year - 100
	}
	if year < received.Year()-50 {
		return year + 100
	}
	return year
}

func daysIn(year, month int) int {
	if month < 1 || month > 12 {
		return 0
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
