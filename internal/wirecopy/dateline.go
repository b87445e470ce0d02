package wirecopy

import (
	"regexp"
	"strings"
)

var dateline = regexp.MustCompile(`^([^\s(][^()\n]{1,60}?)\s*\(([^()\n]{2,40})\)\s*(?:-{1,2}|–|—|_)\s`)

var month = regexp.MustCompile(`(?i),?\s+(jan|feb|mar|apr|may|mai|june?|july?|aug|sep|oct|okt|nov|dec|dez)[a-z.]*\s+\d{1,2}$`)

// Dateline finds the line's own opening in the first paragraphs, "CITY (agency) - ": the place, and the whole as it
// stands. The words in the brackets must name the agency, alone or among others. Both are empty where there is none.
func Dateline(body, agency string) (place, whole string) {
	rest := body
	for range 5 {
		var line string
		line, rest, _ = strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
		m := dateline.FindStringSubmatch(line)
		if m == nil || !names(m[2], agency) {
			continue
		}
		whole = m[1] + " (" + m[2] + ")"
		return strings.TrimRight(month.ReplaceAllString(m[1], ""), ", "), whole
	}
	return "", ""
}

func names(brackets, agency string) bool {
	if agency == "" {
		return false
	}
	for _, word := range strings.FieldsFunc(brackets, func(r rune) bool { return strings.ContainsRune("/ ,&", r) }) {
		if strings.EqualFold(word, agency) {
			return true
		}
	}
	return false
}

var lead = regexp.MustCompile(`^(?i:by|von|par|por|di|de|da|door|av|af)\s+`)

// Byline is a byline without its opening word: "By A. Writer" names "A. Writer".
func Byline(line string) string {
	line = strings.TrimSpace(line)
	return line[len(lead.FindString(line)):]
}
