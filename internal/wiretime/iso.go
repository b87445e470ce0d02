package wiretime

import (
	"strings"
	"time"
)

// iso reads ISO 8601, extended and basic, with or without hour and zone, and with a space for the "T".
func iso(s string) (p parts, ok bool) {
	digits := leading(s)
	switch {
	case digits == 4 && len(s) >= 7 && s[4] == '-':
		p.year, p.month = number(s[:4]), number(s[5:7])
		if p.month < 1 || leading(s[5:]) != 2 {
			return p, false
		}
		s = s[7:]
		if s != "" && s[0] == '-' {
			if leading(s[1:]) != 2 {
				return p, false
			}
			p.day, s = number(s[1:3]), s[3:]
		}
	case digits == 8 || digits == 14 || digits == 12:
		p.year, p.month, p.day = number(s[:4]), number(s[4:6]), number(s[6:8])
		if p.year < 1000 || p.month < 1 || p.month > 12 {
			return p, false
		}
		if s = s[8:]; digits > 8 {
			s = "T" + s
		}
	case digits == 4 && len(s) == 4:
		p.year = number(s)
		return p, p.year > 1500
	default:
		return p, false
	}
	if s == "" {
		return p, true
	}
	if s[0] != 'T' && s[0] != 't' && s[0] != ' ' {
		z, found := zoneOf(s)
		p.zone = z
		return p, found
	}
	return p.isoHour(strings.TrimLeft(s[1:], " "))
}

func (p parts) isoHour(s string) (parts, bool) {
	switch n := leading(s); {
	case n == 2 && len(s) >= 5 && s[2] == ':' && leading(s[3:]) == 2:
		p.hour, p.minute, s = number(s[:2]), number(s[3:5]), s[5:]
		if len(s) >= 3 && s[0] == ':' && leading(s[1:]) == 2 {
			p.second, s = number(s[1:3]), s[3:]
		}
	case n == 6:
		p.hour, p.minute, p.second, s = number(s[:2]), number(s[2:4]), number(s[4:6]), s[6:]
	case n == 4:
		p.hour, p.minute, s = number(s[:2]), number(s[2:4]), s[4:]
	default:
		return p, false
	}
	p.hasHour, p.hasMinute = true, true
	if s != "" && (s[0] == '.' || s[0] == ',') {
		n := leading(s[1:])
		if n == 0 {
			return p, false
		}
		p.nanos = number((s[1:1+n] + "000000000")[:9])
		s = s[1+n:]
	}
	if s = strings.TrimSpace(s); s == "" {
		return p, true
	}
	zone, ok := zoneOf(s)
	if !ok {
		first, second, _ := strings.Cut(s, " ")
		if zone, ok = zoneOf(first); ok {
			_, ok = zoneOf(second)
		}
	}
	p.zone = zone
	return p, ok
}

func leading(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func number(s string) int {
	n := 0
	for i := range min(len(s), 9) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// offset reads +02:00, +0200, +02, -5.
func offset(s string) (*time.Location, bool) {
	if len(s) < 2 || s[0] != '+' && s[0] != '-' {
		return nil, false
	}
	digits := strings.Replace(s[1:], ":", "", 1)
	if leading(digits) != len(digits) {
		return nil, false
	}
	h, m := 0, 0
	switch len(digits) {
	case 1, 2:
		h = number(digits)
	case 3:
		h, m = number(digits[:1]), number(digits[1:])
	case 4:
		h, m = number(digits[:2]), number(digits[2:])
	default:
		return nil, false
	}
	if h > 14 || m > 59 {
		return nil, false
	}
	seconds := h*3600 + m*60
	if s[0] == '-' {
		seconds = -seconds
	}
	if seconds == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", seconds), true
}
