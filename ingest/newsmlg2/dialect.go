package newsmlg2

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

func (it *item) is(words ...string) bool {
	for _, w := range words {
		if strings.Contains(it.provider, w) {
			return true
		}
	}
	return false
}

// zone is what agencies mean by times that name no zone.
func (it *item) zone() {
	switch {
	case it.is("stt.fi", "stt "):
		it.Zone("Europe/Helsinki")
	case it.is("businessdesk", "scoop"):
		it.Zone("Pacific/Auckland")
	case it.is("ansa"):
		it.Zone("Europe/Rome")
	case it.is("yonhap", "yna.co.kr"):
		it.Zone("Asia/Seoul")
	case it.is("dpa"):
		it.Zone("Europe/Berlin")
	}
}

// emptyMeansNone: Scoop sends an empty embargoed element with every item that has no embargo.
func (it *item) emptyMeansNone() bool { return it.is("businessdesk", "scoop") }

// dialect takes out of the text what a field should have said: the byline, and the place of a dateline in the agency's
// own form.
func (it *item) dialect() {
	body := it.Plain()
	if by := bylineIn(body); by != "" && it.Item.By == "" {
		it.By(by)
	}
	if it.Item.Located == "" {
		it.Item.Located, _ = wirecopy.Dateline(body, label(it.meta.Child("provider")))
	}
	if m := placed.FindStringSubmatch(it.Dateline); m != nil && it.Item.Located == "" {
		it.Item.Located = m[1]
	}
	if it.NotForPublication == "" && it.is("dpa") && preview.MatchString(it.Item.Headline()) {
		it.NotForPublication = "news schedule"
	}
}

// placed is a dateline that names place and agency: "MADRID, 21 Nov. 2026 (XYZ) -".
var placed = regexp.MustCompile(`^(\p{L}[^,()\d]{1,40}?)(?:,[^()]*)?\s*\(`)

// preview is the head of dpa's lists of what it plans.
var preview = regexp.MustCompile(`(?i)(?:tages|termin|themen|wochen)vorschau\b`)

// bylineIn is a line among the first five that begins like a byline and is no more than that.
func bylineIn(body string) string {
	n := 0
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if n++; n > 5 {
			return ""
		}
		for _, by := range []string{"By ", "Von ", "Par ", "Por "} {
			if strings.HasPrefix(line, by) && len(line) < 80 && !strings.HasSuffix(line, ".") {
				return line
			}
		}
	}
	return ""
}
