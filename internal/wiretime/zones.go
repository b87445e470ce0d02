package wiretime

import (
	"strconv"
	"strings"
	"time"
)

// zoneOf is the zone a word or offset names: Z, +02:00, GMT, GMT+3, EST, MESZ, МСК, America/New_York.
func zoneOf(s string) (*time.Location, bool) {
	if z, ok := offset(s); ok {
		return z, true
	}
	low := strings.ToLower(strings.Trim(s, "()[]. ,"))
	if east, ok := hours[low]; ok {
		if east == 0 {
			return time.UTC, true
		}
		return time.FixedZone("", int(east*3600)), true
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

// hours are the zones whose names fix their offset: a line for each offset, in hours east of Greenwich.
var hours = offsets(`-10 hst
-9 akst hdt
-8 pst akdt
-7 mst pdt
-6 cst mdt
-5 est cdt cot pet
-4 edt ast clt bot vet
-3.5 nst
-3 brt art adt uyt clst
-2.5 ndt
0 z gmt utc ut wet uct zulu гринвича غرينتش جرينتش
1 bst cet mez wat west met hnec
2 cest mesz eet sast cat mest oez hec
3 eest msk мск trt eat ast-arabia oesz
3.5 irst
4 gst irdt samt azt get amt
4.5 aft
5 pkt uzt yekt
5.5 ist
5.75 npt
6 bdt almt omst
7 ict wib krat
8 hkt sgt pht awst myt wita irkt
9 jst kst yakt wit
9.5 acst
10 aest vlat
10.5 acdt
11 aedt magt sbt
12 nzst pett fjt
13 nzdt`)

func offsets(table string) map[string]float64 {
	all := map[string]float64{}
	for line := range strings.SplitSeq(table, "\n") {
		words := strings.Fields(line)
		east, err := strconv.ParseFloat(words[0], 64)
		if err != nil {
			continue
		}
		for _, name := range words[1:] {
			all[name] = east
		}
	}
	return all
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

// cities are the zones of cities that prose names beside an hour: "Moscow time", "heure de Paris".
var cities = zonesOf(`Europe/London london londres
Europe/Paris paris
Europe/Berlin berlin
Europe/Brussels brussels bruxelles
Europe/Zurich geneva genève zurich
Europe/Rome rome roma
Europe/Madrid madrid
Europe/Moscow moscow москве московскому moskau moscou moscú
Europe/Kyiv kyiv kiev киеву
Europe/Istanbul istanbul ankara
Asia/Damascus damascus دمشق
Asia/Tehran tehran تهران
Asia/Shanghai beijing pekin peking
Asia/Tokyo tokyo
Asia/Seoul seoul
Asia/Kolkata delhi
Australia/Sydney sydney
Pacific/Auckland wellington
America/New_York york washington`)

func zonesOf(table string) map[string]string {
	all := map[string]string{}
	for line := range strings.SplitSeq(table, "\n") {
		words := strings.Fields(line)
		for _, name := range words[1:] {
			all[name] = words[0]
		}
	}
	return all
}

func cityZone(city string) (*time.Location, bool) {
	if name, ok := cities[city]; ok {
		return load(name)
	}
	return nil, false
}
