package iptc7901

import (
	"regexp"
	"strings"
)

// notepad is what follows the body: a part that receivers may print, and one for editors only.
type notepad struct {
	public, private string
}

var (
	padHead = regexp.MustCompile(`(?i)^#\s*(?:dpa[- ])?(?:note(?:book|pad)|notizblock|bloc[- ]?notes?|bloc de notas|taccuino)\s*$`)
	padMark = regexp.MustCompile(`^\s*\*(?:\s*\*){2,}\s*$`)
	padWord = regexp.MustCompile(`(?i)^\W*(?:the following (?:information|text|note)?.{0,20}\bnot (?:intended )?for publication|die folgenden? .{0,30}nicht zur ver\S{1,3}ffentlichung|les informations suivantes .{0,40}publication|` +
		`not for publication)\b`)
)

// readNotepad cuts the notepad off the body. Whatever stands below the line of stars, or below the sentence that says
// it is not for publication, is private, whether or not a head announced it.
func readNotepad(lines []string) ([]string, notepad) {
	start, stars := len(lines), len(lines)
	for i, l := range lines {
		l = strings.TrimRight(l, " \r")
		if start == len(lines) && padHead.MatchString(l) {
			start = i
		}
		if padMark.MatchString(l) && private(lines[i+1:], start < i) || padWord.MatchString(l) {
			stars = i
			break
		}
	}
	body := lines[:min(start, stars)]
	var pad notepad
	if start < stars {
		pad.public = tidy(lines[start+1 : stars])
	}
	if stars < len(lines) {
		pad.private = tidy(lines[stars:])
	}
	return body, pad
}

// private says whether a line of stars opens the part for editors: within a notepad it always does, in a body only
// when the next words say so, since papers set stars between sections too.
func private(after []string, inPad bool) bool {
	if inPad {
		return true
	}
	for _, l := range after {
		if strings.TrimSpace(l) != "" {
			return padWord.MatchString(strings.TrimSpace(l))
		}
	}
	return false
}

func tidy(lines []string) string {
	var out []string
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" || padMark.MatchString(l) {
			continue
		}
		out = append(out, strings.TrimLeft(l, "# "))
	}
	return strings.Join(out, "\n")
}
