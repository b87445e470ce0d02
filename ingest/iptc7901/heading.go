package iptc7901

import (
	"regexp"
	"strings"
)

// heading is what stands between STX and the divider, a line that ends with " =".
type heading struct {
	kicker   string
	headline string
	byline   string
	notes    []string // lines in brackets, brackets cut off
}

// maxHeading is how many lines a heading may have: beyond that the divider belongs to something else.
const maxHeading = 14

// readHeading cuts the heading off the lines after STX and returns the rest. Where no divider comes, the heading is the
// first line alone.
func readHeading(lines []string) (heading, []string) {
	for i, l := range lines[:min(len(lines), maxHeading)] {
		l = strings.TrimRight(l, " \r")
		if strings.HasSuffix(l, " =") || strings.TrimSpace(l) == "=" {
			head := append([]string{}, lines[:i]...)
			return sortHeading(append(head, strings.TrimSuffix(l, "="))), lines[i+1:]
		}
	}
	for i, l := range lines {
		if strings.TrimSpace(l) != "" {
			return sortHeading([]string{l}), lines[i+1:]
		}
	}
	return heading{}, nil
}

var byline = regexp.MustCompile(`^(?:By|Von|Par|Por|Di|De|Da|Door|Av|Af) \p{L}`)

// flags are the words that stand alone above a headline.
var flags = regexp.MustCompile(`^(?:(?:\d+(?:ST|ND|RD|TH) |FIRST |SECOND |THIRD |\d+\. )?(?:LEAD|UPDATE|ROUNDUP|ZUSAMMENFASSUNG|ZF|NIGHT LEAD)(?: \d+)?|EXTRA|REFILE|URGENT|FLASH|BULLETIN|ALERT|SNAP|EIL|BLITZ|CORRECTION|CORRECTED|KORREKTUR|BERICHTIGUNG|REPEAT|WDH\w*|KILL|ANNULL\w+|ADVISORY|PREVIEW|FEATURE|BACKGROUND|ANALYSIS|PROFILE|SCHEDULE)(?:\b.*)?$`)

func sortHeading(lines []string) heading {
	var h heading
	var title []string
	for _, l := range brackets(lines) {
		switch {
		case l[0] == '(' && l[len(l)-1] == ')':
			h.notes = append(h.notes, strings.TrimSpace(l[1:len(l)-1]))
		case len(title) > 0 && byline.MatchString(l):
			h.byline = l
		case len(title) == 0 && l == strings.ToUpper(l) && flags.MatchString(l):
			h.kicker = strings.TrimSpace(h.kicker + " " + l)
		default:
			title = append(title, l)
		}
	}
	h.headline = strings.Join(title, " ")
	if h.headline == "" {
		h.headline, h.kicker = h.kicker, ""
	}
	return h
}

// brackets trims the lines, drops the blank ones, and joins a note in brackets that runs over several.
func brackets(lines []string) []string {
	var out []string
	open := 0
	for _, l := range lines {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if open > 0 {
			out[len(out)-1] += " " + l
		} else {
			out = append(out, l)
		}
		if last := out[len(out)-1]; last[0] == '(' {
			open = strings.Count(last, "(") - strings.Count(last, ")")
		}
	}
	return out
}
