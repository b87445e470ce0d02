package ingest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

const maxFaults = 100

// faultsOf lists the faults inside an error, moved to the part's place in its document, a hundred at most.
func faultsOf(part wiredesk.Raw, err error) []wiredesk.Fault {
	var out []wiredesk.Fault
	for _, f := range wiredesk.Faults(err) {
		moved := *f.From(part.Line, part.Column)
		if moved.Item == 0 {
			moved.Item = part.Item
		}
		moved.Reason = oneLine(moved.Reason)
		out = append(out, moved)
	}
	return capped(out)
}

const maxOneReason = 500

// oneLine makes a reason safe to print: it may quote the document, and a document may hold what moves a cursor.
func oneLine(reason string) string {
	visible := func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsGraphic(r) {
			return utf8.RuneError
		}
		return r
	}
	line := strings.Map(visible, reason)
	if len(line) > maxOneReason {
		line = strings.ToValidUTF8(line[:maxOneReason], "") + " …"
	}
	return line
}

func capped(faults []wiredesk.Fault) []wiredesk.Fault {
	if len(faults) <= maxFaults {
		return faults
	}
	more := len(faults) - maxFaults
	last := faults[maxFaults]
	last.Reason = fmt.Sprintf("%s (and %d more faults)", last.Reason, more-1)
	return append(faults[:maxFaults:maxFaults], last)
}
