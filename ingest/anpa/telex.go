package anpa

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/charset"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

var (
	telexHead  = regexp.MustCompile(`^\s*([A-Za-z]*?)\s*(\d{1,6})?\b`)
	numberOnly = regexp.MustCompile(`^\s*([A-Za-z]{0,4})\s?(\d{2,6})\s*$`)
	iptcCode   = regexp.MustCompile(`\b\d{8}\b`)
)

// readTelex reads a ZCZC message: the channel and its number, then lines of codes, then the text. A line of codes is
// one of ANPA, or opens with the mark of its field; the first other line ends them.
func readTelex(head, text string) *message {
	m := &message{telex: true}
	if h := telexHead.FindStringSubmatch(strings.TrimRight(head, "\r ")); h != nil {
		m.service, m.sequence = h[1], h[2]
	}
	rest := strings.ReplaceAll(text, "\r", "")
	for rest != "" {
		l, after, _ := strings.Cut(rest, "\n")
		if strings.TrimSpace(l) != "" && !m.code(strings.TrimRight(l, " ")) {
			break
		}
		rest = after
	}
	m.plain(rest)
	return m
}

// code reads one line of codes. It reports false for a line that is none.
func (m *message) code(l string) bool {
	value := strings.TrimSpace(l[1:])
	switch {
	case m.sequence == "" && m.unheaded() && numberOnly.MatchString(l):
		n := numberOnly.FindStringSubmatch(l)
		m.service, m.sequence = m.service+n[1], n[2]
	case strings.HasPrefix(l, "$$"):
		m.category = strings.Trim(l, "$ ")
	case l[0] == ':' && value != "":
		m.keyword, m.title = value, value
	case l[0] == '=' && value != "":
		m.takeKey = value
	case l[0] == '^' && value != "":
		m.headline = strings.TrimRight(value, "<= ")
	case l[0] == '*' && len(value) == 1:
		m.tabular = strings.EqualFold(value, "c")
	case l[0] == '&' && len(value) <= 3:
		m.selector = value
	case l[0] == '+' && iptcCode.MatchString(value):
		m.codes7 = append(m.codes7, iptcCode.FindAllString(value, -1)...)
	case m.priority == "" && m.keyword == "" && dayWords.MatchString(l):
		return m.codes(l)
	default:
		return false
	}
	return true
}

// unheaded says that nothing of the message has been read yet but its channel.
func (m *message) unheaded() bool { return m.keyword == "" && m.headline == "" && m.takeKey == "" }

// plain reads text that no marks divide: a headline set off by a blank line or an indent, then wrapped paragraphs. A
// table keeps its lines.
func (m *message) plain(text string) {
	text, repairs := charset.Clean(strings.ReplaceAll(text, "\r", ""))
	m.repairs = append(m.repairs, repairs...)
	all := strings.Split(strings.Trim(text, "\n"), "\n")
	if m.headline == "" && len(all) > 1 && titled(all) {
		m.headline, all = strings.TrimSpace(all[0]), all[1:]
	}
	for len(all) > 0 && m.prelude(all[0]) {
		all = all[1:]
	}
	if m.tabular {
		m.body = strings.Trim(strings.Join(all, "\n"), "\n")
		return
	}
	m.body = typeset(wirecopy.Paragraphs(all), false)
}

// prelude reads a line between headline and text: a byline, the post under it, a note. It reports false for text.
func (m *message) prelude(l string) bool {
	switch l = strings.TrimSpace(l); {
	case l == "":
	case by.MatchString(l):
		m.byline = l
	case m.byline != "" && m.post == "" && isPost(l):
		m.post = l
	case note.MatchString(l):
		m.notes = append(m.notes, strings.Trim(l, "()"))
	default:
		return false
	}
	return true
}

// titled says whether the first line is a headline: short, and set off from what follows.
func titled(all []string) bool {
	first, next := strings.TrimSpace(all[0]), all[1]
	if first == "" || len(first) > 160 || wirecopy.Tabular(all[0]) {
		return false
	}
	return strings.TrimSpace(next) == "" || strings.HasPrefix(next, "   ") || strings.HasPrefix(next, "\t") || by.MatchString(strings.TrimSpace(next))
}
