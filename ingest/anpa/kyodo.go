package anpa

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/frame"
)

var (
	kyodoStamp = regexp.MustCompile(`(\d{2}):(\d{2})-(\d{2})-(\d{2})-(\d{2})\s*([A-Z]{3,4})?`)
	kyodoEnd   = regexp.MustCompile(`(?m)^\s*==\s*Kyodo\b.*$`)
	kyodoHead  = regexp.MustCompile(`\+\s*\r?\n|\+\r`)
	kyodoSlug  = regexp.MustCompile(`(?m)^\s*(?:BC-)?([A-Za-z][\w/&-]*-[\w/&-]+)\s*$`)
	kyodoCount = regexp.MustCompile(`KYODO\s*(\d{2,5})\b|\b([A-Z]{1,3}\d{3,4})\b`)
)

// kyodo says whether a heading is of Kyodo's form: its name and its stamp of time and date.
func kyodo(head []byte) bool {
	head = head[:min(len(head), 512)]
	return bytes.Contains(head, []byte("KYODO")) && kyodoStamp.Match(head)
}

// readKyodo reads Kyodo's form: the header ends at "+" and a line end, the text at "==Kyodo".
func readKyodo(doc []byte, f frame.Frame) (*message, *wiredesk.Fault) {
	all := string(doc[f.Head.Start:max(f.Tail.End, f.Text.End, f.Head.End)])
	cut := kyodoHead.FindStringIndex(all)
	if cut == nil {
		return nil, wiredesk.FaultAt(doc, f.Head.Start, "the header does not end: Kyodo's ends with + at the end of a line")
	}
	end := kyodoEnd.FindStringIndex(all[cut[1]:])
	if end == nil {
		return nil, wiredesk.FaultAt(doc, f.End, "the message breaks off: it ends before ==Kyodo")
	}
	head, text := all[:cut[0]], all[cut[1]:cut[1]+end[0]]
	m := &message{agency: "Kyodo", stamp: kyodoStamp.FindString(head)}
	if s := kyodoSlug.FindStringSubmatch(head); s != nil {
		m.title = s[1]
		m.keyword = s[1]
	}
	if n := kyodoCount.FindStringSubmatch(head); n != nil {
		m.sequence = n[1] + n[2]
	}
	m.plain(strings.Trim(text, "\x02\x03\x04\r\n"))
	return m, nil
}
