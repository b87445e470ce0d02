package wiretime

// hours finds the hour: 14:20, 14.20 Uhr, 14h20, 6 p.m., 12.01 a.m., 0001 GMT, noon, midnight.
func (c *clues) hours() {
	for i := 0; i < len(c.list) && !c.hasHour; i++ {
		switch p := c.list[i]; {
		case p.kind == 'n' && len(p.text) <= 2:
			c.clock(i)
		case p.kind == 'n' && len(p.text) == 4:
			c.military(i)
		case p.text == "noon" || p.text == "midday" || p.text == "mittags":
			c.hour, c.hasHour = 12, true
			c.use(i, 1)
		case p.text == "midnight" || p.text == "mitternacht" || p.text == "minuit":
			c.hour, c.hasHour = 0, true
			c.use(i, 1)
		}
	}
}

// clock reads an hour that begins at i.
func (c *clues) clock(i int) {
	hour, n, sure := c.list[i].value, 1, false
	sep := c.at(i + 1)
	if (sep.kind == ':' || sep.kind == '.' || sep.text == "h") && sep.glued && c.at(i+2).kind == 'n' && len(c.at(i+2).text) == 2 && c.at(i+2).glued {
		c.minute, c.hasMinute, n = c.at(i+2).value, true, 3
		sure = sep.kind == ':' || sep.text == "h"
		if c.at(i+3).kind == ':' && c.at(i+4).kind == 'n' {
			c.second, n = c.at(i+4).value, 5
			if c.at(i+5).kind == '.' && c.at(i+6).kind == 'n' && c.at(i+6).glued {
				n = 7
			}
		}
	}
	after := c.at(i + n)
	switch {
	case (after.text == "a" || after.text == "p") && c.at(i+n+1).kind == '.' && c.at(i+n+2).text == "m":
		hour, sure = half(hour, after.text), true
		n += 3
	case after.text == "am" || after.text == "pm":
		hour, sure = half(hour, after.text[:1]), true
		n++
	case after.text == "uhr" || after.text == "uur" || after.text == "hrs" || after.text == "hours" || after.text == "h" || after.text == "heures" || after.text == "horas":
		sure = true
		n++
	case c.hasMinute && !sure:
		_, zoned := zoneOf(after.text)
		sure = zoned && after.kind == 'w'
	}
	if !sure || hour > 24 || c.minute > 59 {
		c.minute, c.second, c.hasMinute = 0, 0, false
		return
	}
	c.hour, c.hasHour = hour, true
	c.use(i, n)
}

func half(hour int, letter string) int {
	if letter == "p" && hour < 12 {
		return hour + 12
	}
	if letter == "a" && hour == 12 {
		return 0
	}
	return hour
}

// military reads 0001 GMT, 0600 hrs, 1626GMT.
func (c *clues) military(i int) {
	after := c.at(i + 1)
	_, zoned := zoneOf(after.text)
	marked := after.kind == 'w' && (zoned || after.text == "hrs" || after.text == "hours" || after.text == "uhr" || after.text == "h")
	v := c.list[i].value
	if !marked || v/100 > 24 || v%100 > 59 {
		return
	}
	c.hour, c.minute, c.hasHour, c.hasMinute = v/100, v%100, true, true
	c.use(i, 1)
}

// numericDates finds 03.08.2026, 3/8/26, 2026/08/03, 08-29-16 and 08-29.
func (c *clues) numericDates() {
	for i := range c.list {
		a, sep, b := c.at(i), c.at(i+1), c.at(i+2)
		if c.day != 0 || a.kind != 'n' || b.kind != 'n' || a.used || b.used || !sep.glued || !b.glued || len(b.text) > 2 {
			continue
		}
		if sep.kind != '/' && sep.kind != '-' && sep.kind != '.' {
			continue
		}
		third := c.at(i + 4)
		if c.at(i+3).kind != sep.kind || third.kind != 'n' || third.used {
			if sep.kind == '-' && len(a.text) == 2 && len(b.text) == 2 && a.value <= 12 && b.value <= 31 {
				c.month, c.day = a.value, b.value
				c.use(i, 3)
			} else if sep.kind == '.' && c.at(i+3).kind == '.' && a.value <= 31 && b.value <= 12 {
				c.day, c.month = a.value, b.value
				c.use(i, 4)
			}
			continue
		}
		if c.threeNumbers(a, b, third, sep.kind) {
			c.use(i, 5)
		}
	}
}

