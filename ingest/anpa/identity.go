package anpa

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// edition is what the keyword line says of this version.
type edition struct {
	number  int  // 0 for the first, 1 for "1st Ld"
	loose   bool // a kill, a correction, a piece: it has no number of its own, its time places it
	partial bool // an add, a sub, an insert: a piece or an instruction
}

var (
	ordinal = regexp.MustCompile(`(?i)(\d+)(?:st|nd|rd|th)\s?(?:ld|lead|writethru|add|sub|insert|take|update|correct)`)
	pieces  = regexp.MustCompile(`(?i)(?:^|\d(?:st|nd|rd|th)\s?|\b)(?:add|sub|insert|pickup|take)\b`)
	orders  = regexp.MustCompile(`(?i)kill|elim|correct|withh|advisory`)
	rewrite = regexp.MustCompile(`(?i)writethru|\bld\b`)
)

func (m *message) edition() edition {
	words := strings.Join(append([]string{m.version}, m.editions...), " ")
	var e edition
	if n := ordinal.FindStringSubmatch(words); n != nil {
		e.number, _ = strconv.Atoi(n[1])
	} else if rewrite.MatchString(words) {
		e.number = 1
	}
	e.partial = pieces.MatchString(words) && !strings.Contains(strings.ToLower(words), "writethru")
	e.loose = e.partial || e.number == 0 && orders.MatchString(words)
	return e
}

// version is the edition's number as text; empty where the message's time must place it.
func (e edition) version() string {
	if e.loose {
		return ""
	}
	return strconv.Itoa(e.number)
}

// alerts are keywords under which unrelated news goes out on one day.
var alerts = regexp.MustCompile(`(?i)alert|flash|bulletin|newsbreak`)

// uri is the story's family. A message with a keyword line is one version of what its keyword names on its day,
// whatever service or category it goes out on; so a writethru replaces and a kill finds what it means. Where the keyword
// names no one story, or there is none, service, number, day and text make the identity: nothing in it is ever a constant
// or a random number. A sender that names a document of one message is believed.
func (m *message) uri(raw wiredesk.Raw, alone bool) string {
	if raw.URI != "" && raw.Item == 0 && alone {
		return ninjs.URI(raw.Provider, raw.URI)
	}
	day := m.day
	if day == "" {
		day = m.dayWritten()
	}
	keyword := strings.Join(strings.Fields(strings.ToLower(m.title)), " ")
	parts := []string{raw.Provider, day, keyword}
	if keyword == "" || day == "" || alerts.MatchString(keyword) {
		parts = append(parts, m.service, m.sequence, m.headline, m.body)
	}
	return "urn:wiredesk:anpa:" + wiredesk.ShortHash(parts...)
}

// dayWritten is the day of the stamp or footer, as it stands there.
func (m *message) dayWritten() string {
	if p := footerTime.FindStringSubmatch(m.footer); p != nil {
		return p[2] + "-" + p[3]
	}
	if p := kyodoStamp.FindStringSubmatch(m.stamp); p != nil {
		return p[4] + "-" + p[3]
	}
	return ""
}

// slug is the keyword without the region in front. The line cuts the header's at 24 characters; a word that is cut there
// is left out, as the keyword line of the text shows.
func (m *message) slug() (slug, region string) {
	slug = m.keyword
	if slug == "" {
		slug = strings.Join(strings.Fields(m.title), "")
	}
	slug = m.uncut(slug)
	if r, rest, ok := strings.Cut(slug, "--"); ok && len(r) == 2 {
		return rest, r
	}
	return slug, ""
}

func (m *message) uncut(keyword string) string {
	at := 0
	kept := 0
	for _, word := range strings.Fields(m.title) {
		if !strings.HasPrefix(keyword[min(at, len(keyword)):], word) {
			if rest := keyword[min(at, len(keyword)):]; kept > 0 && rest != "" && strings.HasPrefix(word, rest) {
				return keyword[:kept]
			}
			return keyword
		}
		at += len(word)
		kept = at
	}
	return keyword
}
