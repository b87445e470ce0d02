package notice

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// Until reads the end of an embargo from words such as "0001 GMT Friday", "6 March 2026 at 10 a.m. London time" or
// "09. Oktober 14.20 Uhr". It answers only where hour and day are certain: a day without an hour, a numeric date that
// reads two ways, an unknown zone, an hour that names no zone where the clock has none, a weekday that contradicts its date are all false. An hour without a day is the
// next such hour after the receipt, a weekday the one nearest to it that is not more than a day past, a date without
// a year the nearest one that is not more than a month past. Hours that a clock change makes ambiguous are the later of the two.
func Until(words string, clock Clock) (time.Time, bool) {
	w := &reader{left: " " + plainDigits(strings.ToLower(words)) + " ", clock: clock}
	if t, ok := w.iso(); ok {
		return t, !w.zoneless
	}
	zone, known := w.zone()
	if !known || w.zoneless || !w.date() || w.day == 0 && unreadDay.MatchString(w.left) || !w.hour() {
		return time.Time{}, false
	}
	if w.day == 0 && anyDigit.MatchString(w.left) {
		return time.Time{}, false // a date in words nobody here knows: its hour must not become today's
	}
	w.weekday()
	w.relative(zone)
	return w.resolve(zone)
}

// reader takes what it recognises out of the words, so that nothing is read twice.
type reader struct {
	left             string
	clock            Clock
	year, month, day int
	week             int // 1 Monday … 7 Sunday; 0 when not said
	hours, minutes   int
	endOfDay         bool // midnight: the end of the day named, the later reading
	zoneless         bool // neither the words nor the clock name a zone
}

// take removes the first match and returns its groups, nil where there is none.
func (w *reader) take(form *regexp.Regexp) []string {
	at := form.FindStringSubmatchIndex(w.left)
	if at == nil {
		return nil
	}
	groups := make([]string, len(at)/2)
	for i := range groups {
		if at[2*i] >= 0 {
			groups[i] = w.left[at[2*i]:at[2*i+1]]
		}
	}
	w.left = w.left[:at[0]] + "  " + w.left[at[1]:]
	return groups
}

var isoForm = regexp.MustCompile(`(\d{4})-?(\d\d)-?(\d\d)[t ]\s*(\d\d):?(\d\d)(?::?\d\d(?:\.\d+)?)?\s*(z|[+-]\d\d:?\d\d|gmt|utc)?\s`)

func (w *reader) iso() (time.Time, bool) {
	g := w.take(isoForm)
	if g == nil {
		return time.Time{}, false
	}
	zone := w.own()
	if g[6] != "" {
		zone, w.zoneless = offsetZone(g[6]), false
	}
	w.year, w.month, w.day = number(g[1]), number(g[2]), number(g[3])
	w.hours, w.minutes = number(g[4]), number(g[5])
	return w.resolve(zone)
}

// unreadDay is a day of a month in a form that the ones below do not read. An hour beside it must not become today's.
var unreadDay = regexp.MustCompile(`(?:^|[^\p{L}])(?:` + monthNames + `)\.?\s+\d{1,2}(?:\D|$)|(?:^|\D)\d{1,2}\S{0,2}\s+(?:de |of |do )?(?:` + monthNames + `)(?:[^\p{L}]|$)`)

var (
	dayMonth = regexp.MustCompile(`(?:^|[^\d:.])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de |of |do )?(` + monthNames + `)(?:[.,:;)\s]|$)\s*(?:de |del |of |\bг)?\s*((?:19|20)\d\d\b)?`)
	monthDay = regexp.MustCompile(`(?:^|[^\p{L}])(` + monthNames + `)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:[,;)\s]|[:.](?:\s|$)|$)\s*((?:19|20)\d\d\b)?`)
	hanDate  = regexp.MustCompile(`(?:(\d{4})\s*[年년])?\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号일]`)
	dotted   = regexp.MustCompile(`(?:^|[^\d:.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:\d\d){1,2}\b)?`)
	slashed  = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})/(\d{1,2})/((?:\d\d){1,2})\b`)
	dashed   = regexp.MustCompile(`(?:^|[^\d])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[^\d]|$)`)
	anyDigit = regexp.MustCompile(`\d`)
)

// date reads a calendar date if there is one; it fails on one that cannot be read with certainty.
func (w *reader) date() bool {
	if g := w.take(dashed); g != nil {
		w.year, w.month, w.day = number(g[1]), number(g[2]), number(g[3])
	} else if g := w.take(hanDate); g != nil {
		w.year, w.month, w.day = number(g[1]), number(g[2]), number(g[3])
	} else if g := w.take(dayMonth); g != nil {
		w.day, w.month, w.year = number(g[1]), int(wiretime.Month(g[2])), number(g[3])
	} else if g := w.take(monthDay); g != nil {
		w.month, w.day, w.year = int(wiretime.Month(g[1])), number(g[2]), number(g[3])
	} else if g := w.take(dotted); g != nil {
		w.day, w.month, w.year = number(g[1]), number(g[2]), century(g[3])
	} else if g := w.take(slashed); g != nil {
		return w.slashed(number(g[1]), number(g[2]), century(g[3]))
	}
	return true
}

// slashed reads 31/03/26 and 03/31/26; 03/04/26 is the third of April or the fourth of March, so it is neither.
func (w *reader) slashed(a, b, year int) bool {
	switch {
	case a == b, a > 12:
		w.day, w.month, w.year = a, b, year
	case b > 12:
		w.day, w.month, w.year = b, a, year
	default:
		return false
	}
	return true
}

var (
	halfDay  = regexp.MustCompile(`(?:^|[^\d:.])(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?\s?m\b\.?`)
	colonDay = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})\s?[:.h]\s?(\d\d)(?:[^\d]|$)`)
	wordHour = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})\s*(?:uhr|heures?|horas?|hrs|hours|o'?clock|h|ч|час\p{L}*|saat)(?:[^\p{L}\d]|$)`)
	clock4   = regexp.MustCompile(`(?:^|[^\d])([01]\d|2[0-4])([0-5]\d)(?:\s*(?:hrs|hours|h|uhr))?(?:[^\p{L}\d]|$)`)
	hanHour  = regexp.MustCompile(`(\d{1,2})\s*[时時点點시]\s*(?:(\d{1,2})\s*[分분])?`)
	hourWord = regexp.MustCompile(`(?:الساعة|ساعت|saat|à|at|um|a las)\s+(\d{1,2})(?:[^\d:]|$)`)
	midnight = regexp.MustCompile(`midnight|mitternacht|minuit|medianoche|meia-noite|mezzanotte|полноч\p{L}*|منتصف الليل|نیمه.?شب`)
	noon     = regexp.MustCompile(`(?:^|[^\p{L}])(?:12 )?(?:noon|midday|midi|mediodía|mittag|12 uhr mittags|полдень)(?:[^\p{L}]|$)`)
)

