package notice

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// months are the names of the months in lower case, in the languages that notices come in.
var months = numbered(`january jan janvier janv januar jän jänner enero ene janeiro gennaio gen января янв stycznia sty січня يناير ژانویه ocak januari
february feb février févr februar febrero fevereiro fev febbraio февраля фев lutego lut лютого فبراير شباط فوریه şubat februari
march mar mars märz mär marzo março марта мар marca березня مارس آذار mart maart
april apr avril avr abril abr aprile aprila апреля апр kwietnia kwi квітня أبريل ابريل نيسان آوریل nisan
may mai mayo maio maggio mag мая maja травня مايو أيار ايار مه mayıs mei
june jun juin juni junio junho giugno giu июня июн czerwca cze червня يونيو حزيران ژوئن haziran
july jul juillet juil juli julio julho luglio lug июля июл lipca lip липня يوليو تموز ژوئیه temmuz
august aug août agosto ago августа авг sierpnia sie серпня أغسطس اغسطس آب اوت ağustos augustus
september sep sept septembre septiembre setembro settembre set сентября сен сент września wrz вересня سبتمبر أيلول ايلول سپتامبر eylül
october oct octobre oktober okt octubre outubro out ottobre ott октября окт października paź жовтня أكتوبر اكتوبر اکتبر ekim
november nov novembre noviembre novembro ноября ноя listopada lis листопада نوفمبر نوامبر kasım
december dec décembre déc dezember dez diciembre dic dezembro dicembre декабря дек grudnia gru грудня ديسمبر دسامبر aralık`)

// weekdays are the names of the days of the week in lower case, Monday first.
var weekdays = numbered(`monday mon montag lundi lunes segunda-feira lunedì понедельник понедельника понеделок poniedziałek الاثنين الإثنين دوشنبه pazartesi maandag 星期一 周一
tuesday tue tues dienstag mardi martes terça-feira martedì вторник вторника wtorek الثلاثاء سه‌شنبه سه-شنبه salı dinsdag 星期二 周二
wednesday wed mittwoch mercredi miércoles quarta-feira mercoledì среда среду среды środa środę الأربعاء الاربعاء چهارشنبه çarşamba woensdag 星期三 周三
thursday thu thur thurs donnerstag jeudi jueves quinta-feira giovedì четверг четверга czwartek الخميس پنجشنبه پنج‌شنبه perşembe donderdag 星期四 周四
friday fri freitag vendredi viernes sexta-feira venerdì пятница пятницу пятницы piątek الجمعة جمعه cuma vrijdag 星期五 周五
saturday sat samstag sonnabend samedi sábado sabato суббота субботу субботы sobota sobotę السبت شنبه cumartesi zaterdag 星期六 周六
sunday sun sonntag dimanche domingo domenica воскресенье воскресенья niedziela niedzielę الأحد الاحد یکشنبه یک‌شنبه pazar zondag 星期日 星期天 周日`)

var monthNames, weekdayNames = alternatives(months), alternatives(weekdays)

func numbered(table string) map[string]int {
	names := map[string]int{}
	for i, line := range strings.Split(table, "\n") {
		for _, name := range strings.Fields(line) {
			names[name] = i + 1
		}
	}
	return names
}

