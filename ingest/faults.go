package ingest

import (
	"fmt"

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
		out = append(out, moved)
	}
	return capped(out)
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