// hour reads the time of day; there is no certain end of an embargo without one.
func (w *reader) hour() bool {
	if g := w.take(halfDay); g != nil {
		w.hours, w.minutes = number(g[1])%12, number(g[2])
		if g[3] == "p" {
			w.hours += 12
		}
		return number(g[1]) >= 1 && number(g[1]) <= 12 && w.minutes < 60
	}
	for _, form := range []*regexp.Regexp{colonDay, hanHour, wordHour, clock4, hourWord} {
		g := w.take(form)
		if g == nil {
			continue
		}
		w.hours = number(g[1])
		if len(g) > 2 {
			w.minutes = number(g[2])
		}
		return w.hours < 24 && w.minutes < 60 || w.hours == 24 && w.minutes == 0
	}
	if w.take(midnight) != nil {
		w.hours, w.endOfDay = 24, true
		return true
	}
	if w.take(noon) != nil {
		w.hours = 12
		return true
	}
	return false
}

var weekdayForm = regexp.MustCompile(`(?:^|[^\p{L}])(` + weekdayNames + `)(?:[^\p{L}]|$)`)

func (w *reader) weekday() {
	if g := w.take(weekdayForm); g != nil {
		if day, ok := wiretime.Weekday(g[1]); ok {
			w.week = (int(day)+6)%7 + 1
		}
	}
}

var (
	todayForm    = regexp.MustCompile(`(?:^|[^\p{L}])(?:today|tonight|heute|aujourd'hui|hoy|hoje|oggi|сегодня|اليوم|امروز|bugün|今天)(?:[^\p{L}]|$)`)
	tomorrowForm = regexp.MustCompile(`(?:^|[^\p{L}])(?:tomorrow|morgen|demain|mañana|amanhã|domani|завтра|غدا|غداً|فردا|yarın|明天)(?:[^\p{L}]|$)`)
)

// relative turns today and tomorrow into a date of the zone.
func (w *reader) relative(zone *time.Location) {
	if w.day != 0 || w.week != 0 {
		return
	}
	now := w.clock.Received.In(zone)
	switch {
	case w.take(tomorrowForm) != nil:
		now = now.AddDate(0, 0, 1)
	case w.take(todayForm) == nil:
		return
	}
	w.year, w.month, w.day = now.Year(), int(now.Month()), now.Day()
}

// hasDay says that words name a day or an hour, whether or not they can be read.
func hasDay(words string) bool {
	low := " " + plainDigits(strings.ToLower(words)) + " "
	for _, form := range []*regexp.Regexp{dayMonth, monthDay, hanDate, weekdayForm, colonDay, halfDay, dashed} {
		if form.MatchString(low) {
			return true
		}
	}
	return false
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// century reads a two-digit year as one of this century, as wires do.
func century(s string) int {
	if n := number(s); len(s) == 2 {
		return 2000 + n
	} else {
		return n
	}
}

// plainDigits writes Arabic-Indic and Persian digits as 0 to 9.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == '：':
			return ':'
		case r == '\u00a0' || r == '\u200e' || r == '\u200f' || r == '\u202f':
			return ' '
		}
		return r
	}, s)
}

// Date reads words that are a full date, with or without an hour, and nothing else: "14 June 2026, 10:20 GMT". It is
// false without a year, and for a sentence that mentions a date. A date without an hour is its first instant.
func Date(words string, clock Clock) (time.Time, bool) {
	w := &reader{left: " " + plainDigits(strings.ToLower(words)) + " ", clock: clock}
	if t, ok := w.iso(); ok {
		return t, w.spent()
	}
	zone, known := w.zone()
	if !known || !w.date() || w.year == 0 || w.day == 0 {
		return time.Time{}, false
	}
	w.hour()
	w.weekday()
	t, ok := w.resolve(zone)
	return t, ok && w.spent()
}

var fillers = regexp.MustCompile(`\b(?:published|updated|date|time|at|on|um|à|a las|le|am|den|uhr|the)\b|[^\p{L}\p{N}]`)

// spent says that nothing but filling words is left.
func (w *reader) spent() bool { return fillers.ReplaceAllString(w.left, "") == "" }
