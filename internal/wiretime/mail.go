package wiretime

import (
	"strings"
	"time"
)

// shortMonths and shortDays are the names in dates of RFC 822, three letters each.
const (
	shortMonths = "JanFebMarAprMayJunJulAugSepOctNovDec"
	shortDays   = "SunMonTueWedThuFriSat"
)

// mail reads a date in the one form of RFC 822 in which nearly all come: "Tue, 03 Mar 2026 10:20:00 +0100". Any other,
// however near, is for parse, which reads this one the same and takes longer.
func mail(s string) (p parts, ok bool) {
	if len(s) < len("Tue, 3 Mar 2026 10:20:00 Z") || s[3] != ',' || s[4] != ' ' {
		return p, false
	}
	weekday := strings.Index(shortDays, s[:3])
	digits := leading(s[5:])
	if weekday < 0 || weekday%3 != 0 || digits < 1 || digits > 2 {
		return p, false
	}
	p.day, s = number(s[5:5+digits]), s[5+digits:]
	if len(s) < len(" Mar 2026 10:20:00 Z") || s[0] != ' ' || s[4] != ' ' || s[9] != ' ' || s[12] != ':' || s[15] != ':' || s[18] != ' ' {
		return p, false
	}
	month := strings.Index(shortMonths, s[1:4])
	if month < 0 || month%3 != 0 || leading(s[5:]) != 4 || leading(s[10:]) != 2 || leading(s[13:]) != 2 || leading(s[16:]) != 2 {
		return p, false
	}
	p.weekday, p.hasWeekday = time.Weekday(weekday/3), true
	p.month, p.year = month/3+1, number(s[5:9])
	p.hour, p.minute, p.second, p.hasHour, p.hasMinute = number(s[10:12]), number(s[13:15]), number(s[16:18]), true, true
	switch zone := s[19:]; {
	case zone == "GMT" || zone == "UTC" || zone == "Z":
		p.zone = time.UTC
	case len(zone) == 5 && leading(zone[1:]) == 4:
		p.zone, _ = offset(zone)
	}
	return p, p.zone != nil && p.day > 0 && p.day <= 31 && p.year >= 1900 && p.year < 2100 && p.hour < 24 && p.minute < 60 && p.second < 60
}
