package anpa

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

// message is one message, sorted into its parts.
type message struct {
	header
	title    string   // the keyword line of the text, in full: "BC-US--Harbour-Pier, 1st Ld-Writethru"
	editions []string // what follows the commas there
	headline string
	summary  []string
	notes    []string // Eds: and EDITOR'S NOTE
	pictures []string
	byline   string
	post     string // the line under the byline: "AP Sports Writer"
	takeKey  string
	codes7   []string // IPTC subject codes of eight digits
	body     string
	footer   string // the credit and time after ETX
	stamp    string // the time, where the form has it elsewhere
	agency   string
	telex    bool
	repairs  []string
}

var (
	photo     = regexp.MustCompile(`^(?:AP |Kyodo )?(?:Photo|Graphic|Video|Audio)s?\b:?\s*(.*)$`)
	note      = regexp.MustCompile(`^\(?(?:Eds|EDS|Editors?|EDITORS?)\s*:|^EDITOR'?S'? NOTE|^(?:Eds|EDS)\b`)
	by        = regexp.MustCompile(`^(?:By|BY) `)
	workplace = regexp.MustCompile(`(?i)\b(?:press|writers?|editor|correspondents?|news service|staff|kyodo|reporters?|columnist|critic)\b|^for the |^special to `)
	wordCount = regexp.MustCompile(`,?\s*(\d{2,5})$`)
	lineCode  = regexp.MustCompile(`^\*\d+$`)
)

// sort tells heading and body apart. The heading is the marked lines before the first paragraph; copy that has only
// marked lines, a list of headlines, is body from the line after its headline.
func (m *message) sort(all []line) {
	first := len(all)
	for i, l := range all {
		if l.tab && !l.blank || l.row && i > 0 {
			first = i
			break
		}
	}
	i := m.heading(all[:first], first < len(all))
	m.body = body(all[i:], m.tabular)
	m.headline = strings.TrimSpace(m.headline)
}

// heading reads the lines before the first paragraph and returns where the body begins.
func (m *message) heading(head []line, paragraphs bool) int {
	for i, l := range head {
		switch {
		case l.blank || lineCode.MatchString(l.text):
		case m.title == "":
			m.keywordLine(l.text)
		case note.MatchString(l.text):
			m.notes = append(m.notes, strings.TrimSpace(strings.Trim(l.text, "()")))
		case photo.MatchString(l.text):
			m.photos(l.text)
		case by.MatchString(l.text):
			m.byline = l.text
			return m.afterByline(head, i+1)
		case m.headline == "":
			m.headline = l.text
		case !paragraphs || m.tabular && !bylined(head[i:]):
			return i
		default:
			m.summary = append(m.summary, l.text)
		}
	}
	return len(head)
}

func bylined(head []line) bool {
	return slices.ContainsFunc(head, func(l line) bool { return by.MatchString(l.text) })
}

// afterByline reads the writer's post, "AP Sports Writer".
func (m *message) afterByline(head []line, i int) int {
	if i < len(head) && head[i].mark && isPost(head[i].text) {
		m.post = head[i].text
		return i + 1
	}
	return i
}

// isPost says whether the line under a byline says where the writer works, and is not text.
func isPost(text string) bool {
	return len(text) < 60 && workplace.MatchString(text) && !strings.HasSuffix(text, ".")
}

// writer is the byline with the post behind it, as other formats have it.
func (m *message) writer() string {
	name := wirecopy.Byline(m.byline)
	if name == "" || m.post == "" {
		return name
	}
	return strings.TrimRight(name, ", ") + ", " + m.post
}

func (m *message) photos(text string) {
	for id := range strings.SplitSeq(photo.FindStringSubmatch(text)[1], ",") {
		if id = strings.Trim(id, " ."); id != "" && !strings.Contains(id, " ") && len(id) <= 24 {
			m.pictures = append(m.pictures, id)
		}
	}
}

// keywordLine reads "BC-US--Harbour-Pier, 1st Ld-Writethru,412": keyword, editions, word count.
func (m *message) keywordLine(text string) {
	text = wordCount.ReplaceAllString(strings.TrimRight(text, ", "), "")
	word, rest := apart(text)
	m.title = strings.TrimSpace(cycles.ReplaceAllString(word, ""))
	for p := range strings.SplitSeq(rest, ",") {
		if p = strings.TrimSpace(p); p != "" {
			m.editions = append(m.editions, p)
		}
	}
}

// body puts the paragraphs together: a tab or a mark begins one, rows of a table stay lines.
func body(all []line, tabular bool) string {
	var out strings.Builder
	open, row := false, false
	for _, l := range all {
		if l.blank || l.mark && l.text == "END" {
			open = open && tabular
			continue
		}
		switch {
		case out.Len() == 0:
		case l.row && row || tabular && (l.row || row || l.tab) && open:
			out.WriteByte('\n')
		case l.tab || l.mark || !open || l.row || row:
			out.WriteString("\n\n")
		default:
			out.WriteByte(' ')
		}
		out.WriteString(l.text)
		open, row = true, l.row
	}
	return out.String()
}