func (c *clues) threeNumbers(a, b, third piece, sep byte) bool {
	switch {
	case len(a.text) == 4:
		c.year, c.month, c.day = a.value, b.value, third.value
	case len(third.text) != 4 && len(third.text) != 2:
		return false
	case a.value > 12 || sep == '.' || sep == '/' && b.value <= 12 && !c.monthFirst:
		c.day, c.month = a.value, b.value
	default:
		c.month, c.day = a.value, b.value
	}
	if len(a.text) != 4 {
		c.year, c.shortYear = third.value, len(third.text) == 2
	}
	return true
}

// words finds the names of months and weekdays, with the numbers that belong to them.
func (c *clues) words() {
	for i := range c.list {
		p := c.list[i]
		if p.kind != 'w' || p.used {
			continue
		}
		if d, ok := weekdayOf(p.text); ok && !c.hasWeekday {
			c.weekday, c.hasWeekday = d, true
			c.use(i, 1)
			continue
		}
		if n, ok := dayWord(p.text); ok && !c.hasRelative {
			c.relative, c.hasRelative = n, true
			c.use(i, 1)
			continue
		}
		name, size := p.text, 1
		if monthOf(name+" "+c.at(i+1).text) != 0 {
			name, size = name+" "+c.at(i+1).text, 2
		}
		if m := monthOf(name); m != 0 && c.month == 0 && c.aroundMonth(i, size) {
			c.month = m
			c.use(i, size)
		}
	}
}

// aroundMonth finds the day before or after a month's name, and the year after it.
func (c *clues) aroundMonth(i, size int) bool {
	day := -1
	for j := i - 1; j >= max(0, i-3) && day < 0; j-- {
		p := c.list[j]
		if p.kind == 'n' && !p.used && p.value >= 1 && p.value <= 31 && len(p.text) <= 2 {
			day = j
		} else if p.kind == 'n' || p.kind == 'w' && !filler(p.text) {
			break
		}
	}
	next := i + size
	for c.at(next).kind == '.' || c.at(next).kind == '-' || c.at(next).kind == ',' {
		next++
	}
	if p := c.at(next); day < 0 && p.kind == 'n' && !p.used && p.value >= 1 && p.value <= 31 && len(p.text) <= 2 {
		day = next
		next++
	}
	if day < 0 {
		return false
	}
	c.day = c.list[day].value
	c.use(day, 1)
	c.yearAt(next)
	return true
}

// yearAt reads the year at j, past the words and signs that part it from the month.
func (c *clues) yearAt(j int) {
	for k := 0; k < 3 && j < len(c.list); k++ {
		p := c.list[j]
		switch {
		case p.kind == 'n' && !p.used && len(p.text) == 4 && p.value > 1500:
			c.year = p.value
			c.use(j, 1)
			return
		case p.kind == 'n' && !p.used && len(p.text) == 2:
			c.year, c.shortYear = p.value, true
			c.use(j, 1)
			return
		case p.kind == 'n', p.kind == 'w' && !filler(p.text):
			return
		}
		j++
	}
}

// loneNumbers takes a four-digit number left over as the year (Mon Aug 3 09:15:00 2026) or, in a field that has a day
// already, as the hour.
func (c *clues) loneNumbers() {
	for i, p := range c.list {
		if p.kind != 'n' || p.used || len(p.text) != 4 || c.day == 0 || sign(c.at(i-1)) {
			continue
		}
		switch {
		case c.year == 0 && p.value > 1500 && (c.hasHour || p.value > 2359 || p.value%100 > 59):
			c.year = p.value
			c.use(i, 1)
		case !c.hasHour && p.value/100 < 24 && p.value%100 < 60:
			c.hour, c.minute, c.hasHour = p.value/100, p.value%100, true
			c.use(i, 1)
		}
	}
}
