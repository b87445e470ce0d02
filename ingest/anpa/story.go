package anpa

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wirecopy"
)

func (m *message) story(raw wiredesk.Raw, alone bool) wiredesk.Story {
	m.body = strings.TrimSpace(m.body[:notice.Cut(m.body)])
	slug, region := m.slug()
	e := m.edition()
	if len(m.editions) == 0 {
		m.editions = nonEmpty(m.version)
	}
	s := wiredesk.Story{
		Provider: raw.Provider, Feed: raw.Feed, Format: name, Text: wirecopy.Compose(m.headline, m.body),
		Kicker: strings.Join(m.editions, ", "), Keywords: nonEmpty(slug, region, m.takeKey), Partial: e.partial,
		Repairs: m.repairs, Originals: m.originals(),
	}
	m.headlineFromBody(&s)
	s.Item = wiredesk.Item{
		Standard: wiredesk.NINJS(), Type: "text", URI: m.uri(raw, alone), Version: e.version(),
		Language: raw.House.Language, Slugline: slug, Title: m.headline, By: m.writer(), UsageTerms: m.usage(raw.House),
		Headlines: wirecopy.Headline(m.headline), Bodies: wirecopy.Body(m.body), EdNote: strings.Join(m.notes, "\n"),
		AltIDs: m.altIDs(), Subjects: m.subjects(raw.Provider, region), Associations: m.associations(raw.Provider),
		Urgency: urgency(m.priority, raw.House), Descriptions: m.descriptions(),
	}
	if raw.Version != "" {
		s.Item.Version = raw.Version
	}
	if m.words > 0 && len(s.Item.Bodies) > 0 {
		s.Item.Bodies[0].WordCount = m.words
	}
	if p := footerTime.FindStringSubmatch(m.footer); p != nil {
		s.Credit = p[1]
		m.agency, _, _ = strings.Cut(p[1], "-")
	}
	s.Item.Located, s.Dateline = wirecopy.Dateline(m.body, m.agency)
	if m.agency != "" {
		s.Item.InfoSources = []wiredesk.Party{{Name: m.agency}}
	}
	m.date(&s, raw)
	m.notices(&s, notice.At(raw))
	return s
}

// headlineFromBody gives copy without a headline its first paragraph for one; the text stays as it was.
func (m *message) headlineFromBody(s *wiredesk.Story) {
	if m.headline != "" || m.body == "" || s.Partial {
		return
	}
	first, _, _ := strings.Cut(m.body, "\n")
	if i := strings.Index(first, ") — "); i > 0 && i < 60 {
		first = first[i+len(") — "):]
	}
	m.headline = wirecopy.FirstSentences(first, 140)
	s.Repairs = append(s.Repairs, "no headline came: the first paragraph stands for it")
}

// notices reads the places where ANPA has room for a word to editors: editions, notes, headline, and the first lines.
func (m *message) notices(s *wiredesk.Story, clock notice.Clock) {
	for _, l := range append(append([]string{m.version, m.headline, m.title}, m.editions...), m.notes...) {
		notice.Line(l, clock).Apply(s)
	}
	notice.Read(m.body, clock).Apply(s)
	switch {
	case s.NotForPublication != "":
	case strings.EqualFold(m.category, "v"):
		s.NotForPublication = "advisory"
	case m.telex && strings.EqualFold(m.category, "m"):
		s.NotForPublication = "test line"
	}
	switch strings.ToLower(m.priority) {
	case "w":
		s.Signals = append(s.Signals, "release:at-will")
	case "a":
		s.Signals = append(s.Signals, "release:weekday-advance")
	case "s":
		s.Signals = append(s.Signals, "release:weekend-advance")
	}
}

func (m *message) usage(house wiredesk.House) string {
	for _, n := range m.notes {
		if strings.Contains(strings.ToUpper(n), "NO ARCHIVAL USE") {
			return n
		}
	}
	return house.Usage
}

func (m *message) descriptions() []wiredesk.Content {
	var all []wiredesk.Content
	for _, d := range m.summary {
		all = append(all, wiredesk.Content{Role: "summary", ContentType: "text/plain", Value: d})
	}
	return all
}

func (m *message) altIDs() []wiredesk.AltID {
	var ids []wiredesk.AltID
	if m.sequence != "" && strings.Trim(m.sequence, "0") != "" {
		ids = append(ids, wiredesk.AltID{Role: "serviceSequence", Value: m.service + m.sequence})
	}
	return ids
}

// subjects are the line's codes, named as the house's: a letter means other things elsewhere.
func (m *message) subjects(provider, region string) []wiredesk.Subject {
	var all []wiredesk.Subject
	add := func(scheme, code string) {
		if code != "" {
			all = append(all, wiredesk.Subject{Literal: provider + "-" + scheme + ":" + code})
		}
	}
	add("category", m.category)
	add("selector", m.selector)
	add("region", region)
	if sport, _, ok := strings.Cut(m.keyword, "--"); ok && len(sport) == 3 {
		add("sport", sport)
	}
	for _, c := range m.codes7 {
		all = append(all, wiredesk.Subject{Literal: "subj:" + c, URI: "http://cv.iptc.org/newscodes/subjectcode/" + c})
	}
	return all
}

// associations are the pictures that the message names. They are references; nothing is fetched.
func (m *message) associations(provider string) []wiredesk.Association {
	var all []wiredesk.Association
	for i, id := range m.pictures {
		all = append(all, wiredesk.Association{
			Name: fmt.Sprintf("picture-%d", i+1),
			Item: wiredesk.Item{URI: ninjs.URI(provider, id), Type: "picture"},
		})
	}
	return all
}

func (m *message) originals() map[string]string {
	all := map[string]string{}
	for k, v := range map[string]string{"urgency": m.priority, "version": strings.Join(m.editions, ", "), "by": strings.TrimSpace(m.byline + "\n" + m.post)} {
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
	return map[string]int{"f": 1, "b": 2, "u": 3, "r": 4, "z": 4, "d": 5, "w": 6, "a": 7, "s": 8}[strings.ToLower(priority)]
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
