package iptc7901

import (
	"regexp"
	"strings"
)

var initials = regexp.MustCompile(`^[a-z0-9]{2,4}(?: [a-z0-9]{1,4})*$`)

// cutSignOff takes the last line when it is the house's sign-off: its name and the initials of who worked on it.
func cutSignOff(lines []string, agency string) ([]string, string) {
	house, _, _ := strings.Cut(agency, "-")
	for i := len(lines) - 1; i >= 0; i-- {
		l := strings.TrimSpace(lines[i])
		if l == "" {
			continue
		}
		first, rest, _ := strings.Cut(l, " ")
		if house != "" && strings.EqualFold(first, house) && initials.MatchString(rest) {
			return lines[:i], l
		}
		return lines[:i+1], ""
	}
	return lines, ""
}
