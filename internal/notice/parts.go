package notice

import (
	"regexp"
	"strings"
)

// label is what may stand in front of a notice on its line: how urgent the copy is, or a mark that a mail server set.
var label = regexp.MustCompile(`^(?i:\s*(?:[*\[(]*(?:urgent|flash|bulletin|snap|breaking(?: news)?|news ?alert|alerte?|eil(?:meldung)?|blitz|vorrang|priorit(?:y|é|à|ät|aire)|urgente|última hora|ultimora|срочно|молния|терміново|عاجل|فوری|` +
	`ext|external|extern|externe|re|fwd?|wg|tr|rv)[*\])]*\s*(?:[:\-–—/|]+\s*|\s|$)|\[[^\]]{1,20}\]\s+))`)

// bracket is a bracket that a line ends with.
var bracket = regexp.MustCompile(`[(\[]([^()\[\]]{4,160})[)\]][\s.*]*$`)

// parts are the places within a line where a notice may begin too: behind its labels, in a bracket at its end, and behind
// a dash where it is set in capitals.
func parts(line string) []string {
	var all []string
	rest := line
	for range 3 {
		if plausible(rest) == 0 {
			break
		}
		head := label.FindString(rest)
		if head == "" || strings.TrimSpace(rest[len(head):]) == "" {
			break
		}
		rest = rest[len(head):]
		all = append(all, rest)
	}
	if strings.HasSuffix(strings.TrimRight(line, " .*"), ")") || strings.HasSuffix(strings.TrimRight(line, " .*"), "]") {
		if m := bracket.FindStringSubmatch(line); m != nil {
			all = append(all, m[1])
		}
	}
	for _, dash := range []string{" - ", " – ", " — ", " | ", " // "} {
		if _, tail, ok := strings.Cut(line, dash); ok && shouted(tail) {
			all = append(all, tail)
		}
	}
	return all
}

// shouted says that a text opens with a word in capitals, of four letters or more.
func shouted(text string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	word = strings.Trim(word, ":*([")
	return len(word) >= 4 && strings.ToUpper(word) == word && strings.ToLower(word) != word
}
