package ingest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

const (
	stageName = "ingest"
	maxReason = 1 << 10
	headRoom  = 64 << 10 // of a message, for its headers
)

// letter is the dead letter of a part: the bytes as they came, with the reason. A part that no message can hold is
// kept as far as it fits, and the reason says so.
func (s stored) letter(faults []wiredesk.Fault) (stream.Message, error) {
	subject, err := stream.DeadSubject(stageName, s.raw.Feed)
	if err != nil {
		return stream.Message{}, err
	}
	h, data, reason := s.header(), s.raw.Bytes, reasonOf(faults)
	if most := stream.MaxMessage - headRoom; len(data) > most {
		reason = fmt.Sprintf("%s (the first %d of %d bytes are kept)", reason, most, len(data))
		data = data[:most]
	}
	h[stream.HStage] = []string{stageName}
	h[stream.HReason] = []string{stream.HeaderValue(reason)}
	h[stream.HTries] = []string{"1"}
	return stream.Message{Subject: subject, ID: "dead:" + s.id(), Header: h, Data: data}, nil
}

// reasonOf is the faults on one line, cut where a header would grow too long.
func reasonOf(faults []wiredesk.Fault) string {
	lines := make([]string, len(faults))
	for i := range faults {
		lines[i] = faults[i].Error()
	}
	reason := strings.Join(lines, "; ")
	if len(reason) <= maxReason {
		return reason
	}
	cut := maxReason
	for !utf8.RuneStart(reason[cut]) {
		cut--
	}
	return reason[:cut] + " …"
}
