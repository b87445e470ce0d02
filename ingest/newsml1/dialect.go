package newsml1

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

func (it *item) is(words ...string) bool {
	for _, w := range words {
		if strings.Contains(it.who, w) {
			return true
		}
	}
	return false
}

// zone is what agencies mean by times that name no zone.
func (it *item) zone() {
	switch {
	case it.is("ana-mpe", "ana.gr"):
		it.Zone("Europe/Athens")
	case it.is("kyodo"):
		it.Zone("Asia/Tokyo")
	case it.is("efe"):
		it.Zone("Europe/Madrid")
	case it.is("anp"):
		it.Zone("Europe/Amsterdam")
	case it.is("ats.ch", "keystone", "sda"):
		it.Zone("Europe/Zurich")
	case it.is("tass"):
		it.Zone("Europe/Moscow")
	}
}

// cityAgency is a dateline in the text: "Zwolle (ANP/…) -".
var cityAgency = regexp.MustCompile(`^([\p{Lu}][\p{L}' .-]{1,40}?) \(([A-Z][A-Za-z.-]{1,15})[/)]`)

// pressWires are houses that distribute what others pay for: press releases, and no news.
var pressWires = []string{"business wire", "businesswire", "globenewswire", "globe newswire", "pr newswire", "prnewswire", "accesswire", "newsfile", "ots.at", "news aktuell"}

// dialect takes out of headline and text what fields should have said.
func (it *item) dialect() {
	body := it.Plain()
	if it.Item.Located == "" {
		if m := cityAgency.FindStringSubmatch(strings.TrimSpace(body)); m != nil {
			it.Item.Located = m[1]
		} else if place, _, ok := strings.Cut(it.Dateline, ","); ok && !strings.ContainsAny(place, "0123456789/") {
			it.Item.Located = strings.TrimSpace(place)
		}
	}
	if it.Item.By == "" {
		it.byInText(body)
	}
	text := strings.ToLower(it.who + " " + it.Item.Headline() + " " + it.Credit)
	for _, w := range pressWires {
		if strings.Contains(text, w) {
			it.pressRelease()
		}
	}
}

// byInText is a line among the first of the text that is a byline and no more.
func (it *item) byInText(body string) {
	for range 3 {
		line, rest, _ := strings.Cut(strings.TrimLeft(body, "\n"), "\n")
		if by := wirecopy.Byline(line); by != strings.TrimSpace(line) && len(line) < 80 && !strings.HasSuffix(line, ".") && strings.HasPrefix(line, "By ") {
			it.By(line)
			return
		}
		body = rest
	}
}

// place writes the names of places that one agency sends in its own letters as others know them.
func place(name string) string {
	switch strings.TrimSpace(name) {
	case "Αθήνα", "ΑΘΗΝΑ":
		return "Athens"
	case "Θεσσαλονίκη", "ΘΕΣΣΑΛΟΝΙΚΗ":
		return "Thessaloniki"
	}
	return strings.TrimSpace(name)
}
