package anpa

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// footerTime is "AP-WF-08-29-26 1626GMT": the credit, month, day, two digits of year, time and zone.
var footerTime = regexp.MustCompile(`([A-Z]{2,4}-[A-Z]{2,3})-(\d{2})-(\d{2})-(\d{2})\s+(\d{2})(\d{2})\s*([A-Z]{3,4})?`)

// date sets the times: from the footer or stamp, which say the year and zone, else from the header's month and day, whose
// year is the one nearest to the receipt: 31 December that comes on 1 January is last year's.
func (m *message) date(s *wiredesk.Story, raw wiredesk.Raw) {
	words, original := m.stated()
	if words == "" {
		s.Repairs = append(s.Repairs, "the message states no time: the story is undated")
		return
	}
	at, err := wiretime.Parse(words, wiretime.Setting{Zone: raw.House.Location(), Received: raw.Received})
	if err != nil {
		s.Repairs = append(s.Repairs, "the time of the message cannot be read: the story is undated")
		return
	}
	s.Originals["versionCreated"] = original
	s.Item.VersionCreated = at.Time
	if e := m.edition(); e.number == 0 && !e.loose {
		s.Item.FirstCreated = at.Time
	}
	if at.Ambiguous {
		s.Repairs = append(s.Repairs, at.Notes...)
	}
}

// stated is the message's best statement of its time, with the month by name, and as it was written.
func (m *message) stated() (words, original string) {
	if p := footerTime.FindStringSubmatch(m.footer); p != nil {
		return written(p[3], p[2], century(p[4]), p[5]+":"+p[6], p[7]), p[0]
	}
	if p := kyodoStamp.FindStringSubmatch(m.stamp); p != nil {
		return written(p[3], p[4], century(p[5]), p[1]+":"+p[2], p[6]), p[0]
	}
	if month, day, ok := strings.Cut(m.day, "-"); ok {
		return written(day, month), m.day
	}
	return "", ""
}

// written puts a day, the number of a month, and what follows into words that cannot be misread.
func written(day, month string, rest ...string) string {
	n, err := strconv.Atoi(month)
	if err != nil || n < 1 || n > 12 {
		return ""
	}
	return strings.TrimSpace(day + " " + time.Month(n).String() + " " + strings.Join(rest, " "))
}

func century(year string) string {
	if year >= "70" {
		return "19" + year
	}
	return "20" + year
}
