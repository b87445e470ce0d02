package wiretime

import (
	"strings"
	"time"
	"unicode"
)

// piece is a number, a word or a sign of a time in words.
type piece struct {
	text  string // words in lower case
	value int    // of a number
	kind  byte   // 'n', 'w' or the sign itself
	glued bool   // no space before it
	used  bool
}

// clues is a time in words, being read.
type clues struct {
	parts
	list       []piece
	monthFirst bool
}

// parse reads a time from words in any order. A word it does not know makes it no time.
func parse(s string, monthFirst bool) (parts, bool) {
	c := clues{list: pieces(strings.ToValidUTF8(s[:min(len(s), 400)], "")), monthFirst: monthFirst}
	c.hours()
	c.numericDates()
	c.words()
	c.loneNumbers()
	c.zones()
	if c.leftOver() {
		return parts{}, false
	}
	return c.parts, c.hasHour || c.day != 0 || c.hasWeekday || c.hasRelative
}

func pieces(s string) []piece {
	var list []piece
	runes := []rune(s)
	for i := 0; i < len(runes); {
		r, start := runes[i], i
		glued := i > 0 && !unicode.IsSpace(runes[i-1])
		switch {
		case unicode.IsSpace(r):
			i++
		case unicode.IsDigit(r):
			value, digits := 0, ""
			for i < len(runes) && unicode.IsDigit(runes[i]) && i-start < 9 {
				d := digit(runes[i])
				value, digits = value*10+d, digits+string(rune('0'+d))
				i++
			}
			list = append(list, piece{text: digits, value: value, kind: 'n', glued: glued})
		case unicode.IsLetter(r):
			for i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsMark(runes[i]) || runes[i] == '/' && i+1 < len(runes) && unicode.IsUpper(runes[i+1])) {
				i++
			}
			list = append(list, piece{text: lower(string(runes[start:i])), kind: 'w', glued: glued})
		default:
			i++
			list = append(list, piece{text: string(r), kind: byte(min(r, 255)), glued: glued})
		}
	}
	return list
}

// lower keeps names of zones such as Europe/Paris as they are.
func lower(word string) string {
	if strings.Contains(word, "/") {
		return word
	}
	return strings.ToLower(word)
}

// digit is the value of a digit of any script.
func digit(r rune) int {
	for _, zero := range []rune{'0', '٠', '۰', '०', '０'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return 0
}

// at is the piece at i, an empty one beyond the ends.
func (c *clues) at(i int) piece {
	if i < 0 || i >= len(c.list) {
		return piece{}
	}
	return c.list[i]
}

func (c *clues) use(from, n int) {
	for i := from; i < from+n && i < len(c.list); i++ {
		c.list[i].used = true
	}
}

func (c *clues) leftOver() bool {
	for i, p := range c.list {
		weekday := i == 0 && (c.at(1).kind == ',' || c.at(1).kind == '.') // in whatever language
		if p.used || p.kind != 'n' && p.kind != 'w' || weekday && p.kind == 'w' {
			continue
		}
		if p.kind == 'n' || !filler(p.text) {
			return true
		}
	}
	return false
}

// zones finds the zone: a name or offset after the hour, or a city beside "time".
func (c *clues) zones() {
	for i := range c.list {
		p := c.list[i]
		if p.used && p.kind != 'w' || c.zone != nil {
			continue
		}
		switch {
		case p.kind == 'w' && (p.text == "gmt" || p.text == "utc") && sign(c.at(i+1)) && c.at(i+2).kind == 'n':
			c.offsetAt(i+1, i)
		case sign(p) && c.hasHour && !p.used && c.at(i+1).kind == 'n' && c.at(i+1).glued && !c.at(i+1).used:
			c.offsetAt(i, i)
		case p.kind == 'w' && !p.used:
			c.zoneWord(i)
		}
	}
	c.cityTime()
}

func sign(p piece) bool { return p.kind == '+' || p.kind == '-' }

func (c *clues) offsetAt(i, from int) {
	text := c.at(i).text + c.at(i+1).text
	n := i + 2
	if c.at(n).kind == ':' && c.at(n+1).kind == 'n' {
		text += ":" + c.at(n+1).text
		n += 2
	}
	if z, ok := offset(text); ok {
		c.zone = z
		c.use(from, n-from)
	}
}

func (c *clues) zoneWord(i int) {
	word := c.list[i].text
	if len(word) < 2 && word != "z" || word == "art" || word == "get" || word == "met" || word == "eat" || word == "cat" || word == "pet" || word == "wit" || word == "west" {
		return
	}
	if z, ok := zoneOf(word); ok && c.hasHour {
		c.zone = z
		c.use(i, 1)
		if word == "ist" || word == "cst" || word == "ast" {
			c.notes = append(c.notes, "the zone "+strings.ToUpper(word)+" has more than one meaning")
		}
	}
}

// cityTime reads "Moscow time", "heure de Paris", "по московскому времени".
func (c *clues) cityTime() {
	if c.zone != nil || !c.hasHour {
		return
	}
	timeWord := false
	city := -1
	var zone *time.Location
	for i, p := range c.list {
		switch p.text {
		case "time", "heure", "zeit", "hora", "ora", "времени", "время", "بتوقيت":
			timeWord = true
		}
		if z, ok := cityZone(p.text); ok && city < 0 {
			city, zone = i, z
		}
	}
	if timeWord && city >= 0 {
		c.zone = zone
		c.use(city, 1)
	}
}
