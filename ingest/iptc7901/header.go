package iptc7901

import (
	"regexp"
	"strconv"
	"strings"
)

// header is what stands between SOH and STX: one line of codes, then the slug.
type header struct {
	service, sequence string // the product, and its own counter
	priority          string
	category          string
	words             int
	agency, number    string // the house, and its counter over all products
	reference         string
	slug              string
}

var headerLine = regexp.MustCompile(`^\s*([A-Za-z]{1,8})[ ]?(\d{1,5})\s+(\S)\s+([A-Za-z]{1,3})(?:\s+(\d{1,6}))?(.*)$`)

var houseNumber = regexp.MustCompile(`^(.*?)\s*([A-Za-z][A-Za-z-]*)\s+(\d{1,5})\s*(.*)$`)

// readHeader reads the part of the frame before STX. It reports false when the first line is not the standard's:
// letters and number, priority, category.
func readHeader(head string) (header, bool) {
	lines := strings.Split(strings.Trim(head, "\r\n\x00"), "\n")
	m := headerLine.FindStringSubmatch(strings.TrimRight(lines[0], "\r "))
	if m == nil {
		return header{}, false
	}
	h := header{service: m[1], sequence: m[2], priority: m[3], category: m[4]}
	h.words, _ = strconv.Atoi(m[5])
	if n := houseNumber.FindStringSubmatch(m[6]); n != nil {
		h.agency, h.number, h.reference = n[2], n[3], strings.TrimSpace(n[4])
	}
	var slug []string
	for _, l := range lines[1:] {
		if l = strings.TrimSpace(l); l != "" {
			slug = append(slug, l)
		}
	}
	h.slug = strings.TrimRight(strings.Join(slug, ""), "/ ")
	return h, true
}

// keywords are the words of the slug.
func (h header) keywords() []string {
	var all []string
	for w := range strings.SplitSeq(h.slug, "/") {
		if w = strings.TrimSpace(w); w != "" {
			all = append(all, w)
		}
	}
	return all
}

// counter is a counter as the line keeps it; dpa's 0000 says that there is none.
func counter(n string) string {
	if strings.Trim(n, "0") == "" {
		return ""
	}
	return n
}