// alternatives is a pattern of all names, longest first so that "mar" does not hide "march".
func alternatives(names map[string]int) string {
	sorted := slices.SortedFunc(maps.Keys(names), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	for i, name := range sorted {
		sorted[i] = regexp.QuoteMeta(name)
	}
	return strings.Join(sorted, "|")
}

// abbreviations are the zones that wires write in letters, as minutes east of UTC. Letters that mean two zones (IST,
// CST in Asia) are left out: an embargo that names one is unreadable.
var abbreviations = map[string]int{
	"gmt": 0, "utc": 0, "z": 0, "wet": 0, "мск": 180, "msk": 180, "bst": 60, "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120,
	"eet": 120, "eest": 180, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "acst": 570, "awst": 480, "nzst": 720, "nzdt": 780,
	"wat": 60, "cat": 120, "eat": 180, "sast": 120, "irst": 210, "trt": 180, "pkt": 300, "brt": -180, "art": -180, "wib": 420,
}

// cities are the zones that wires write in words: "London time", "Eastern", "بتوقيت دمشق".
var cities = map[string]string{
	"london": "Europe/London", "uk": "Europe/London", "british": "Europe/London", "paris": "Europe/Paris", "berlin": "Europe/Berlin",
	"rome": "Europe/Rome", "madrid": "Europe/Madrid", "brussels": "Europe/Brussels", "geneva": "Europe/Zurich", "vienna": "Europe/Vienna",
	"athens": "Europe/Athens", "helsinki": "Europe/Helsinki", "stockholm": "Europe/Stockholm", "warsaw": "Europe/Warsaw", "kyiv": "Europe/Kyiv",
	"istanbul": "Europe/Istanbul", "ankara": "Europe/Istanbul", "moscow": "Europe/Moscow", "московского": "Europe/Moscow", "московскому": "Europe/Moscow",
	"damascus": "Asia/Damascus", "دمشق": "Asia/Damascus", "beirut": "Asia/Beirut", "بيروت": "Asia/Beirut", "cairo": "Africa/Cairo", "القاهرة": "Africa/Cairo",
	"baghdad": "Asia/Baghdad", "riyadh": "Asia/Riyadh", "dubai": "Asia/Dubai", "tehran": "Asia/Tehran", "تهران": "Asia/Tehran",
	"delhi": "Asia/Kolkata", "beijing": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "tokyo": "Asia/Tokyo", "seoul": "Asia/Seoul",
	"singapore": "Asia/Singapore", "sydney": "Australia/Sydney", "new york": "America/New_York", "eastern": "America/New_York", "et": "America/New_York",
	"central": "America/Chicago", "ct": "America/Chicago", "mountain": "America/Denver", "mt": "America/Denver", "pacific": "America/Los_Angeles", "pt": "America/Los_Angeles",
	"washington": "America/New_York", "غرينتش": "UTC", "جرينتش": "UTC", "گرینویچ": "UTC", "гринвичу": "UTC", "greenwich": "UTC", "africa": "",
}

var (
	offsetForm = regexp.MustCompile(`(?:(?:gmt|utc)\s?([+-]\d{1,2}(?::?\d\d)?)|\s([+-]\d\d:?\d\d))(?:[^\d]|$)`)
	// lettersForm is a zone in letters right behind an hour.
	lettersForm = regexp.MustCompile(`(?:\d|[ap]\.?\s?m\.?|uhr|noon|midnight)\s*,?\s*\(?(` + zoneLetters() + `)\b`)
	cityForm    = regexp.MustCompile(`(?:^|[^\p{L}])(new york|[\p{L}]+)\s+(?:local )?(?:standard |daylight |summer )?time(?:[^\p{L}]|$)`)
	etForm      = regexp.MustCompile(`(?:\d|[ap]\.?\s?m\.?|noon)\s*\(?(et|ct|mt|pt|eastern|central|pacific)(?:[^\p{L}]|$)`)
	byTime      = regexp.MustCompile(`(?:بتوقيت|به وقت|по)\s+(\p{L}+)|(北京时间)`)
	stranger    = regexp.MustCompile(`\d\s?([a-z]{3,4}t|ist|cst|ast)(?:[^\p{L}]|$)`)
)

func zoneLetters() string {
	letters := map[string]int{}
	for name := range abbreviations {
		if name != "z" && name != "мск" {
			letters[name] = 0
		}
	}
	return alternatives(letters) + "|z"
}

// zone is the zone that the words name, the line's own where they name none. It is not known where they name one we
// cannot place: that must not become the line's.
func (w *reader) zone() (*time.Location, bool) {
	if g := w.take(offsetForm); g != nil {
		return offsetZone(g[1] + g[2]), true
	}
	if strings.Contains(w.left, "мск") {
		w.left = strings.ReplaceAll(w.left, "мск", " ")
		return offset(180), true
	}
	if g := lettersForm.FindStringSubmatch(w.left); g != nil {
		w.left = strings.Replace(w.left, g[1], " ", 1)
		return offset(abbreviations[g[1]]), true
	}
	for _, form := range []*regexp.Regexp{etForm, cityForm, byTime} {
		if g := form.FindStringSubmatch(w.left); g != nil {
			return w.named(g)
		}
	}
	for name, minutes := range map[string]int{"gmt": 0, "utc": 0} {
		if strings.Contains(w.left, name) {
			w.left = strings.ReplaceAll(w.left, name, " ")
			return offset(minutes), true
		}
	}
	return w.clock.zone(), stranger.FindString(w.left) == ""
}

func (w *reader) named(groups []string) (*time.Location, bool) {
	name := groups[1]
	if name == "" {
		name = groups[len(groups)-1]
	}
	w.left = strings.Replace(w.left, name, " ", 1)
	if name == "local" || name == "the" || name == "release" || name == "embargo" {
		return w.clock.zone(), true
	}
	place, ok := cities[name]
	if !ok || place == "" {
		return nil, false
	}
	zone, err := time.LoadLocation(place)
	return zone, err == nil
}

func offset(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}

// offsetZone reads "+02:00", "-0500", "z".
func offsetZone(s string) *time.Location {
	if s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	hours, minutes := number(digits), 0
	if len(digits) > 2 {
		hours, minutes = number(digits[:len(digits)-2]), number(digits[len(digits)-2:])
	}
	if total := hours*60 + minutes; s[0] == '-' {
		return offset(-total)
	} else {
		return offset(total)
	}
}
