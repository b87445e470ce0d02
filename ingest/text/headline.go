package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/internal/notice"
)

// alerts are the words that wires set above a headline, in lower case.
var alerts = words(`breaking news,breaking,urgent,flash,bulletin,alert,newsalert,news alert,newsflash,snap,rush,exclusive,update,factbox,analysis,feature,interview,live,developing,just in,` +
	`eilmeldung,eil,blitz,vorrang,alerte,dépêche,dernière minute,urgente,alerta,última hora,último momento,ultim'ora,última,pilne,pilna,son dakika,flaş,flas,acil,` +
	`молния,срочно,экстренно,терміново,عاجل,خبر عاجل,فوري,فوری,خبر فوری,快讯,快訊,急讯,突发,速報,속보,긴급`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Split(list, ",") {
		set[w] = true
	}
	return set
}

// plain is a line in lower case without what frames it and without a count: "*** UPDATE 2 ***" is "update".
func plain(line string) string {
	return strings.ToLower(strings.Trim(line, " \t*!.:-–—+#=[]()<>/|\"'0123456789\u00a0\u200e\u200f"))
}

// kicker says that a line of up to four words stands above a headline.
func kicker(line string, rest []block) bool {
	if alerts[plain(line)] {
		return true
	}
	if len(strings.Fields(line)) > 4 || utf8.RuneCountInString(line) > 40 || closed(line) || len(rest) < 2 {
		return false
	}
	next := strings.TrimSpace(rest[0].text)
	return headline(next, rest[1:]) && len(strings.Fields(next)) > len(strings.Fields(line)) &&
		(dateline(rest[1].text).found || len(rest[1].text) > 2*len(next))
}

const (
	headlineWords = 30
	headlineRunes = 220
)

// headline says that a block above another one is a headline: short, without a full stop, and not the dateline.
func headline(text string, rest []block) bool {
	if len(rest) == 0 || strings.Count(text, "\n") > 2 || len(strings.Fields(text)) > headlineWords || utf8.RuneCountInString(text) > headlineRunes {
		return false
	}
	follows := dateline(rest[0].text).found
	if d := dateline(text); d.found && (!d.weak || follows) {
		return d.weak && follows
	}
	return !closed(text) || follows && len(strings.Fields(text)) <= 20
}

// closed says that a line ends as a sentence does. A question, an exclamation and an abbreviation do not close one.
func closed(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)] \t\r\n")
	r, _ := utf8.DecodeLastRuneInString(line)
	if !strings.ContainsRune(".。।۔:;,…", r) {
		return false
	}
	all := strings.Fields(line)
	last := strings.TrimSuffix(all[len(all)-1], ".")
	return r != '.' || !strings.Contains(last, ".") && (utf8.RuneCountInString(last) > 3 || strings.ToUpper(last) != last)
}

// dated says that a line is a date and nothing else. A full date has five digits at least.
func (p *page) dated(line string) bool {
	digits := 0
	for _, r := range line {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits < 5 || len(line) > 120 {
		return false
	}
	_, ok := notice.Date(line, p.clock)
	return ok
}

// line is a dateline seen from afar: enough to tell a story's first line from a headline. Finding it exactly, in every
// form and script, is not a parser's work.
type line struct {
	city  string
	found bool
	weak  bool // a place and a dash only
}

var (
	capsForm = regexp.MustCompile(`^\s*(\p{Lu}[\p{Lu}'’.]+(?:[ -]\p{Lu}[\p{Lu}'’.]*){0,3})(,[^–—(/\n]{1,40}?)?\s*(\([^)\n]{2,40}\)|/[^/\n]{2,30}/)?\s*(?:\.?\s?--?|–|—|\.|:)(?:\s|$)`)
	nameForm = regexp.MustCompile(`^\s*(\p{Lu}[\p{L}'’.]+(?:[ -]\p{Lu}[\p{L}'’.]*){0,3})(,[^–—(/\n]{1,40}?)?\s*(\([^)\n]{2,40}\)|/[^/\n]{2,30}/)?\s*(?:\.?\s?--?|–|—)(?:\s|$)`)
	dayForm  = regexp.MustCompile(`,\s*(?:\p{L}+\.? \d{1,2}|\d{1,2}\.? \p{L}+\.?)(?:,? \d{4})?\.?$`)
	sepForm  = regexp.MustCompile(`[.:]\s*$`)
)

func dateline(text string) line {
	if g := capsForm.FindStringSubmatch(text); g != nil && utf8.RuneCountInString(g[1]) > 2 {
		bare := g[2] == "" && g[3] == ""
		if sepForm.MatchString(g[0]) && (g[3] == "" && !dayForm.MatchString(g[2])) {
			return line{}
		}
		return line{city: titled(g[1]), found: true, weak: bare}
	}
	if g := nameForm.FindStringSubmatch(text); g != nil && (g[3] != "" || dayForm.MatchString(g[2])) {
		return line{city: titled(g[1]), found: true}
	}
	return line{}
}

// city is the place of the dateline that a text opens with; empty where it opens otherwise.
func city(text string) string { return dateline(text).city }

// titled writes a place that stands in capitals as names are written.
func titled(place string) string {
	if strings.ToUpper(place) != place {
		return place
	}
	start := true
	return strings.Map(func(r rune) rune {
		at := start
		start = !unicode.IsLetter(r) && r != '\'' && r != '’'
		if at {
			return r
		}
		return unicode.ToLower(r)
	}, place)
}
