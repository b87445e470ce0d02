// Package notice reads what copy says to editors in prose: kill it, hold it until then, it corrects an earlier
// version, it is not for publication. Every format shares it, so that "EMBARGOED UNTIL 0001 GMT" means the same in a
// plain file, an e-mail and a headline field.
//
// A notice stands where notices stand: a line of its own above the story, a bracketed line at its end, or a field
// that the format keeps for such things. The same words in running prose are news, not orders, and never count.
package notice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// Clock is what times in prose are read against. Received makes "Friday" and "6 March" a day, Zone makes "10 a.m." an
// instant. Nothing here asks for the time of day by itself.
type Clock struct {
	Received time.Time
	Zone     *time.Location // of hours that name none; nil leaves the end of an embargo unknown, and is UTC for dates
}

// At is the clock of a document: when it came, and the zone of its line.
func At(raw wiredesk.Raw) Clock { return Clock{Received: raw.Received, Zone: raw.House.Zone} }

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// Notice is what the notices of one piece of copy add up to. The zero Notice says nothing.
type Notice struct {
	Status     string // wiredesk.Canceled for a kill, wiredesk.Withheld for a withdrawal or a hold; else empty
	Correction bool
	Embargo    bool
	Until      time.Time // end of the embargo; zero where it is missing or cannot be read with certainty
	Zoneless   bool      // Until is zero only because neither the notice nor the line names a zone
	// NotForPublication is empty, or the reason in the trade's words: "advisory", "test line".
	NotForPublication string
	// Said is each notice in its own words, by the name of the ninjs property it bears on.
	Said map[string]string
}

// Any says whether there was a notice at all.
func (n Notice) Any() bool {
	return n.Status != "" || n.Correction || n.Embargo || n.NotForPublication != ""
}

// headLines is how many lines of a text may be notices before its story begins, and longest how long such a line is
// in characters.
const (
	headLines = 12
	longest   = 240
)

// Read reads the notices of a whole text: the lines above its story, and bracketed lines among its last three.
func Read(text string, clock Clock) Notice {
	var all Notice
	rest, seen := text, 0
	for rest != "" && seen < headLines {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		seen++
		look := read
		if seen <= 2 {
			look = Line
		}
		found := look(line, clock)
		if !found.Any() && isProse(line) {
			break
		}
		all = all.and(found)
	}
	for _, line := range lastLines(rest, 3) {
		if bracketed(line) {
			all = all.and(Line(line, clock))
		}
	}
	return all
}

// Line reads one line that stands where a notice may stand: above a story, in a headline, a slug, a note to editors.
func Line(line string, clock Clock) Notice {
	if len(line) > longest && (len(line) > utf8.UTFMax*longest || utf8.RuneCountInString(line) > longest) {
		return Notice{}
	}
	n := read(line, clock)
	for _, part := range parts(line) {
		if n.Any() {
			break
		}
		n = read(part, clock)
		for name := range n.Said {
			n.Said[name] = strings.TrimSpace(line)
		}
	}
	return n
}

// read reads the notice that a line is, from its beginning.
func read(line string, clock Clock) Notice {
	bears := plausible(line)
	if bears == 0 {
		return Notice{}
	}
	whole := strings.TrimSpace(line)
	line = undecorated(whole)
	var n Notice
	if bears&embargoes != 0 {
		if until, found := embargo(line, clock); found {
			n.Embargo, n.Until = true, until
			n.Zoneless = until.IsZero() && clock.Zone == nil && readable(line, clock.Received)
			n.say("embargoedUntil", whole)
		}
	}
	if bears&statuses != 0 {
		if status := status(line); status != "" {
			n.Status = status
			n.say("pubStatus", whole)
		}
	}
	if bears&corrections != 0 && corrects.MatchString(line) {
		n.Correction = true
		n.say("correction", whole)
	}
	if reason := private(line, bears); reason != "" && !n.Embargo {
		n.NotForPublication = reason
		n.say("notForPublication", whole)
	}
	return n
}

// Apply writes the notice into a story. It only ever tightens: it never lifts a status, an embargo or a reason that
// the format's own fields have set, and of two embargo ends the later one stays.
func (n Notice) Apply(s *wiredesk.Story) {
	switch {
	case n.Status == wiredesk.Canceled, n.Status == wiredesk.Withheld && s.Item.PubStatus != wiredesk.Canceled:
		s.Item.PubStatus = n.Status
	}
	s.Correction = s.Correction || n.Correction
	switch {
	case n.Embargo && n.Until.IsZero():
		s.EmbargoUnknown = true
		if n.Zoneless && !slices.Contains(s.Repairs, wiretime.Zoneless) {
			s.Repairs = append(s.Repairs, wiretime.Zoneless)
		}
	case n.Embargo && n.Until.After(s.Item.EmbargoedUntil):
		s.Item.EmbargoedUntil = n.Until
	}
	if s.NotForPublication == "" {
		s.NotForPublication = n.NotForPublication
	}
	for name, words := range n.Said {
		if s.Originals == nil {
			s.Originals = map[string]string{}
		}
		if _, taken := s.Originals[name]; !taken {
			s.Originals[name] = words
		}
	}
}

// and joins what two lines say; the stricter reading of each wins.
func (n Notice) and(o Notice) Notice {
	if o.Status == wiredesk.Canceled || n.Status == "" {
		n.Status = o.Status
	}
	n.Correction = n.Correction || o.Correction
	switch {
	case !n.Embargo:
		n.Until = o.Until
	case o.Embargo && (n.Until.IsZero() || o.Until.IsZero()):
		n.Until = later(n.Until, o.Until)
	case o.Until.After(n.Until):
		n.Until = o.Until
	}
	n.Embargo = n.Embargo || o.Embargo
	n.Zoneless = (n.Zoneless || o.Zoneless) && n.Until.IsZero()
	if n.NotForPublication == "" {
		n.NotForPublication = o.NotForPublication
	}
	for name, words := range o.Said {
		n.say(name, words)
	}
	return n
}

// later joins two ends of which at least one is unread: a bare "EMBARGOED" above the line that states the time is
// one embargo, so the time that was read stands.
func later(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

func (n *Notice) say(name, words string) {
	if n.Said == nil {
		n.Said = map[string]string{}
	}
	if _, taken := n.Said[name]; !taken {
		n.Said[name] = words
	}
}

// isProse says that a line is the story itself: long, or a whole sentence of some length.
func isProse(line string) bool {
	if len(line) > longest && (len(line) > utf8.UTFMax*longest || utf8.RuneCountInString(line) > longest) {
		return true
	}
	words := 0
	for range strings.FieldsSeq(line) {
		if words++; words > 24 {
			return true
		}
	}
	return words > 10 && strings.HasSuffix(line, ".")
}

func bracketed(line string) bool {
	return strings.HasPrefix(line, "(") || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "*")
}

func lastLines(text string, n int) []string {
	var found []string
	text = strings.TrimSpace(text)
	for range n {
		i := strings.LastIndexByte(text, '\n')
		if line := strings.TrimSpace(text[i+1:]); line != "" {
			found = append(found, line)
		}
		if i < 0 {
			break
		}
		text = strings.TrimSpace(text[:i])
	}
	return found
}
