package iptc7901

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// stamp is the trailer's time: day, hour and minute in one, a zone or none, the month by name, two digits of year.
var stamp = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})\s*([A-Za-z]{2,5})?\s+(\p{L}{3,9})\.?\s+(\d{2}|\d{4})\b`)

// date sets the times from the trailer. A trailer that cannot be read is said so, never replaced by the time of
// receipt.
func (m *message) date(s *wiredesk.Story, raw wiredesk.Raw) {
	if m.trailer == "" {
		s.Repairs = append(s.Repairs, "no time stands after ETX: the story is undated")
		return
	}
	p := stamp.FindStringSubmatch(m.trailer)
	if p == nil {
		s.Repairs = append(s.Repairs, "the time after ETX cannot be read: the story is undated")
		return
	}
	words := strings.TrimSpace(fmt.Sprintf("%s %s %s, %s:%s %s", p[1], p[5], century(p[6]), p[2], p[3], p[4]))
	at, err := wiretime.Parse(words, wiretime.Setting{Zone: raw.House.Location(), Received: raw.Received})
	if err != nil {
		s.Repairs = append(s.Repairs, "the time after ETX cannot be read: the story is undated")
		return
	}
	s.Item.VersionCreated, s.Item.FirstCreated = at.Time, at.Time
	if at.Ambiguous {
		s.Repairs = append(s.Repairs, at.Notes...)
	}
}

// day is what of the trailer tells two stories apart that were written on different days.
func day(trailer string) string {
	p := stamp.FindStringSubmatch(trailer)
	if p == nil {
		return ""
	}
	return p[1] + strings.ToLower(p[5]) + p[6]
}

func century(year string) string {
	switch {
	case len(year) == 4:
		return year
	case year >= "70":
		return "19" + year
	}
	return "20" + year
}
