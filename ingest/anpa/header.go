package anpa

import (
	"regexp"
	"strings"
)

// header is what stands before the text.
type header struct {
	service  string // the service letter
	sequence string
	selector string
	priority string
	category string
	tabular  bool
	keyword  string // without the cycle in front and the version behind, cut by the line at 24 characters
	cycle    string // BC, AM, PM, AP
	version  string // "1stLd-Writethru"
	day      string // "11-13": month and day
	words    int
}

var (
	firstLine  = regexp.MustCompile(`^[\x16\s]*([A-Za-z])\s?(\d{4})\s*(?:\x1f\s*(\S*))?\s*$`)
	secondLine = regexp.MustCompile(`^\s*([A-Za-z0-9])\s+([A-Za-z]{1,3})\s*([\x13\x14]?[\x11\x12]?)\s*(.*)$`)
	dayWords   = regexp.MustCompile(`\s+(\d{2}-\d{2})(?:\s+(\d{1,5}))?\s*$`)
	cycles     = regexp.MustCompile(`^\s*(?i:(bc|am|pm|ap))-`)
	editions   = regexp.MustCompile(`[\s,]+((?i:\d+(?:st|nd|rd|th)\s?(?:ld|lead|add|sub|insert|take|writethru)\S*|writethru\S*|kill\S*|correct\S*|elim\S*|ld-\S+|urgent|bulletin))\s*$`)
)

// readHeader reads what stands between SOH and STX. It reports false when it is not ANPA's: a service letter with four
// digits, then a line of priority, category and keyword.
func readHeader(head string) (header, bool) {
	first, rest, ok := strings.Cut(strings.TrimLeft(head, "\r\n"), "\n")
	m := firstLine.FindStringSubmatch(strings.TrimRight(first, "\r"))
	if !ok || m == nil {
		return header{}, false
	}
	h := header{service: m[1], sequence: m[2], selector: strings.Trim(m[3], "-")}
	second, _, _ := strings.Cut(strings.TrimLeft(rest, "\r\n"), "\n")
	return h, h.codes(strings.TrimRight(second, "\r"))
}

// codes reads the line of codes, which telex lines send too.
func (h *header) codes(line string) bool {
	m := secondLine.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	h.priority, h.category = m[1], m[2]
	h.tabular = strings.ContainsAny(m[3], "\x12\x14")
	keyword := m[4]
	if d := dayWords.FindStringSubmatch(keyword); d != nil {
		h.day, h.words = d[1], number(d[2])
		keyword = strings.TrimSuffix(keyword, d[0])
	}
	h.keyword, h.version = apart(keyword)
	if c := cycles.FindStringSubmatch(h.keyword); c != nil {
		h.cycle = strings.ToUpper(c[1])
		h.keyword = strings.TrimPrefix(h.keyword, c[0])
	}
	return true
}

// apart parts a keyword from what stands behind it: "bridge-dam,1stLd-Writethru" is the keyword bridge-dam and an
// edition of it, with a comma between them or without.
func apart(keyword string) (word, version string) {
	keyword, version, _ = strings.Cut(keyword, ",")
	if v := editions.FindStringSubmatch(keyword); v != nil {
		keyword = strings.TrimSuffix(keyword, v[0])
		version = strings.TrimSpace(v[1] + " " + version)
	}
	return strings.TrimSpace(keyword), strings.TrimSpace(version)
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}
