package iptc7901

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

func (m *message) story(raw wiredesk.Raw) wiredesk.Story {
	s := wiredesk.Story{
		Provider: raw.Provider, Feed: raw.Feed, Format: name,
		Text: wirecopy.Compose(m.headline, m.body), Kicker: m.flag(), Keywords: m.keywords(),
		Repairs: m.repairs, Originals: m.originals(),
	}
	s.Item = wiredesk.Item{
		Standard: wiredesk.NINJS(), Type: "text", URI: m.uri(raw), Version: raw.Version,
		Language: raw.House.Language, Slugline: m.slug, By: m.by(), UsageTerms: raw.House.Usage,
		Title: m.headline, Headlines: wirecopy.Headline(m.headline), Bodies: wirecopy.Body(m.body),
		EdNote: strings.Join(append(m.notes, nonEmpty(m.public)...), "\n"),
		AltIDs: m.altIDs(), Subjects: m.subjects(raw.Provider),
	}
	if m.words > 0 && len(s.Item.Bodies) > 0 {
		s.Item.Bodies[0].WordCount = m.words
	}
	s.Item.Urgency = urgency(m.priority, raw.House)
	s.Item.Located, s.Dateline = wirecopy.Dateline(m.body, m.house())
	if m.agency != "" {
		s.Item.InfoSources = []wiredesk.Party{{Name: m.agency}}
	}
	if m.bells {
		s.Signals = append(s.Signals, "alarm:bell")
	}
	m.date(&s, raw)
	m.notices(&s, m.clock(raw))
	return s
}

// uri is made of the agency, the day, the slug and the headline, and of no counter: the same story goes out under one
// number for each service. So a correction or a kill that keeps day, slug and headline is a version of the story it
// means. Copy without a headline is known by its text. A sender that names a document of one story is believed.
func (m *message) uri(raw wiredesk.Raw) string {
	if raw.URI != "" && raw.Item == 0 && !m.many {
		return ninjs.URI(raw.Provider, raw.URI)
	}
	words := m.headline
	if words == "" {
		words = m.body
	}
	return "urn:wiredesk:iptc7901:" + wiredesk.ShortHash(raw.Provider, strings.ToLower(m.house()), day(m.trailer), m.slug,
		strings.Join(strings.Fields(strings.ToLower(words)), " "))
}

// house is the agency in front of any product: "dpa" of "dpa-tns".
func (m *message) house() string {
	house, _, _ := strings.Cut(m.agency, "-")
	return house
}

// clock is what hours in notices are read against: dpa means its own.
func (m *message) clock(raw wiredesk.Raw) notice.Clock {
	clock := notice.At(raw)
	if berlin, err := time.LoadLocation("Europe/Berlin"); err == nil && clock.Zone == nil && strings.EqualFold(m.house(), "dpa") {
		clock.Zone = berlin
	}
	return clock
}

// notices reads the places where 7901 has room for a word to editors. The first lines of the body count as well.
func (m *message) notices(s *wiredesk.Story, clock notice.Clock) {
	lines := append([]string{m.kicker, m.headline, m.slug}, m.notes...)
	for l := range strings.SplitSeq(m.public, "\n") {
		lines = append(lines, strings.TrimLeft(l, "-* "))
	}
	for _, l := range lines {
		notice.Line(l, clock).Apply(s)
	}
	notice.Read(m.body, clock).Apply(s)
	if s.NotForPublication != "" {
		return
	}
	for _, n := range append([]string{m.kicker}, m.notes...) {
		if planning.MatchString(n) {
			s.NotForPublication = "advisory"
		}
	}
}

var planning = regexp.MustCompile(`(?i)(?:^|[\s(-])(?:planungshinweis|planungsübersicht|vorschau|tagesvorschau|terminvorschau|themenvorschau|hinweis an die redaktionen|schedule|coverage plan)(?:$|[\s:,)-])`)

// flag is the kicker, or a short note that stands in its place: "(Eil)".
func (m *message) flag() string {
	if m.kicker != "" || len(m.notes) == 0 {
		return m.kicker
	}
	if first := m.notes[0]; len(first) <= 40 && !strings.HasPrefix(first, "Foto") {
		return first
	}
	return ""
}

func (m *message) by() string { return wirecopy.Byline(m.byline) }

func (m *message) altIDs() []wiredesk.AltID {
	var ids []wiredesk.AltID
	add := func(role, who, number string) {
		if who != "" && counter(number) != "" {
			ids = append(ids, wiredesk.AltID{Role: role, Value: who + number})
		}
	}
	add("serviceSequence", m.service, m.sequence)
	add("agencySequence", m.agency+" ", m.number)
	if m.reference != "" {
		ids = append(ids, wiredesk.AltID{Role: "reference", Value: m.reference})
	}
	return ids
}

// subjects are the house's category and service, named as the house's: the letters mean other things elsewhere.
func (m *message) subjects(provider string) []wiredesk.Subject {
	scheme := provider
	if scheme == "" {
		scheme = strings.ToLower(m.house())
	}
	return []wiredesk.Subject{
		{Literal: scheme + "-category:" + m.category},
		{Literal: scheme + "-service:" + m.service},
	}
}

func (m *message) originals() map[string]string {
	all := map[string]string{}
	for k, v := range map[string]string{
		"urgency": m.priority, "versionCreated": m.trailer, "by": m.byline, "signOff": m.signOff, "edNote": m.private,
	} {
		if v != "" {
			all[k] = v
		}
	}
	return all
}

func urgency(priority string, house wiredesk.House) int {
	if u, ok := house.Urgency[priority]; ok {
		return u
	}
	if priority >= "1" && priority <= "9" {
		return int(priority[0] - '0')
	}
	return map[string]int{"f": 1, "b": 2, "u": 3, "r": 4, "d": 5}[strings.ToLower(priority)]
}

func noise(n int) string {
	return fmt.Sprintf("%d bytes of line noise skipped in front of the message", n)
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
