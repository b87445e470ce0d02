package dateline

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// date is a day as the text states it; the year is 0 where it states none.
type date struct{ year, month, day int }

// String is the date as ISO 8601, truncated where the year is not stated: "--06-14".
func (d date) String() string {
	switch {
	case d.day == 0:
		return ""
	case d.year == 0:
		return fmt.Sprintf("--%02d-%02d", d.month, d.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// readDate reads a date in either order, with a weekday or without, or a weekday alone.
func (p *parse) readDate() bool {
	from := p.at
	open := p.skip('(')
	day := p.weekday()
	if p.monthDay() || p.dayMonth() || p.ideographs() || p.numbers() {
		p.year()
		if !open || p.skip(')') {
			return true
		}
	}
	if day && !open {
		return true
	}
	p.at = from
	return false
}

func (p *parse) weekday() bool {
	if p.at >= p.last || p.v.Tag(p.at)&lexicon.Weekday == 0 {
		return false
	}
	p.at++
	p.skip('.')
	p.skip(',', '،')
	return true
}

// monthAt says whether the token is a month's name, not a word of the same spelling.
func (p *parse) monthAt(i int32) bool {
	n, _ := p.month(i)
	return n > 0
}

func (p *parse) month(i int32) (number int, after int32) {
	for _, h := range p.v.HitsIn(lexicon.Cue, i, i+1) {
		if e := p.v.Entry(h); e.Tags&lexicon.Month != 0 {
			return int(e.Weight), h.Last
		}
	}
	return 0, i
}

// number is the value of the digits at a token, 0 where there are others than digits.
func (p *parse) number(i int32) int {
	if i >= p.last || !p.v.Tokens[i].Is(lexicon.Digit) {
		return 0
	}
	n := 0
	for _, r := range p.v.Surface(i) {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '٠' && r <= '٩':
			n = n*10 + int(r-'٠')
		case r >= '۰' && r <= '۹':
			n = n*10 + int(r-'۰')
		default:
			return 0
		}
		if n > 9999 {
			return 0
		}
	}
	return n
}

func (p *parse) monthDay() bool {
	month, at := p.month(p.at)
	if month == 0 {
		return false
	}
	if at < p.last && p.v.Tokens[at].Rune == '.' {
		at++
	}
	day := p.number(at)
	if day < 1 || day > 31 {
		return false
	}
	p.date, p.at = date{month: month, day: day}, at+1
	return true
}

func (p *parse) dayMonth() bool {
	day := p.number(p.at)
	if day < 1 || day > 31 {
		return false
	}
	at := p.at + 1
	if at < p.last && (p.v.Tokens[at].Rune == '.' || p.v.Tokens[at].Rune == '-') {
		at++
	}
	if at < p.last && p.v.Surface(at) == "de" {
		at++
	}
	month, at := p.month(at)
	if month == 0 {
		return false
	}
	p.date, p.at = date{month: month, day: day}, at
	if p.rune() == '.' && p.v.Tag(at-1)&lexicon.Abbreviation != 0 {
		p.at++
	}
	if other, after := p.month(min(at+1, p.last-1)); p.rune() == '/' && other == month {
		p.at = after // حزيران/يونيو
	}
	return true
}

// hanNumber is the value of Chinese numerals before a mark, up to thirty-one, and the token after them: 二十三.
func (p *parse) hanNumber(i int32) (n int, after int32) {
	const digits = "一二三四五六七八九"
	for ; i < p.last && p.v.Tokens[i].Is(lexicon.Single); i++ {
		s := p.v.Surface(i)
		switch at := strings.Index(digits, s); {
		case s == "十":
			n = max(n, 1) * 10
		case at >= 0 && n%10 == 0:
			n += at/len("一") + 1
		default:
			return n, i
		}
	}
	return n, i
}

// hanDate reads 九月八日.
func (p *parse) hanDate() bool {
	month, i := p.hanNumber(p.at)
	if month < 1 || month > 12 || i >= p.last || p.v.Surface(i) != "月" {
		return false
	}
	day, i := p.hanNumber(i + 1)
	if day < 1 || day > 31 || i >= p.last || p.v.Surface(i) != "日" {
		return false
	}
	p.date, p.at = date{month: month, day: day}, i+1
	return true
}

// ideographs reads 9月8日, with or without a year, in figures or numerals.
func (p *parse) ideographs() bool {
	if p.hanDate() {
		return true
	}
	i, year := p.at, 0
	if n := p.number(i); n > 31 && i+1 < p.last && p.v.Surface(i+1) == "年" {
		year, i = n, i+2
	}
	month := p.number(i)
	if month >= 1 && month <= 12 && i+3 < p.last && p.v.Surface(i+1) == "月" && p.v.Surface(i+3) == "日" {
		if day := p.number(i + 2); day >= 1 && day <= 31 {
			p.date, p.at = date{year, month, day}, i+4
			return true
		}
	}
	if day := month; day > 0 && i == p.at && i+1 < p.last && p.v.Surface(i+1) == "日" {
		p.at = i + 2
		return true
	}
	return false
}

// numbers reads 14.06.2019 and 2019-06-14.
func (p *parse) numbers() bool {
	if p.at+4 >= p.last {
		return false
	}
	a, b, c := p.number(p.at), p.number(p.at+2), p.number(p.at+4)
	mark := p.v.Tokens[p.at+1].Rune
	if p.v.Tokens[p.at+3].Rune != mark || mark != '.' && mark != '/' && mark != '-' {
		return false
	}
	if a > 1900 {
		a, c = c, a
	}
	if c < 1900 || c > 2100 || b < 1 || b > 12 || a < 1 || a > 31 {
		return false
	}
	p.date, p.at = date{c, b, a}, p.at+5
	return true
}

// year reads the year after a date.
func (p *parse) year() {
	i := p.at
	if p.rune() == ',' || p.rune() == '،' {
		i++
	}
	if i < p.last && p.v.Surface(i) == "de" {
		i++
	}
	if n := p.number(i); n >= 1900 && n <= 2100 && p.date.year == 0 && len(strconv.Itoa(n)) == 4 {
		p.date.year = n
		p.at = i + 1
	}
}
