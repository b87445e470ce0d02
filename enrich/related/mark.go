package related

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Mark says which piece of a story that is sent in takes a copy is: "2nd Ld", "add 1", "(TAKE 2)". The zero Mark is that of
// copy that says nothing of it.
type Mark struct {
	Kind   byte  // 't' a take, 'a' an add, 'l' a lead or a writethru
	Number uint8 // 0 where it has none
}

// The ways to mark a piece. One that says little by itself counts only where a comma or a bracket sets it off.
const (
	counted  = `(\d{1,2})(?:st|nd|rd|th)[ -]?(take|add|ld|lead|writethru|writethrough)(?:[ -]?(?:writethru|writethrough|w/t))?`
	numbered = `(take|add)[ -]?(\d{1,2})(?: of \d{1,2})?`
	bare     = `(ld|writethru|writethrough|lead)(?:[ -]?writethru|[ -]?(\d{1,2}))?`
)

var (
	wholeMark = regexp.MustCompile(`(?i)^(?:` + counted + `|` + numbered + `|` + bare + `)$`)
	tailMark  = regexp.MustCompile(`(?i)[\s/:_-]((?:` + counted + `|` + numbered + `))$`)
	titleMark = regexp.MustCompile(`(?i)[(\[](` + numbered + `|` + counted + `)[)\]]`)
)

// markOf reads a mark that stands by itself.
func markOf(words string) Mark {
	m := wholeMark.FindStringSubmatch(strings.TrimSpace(words))
	if m == nil || strings.EqualFold(m[0], "lead") { // a metal, too
		return Mark{}
	}
	kind, number := m[2]+m[3]+m[5], m[1]+m[4]+m[6]
	n, _ := strconv.Atoi(number)
	k := strings.ToLower(kind)[0]
	if k == 'w' {
		k = 'l'
	}
	return Mark{Kind: k, Number: uint8(n)} //nolint:gosec // two digits
}

// takeOf is an article's slug without the mark of a piece, and the mark: where the slug has none, a keyword (the take key
// of NITF, ANPA and AP) or the headline may.
func takeOf(a *wiredesk.Article) (slug string, m Mark) {
	if slug, m = parted(a.Item.Slugline); m != (Mark{}) {
		return slug, m
	}
	for _, k := range a.Keywords {
		if m = markOf(k); m != (Mark{}) {
			return slug, m
		}
	}
	title := a.Item.Headline()
	if a.Headline != nil {
		title = a.Headline.In(a.Text)
	}
	if t := titleMark.FindStringSubmatch(title); t != nil {
		m = markOf(t[1])
	}
	return slug, m
}

// parted is a slug without its mark and what stands behind that: "BC-Harbour Pier, 2nd Ld-Writethru,412" is BC-Harbour Pier.
// A bracket with a mark in it goes as a whole.
func parted(slug string) (string, Mark) {
	open := -1
	for i := range len(slug) {
		switch slug[i] {
		case '(', '[':
			open = i
		case ')', ']':
			open = -1
			continue
		case ',', ';':
		default:
			continue
		}
		rest := slug[i+1:]
		m := markOf(rest[:until(rest, ",;)]")])
		switch {
		case m == Mark{}:
		case open < 0:
			return slug[:i], m
		default:
			return slug[:open] + " " + rest[min(until(rest, ")]")+1, len(rest)):], m
		}
	}
	if t := tailMark.FindStringSubmatchIndex(slug); t != nil {
		return slug[:t[0]], markOf(slug[t[2]:t[3]])
	}
	return slug, Mark{}
}

// until is where the first of some marks stands in a text, or the end.
func until(text, marks string) int {
	if i := strings.IndexAny(text, marks); i >= 0 {
		return i
	}
	return len(text)
}
