package wiretime

import (
	"strings"
	"time"
)

// zoneOf is the zone a word or offset names: Z, +02:00, GMT, GMT+3, EST, MESZ, МСК, America/New_York.
func zoneOf(s string) (*time.Location, bool) {
	if z, ok := offset(s); ok {
		return z, true
	}
	low := strings.ToLower(strings.Trim(s, "()[]. ,"))
	if hours, ok := zoneHours(low); ok {
		if hours == 0 {
			return time.UTC, true
		}
		return time.FixedZone("", int(hours*3600)), true
	}
	if name := zoneCity(low); name != "" {
		return load(name)
	}
	for _, prefix := range []string{"gmt", "utc"} {
		if rest, ok := strings.CutPrefix(low, prefix); ok {
			return offset(strings.TrimSpace(rest))
		}
	}
	if strings.Contains(s, "/") && len(s) < 40 {
		return load(strings.Trim(s, "()[] "))
	}
	return nil, false
}

func load(name string) (*time.Location, bool) {
	z, err := time.LoadLocation(name)
	return z, err == nil
}

// zoneHours are the zones whose names fix their offset, in hours east of Greenwich.
func zoneHours(name string) (float64, bool) {
	switch name {
	case "z", "gmt", "utc", "ut", "wet", "uct", "zulu", "гринвича", "غرينتش", "جرينتش":
		return 0, true
	case "bst", "cet", "mez", "wat", "west", "met", "hnec":
		return 1, true
	case "cest", "mesz", "eet", "sast", "cat", "mest", "oez", "hec":
		return 2, true
	case "eest", "msk", "мск", "trt", "eat", "ast-arabia", "oesz":
		return 3, true
	case "irst":
		return 3.5, true
	case "gst", "irdt", "samt", "azt", "get", "amt":
		return 4, true
	case "aft":
		return 4.5, true
	case "pkt", "uzt", "yekt":
		return 5, true
	case "ist":
		return 5.5, true
	case "npt":
		return 5.75, true
	case "bdt", "almt", "omst":
		return 6, true
	case "ict", "wib", "krat":
		return 7, true
	case "hkt", "sgt", "pht", "awst", "myt", "wita", "irkt":
		return 8, true
	case "jst", "kst", "yakt", "wit":
		return 9, true
	case "acst":
		return 9.5, true
	case "aest", "vlat":
		return 10, true
	case "acdt":
		return 10.5, true
	case "aedt", "magt", "sbt":
		return 11, true
	case "nzst", "pett", "fjt":
		return 12, true
	case "nzdt":
		return 13, true
	case "ndt":
		return -2.5, true
	case "brt", "art", "adt", "uyt", "clst":
		return -3, true
	case "nst":
		return -3.5, true
	case "edt", "ast", "clt", "bot", "vet":
		return -4, true
	case "est", "cdt", "cot", "pet":
		return -5, true
	case "cst", "mdt":
		return -6, true
	case "mst", "pdt":
		return -7, true
	case "pst", "akdt":
		return -8, true
	case "akst", "hdt":
		return -9, true
	case "hst":
		return -10, true
	}
	return 0, false
}

// zoneCity are names of zones whose offset depends on the date.
func zoneCity(name string) string {
	switch name {
	case "et", "eastern":
		return "America/New_York"
	case "ct":
		return "America/Chicago"
	case "mt":
		return "America/Denver"
	case "pt":
		return "America/Los_Angeles"
	}
	return ""
}

// cityZone is the zone of a city that prose names beside an hour: "Moscow time", "heure de Paris".
func cityZone(city string) (*time.Location, bool) {
	switch city {
	case "london", "londres":
		return load("Europe/London")
	case "paris":
		return load("Europe/Paris")
	case "berlin":
		return load("Europe/Berlin")
	case "brussels", "bruxelles":
		return load("Europe/Brussels")
	case "geneva", "genève", "zurich":
		return load("Europe/Zurich")
	case "rome", "roma":
		return load("Europe/Rome")
	case "madrid":
		return load("Europe/Madrid")
	case "moscow", "москве", "московскому", "moskau", "moscou", "moscú":
		return load("Europe/Moscow")
	case "kyiv", "kiev", "киеву":
		return load("Europe/Kyiv")
	case "istanbul", "ankara":
		return load("Europe/Istanbul")
	case "damascus", "دمشق":
		return load("Asia/Damascus")
	case "tehran", "تهران":
		return load("Asia/Tehran")
	case "beijing", "pekin", "peking":
		return load("Asia/Shanghai")
	case "tokyo":
		return load("Asia/Tokyo")
	case "seoul":
		return load("Asia/Seoul")
	case "delhi":
		return load("Asia/Kolkata")
	case "sydney":
		return load("Australia/Sydney")
	case "wellington":
		return load("Pacific/Auckland")
	case "york", "washington":
		return load("America/New_York")
	}
	return nil, false
}
