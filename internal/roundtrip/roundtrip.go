// Package roundtrip holds writers to what readers make of them: Story → document → Story.
package roundtrip

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// Same compares two stories in all that a reader fills, and says where they differ; empty where they do not. Only what
// depends on the road is left out: the format's name, spellings kept aside, repairs, and the order of lists that have
// none.
func Same(a, b wiredesk.Story) string {
	left, right := flat(a), flat(b)
	var diff []string
	for _, k := range slices.Sorted(keys(left, right)) {
		if left[k] != right[k] {
			diff = append(diff, fmt.Sprintf("%s: %s became %s", k, left[k], right[k]))
		}
	}
	return strings.Join(diff, "\n")
}

func keys(maps ...map[string]string) func(func(string) bool) {
	all := map[string]bool{}
	for _, m := range maps {
		for k := range m {
			all[k] = true
		}
	}
	return func(yield func(string) bool) {
		for k := range all {
			if !yield(k) {
				return
			}
		}
	}
}

// flat is a story as one line for each of its fields.
func flat(s wiredesk.Story) map[string]string {
	s.Item.Standard = nil
	s.Format, s.Originals, s.Repairs = "", nil, nil
	s.Item.InfoSources = sorted(slices.DeleteFunc(slices.Clone(s.Item.InfoSources), func(p wiredesk.Party) bool {
		return p.Role == "provider" && p.Name == s.Provider // every writer names who sends
	}))
	s.Item.AltIDs = slices.Clone(s.Item.AltIDs)
	slices.SortFunc(s.Item.AltIDs, func(a, b wiredesk.AltID) int { return strings.Compare(a.Role+a.Value, b.Role+b.Value) })
	if s.Correction && !slices.ContainsFunc(s.Signals, func(code string) bool { return strings.Contains(strings.ToLower(code), "correct") }) {
		s.Signals = append(slices.Clone(s.Signals), "sig:correction") // where the format says it by a signal
	}
	s.Item.Subjects = slices.Clone(s.Item.Subjects)
	slices.SortFunc(s.Item.Subjects, func(a, b wiredesk.Subject) int {
		return strings.Compare(a.Rel+a.Literal+a.URI+a.Name, b.Rel+b.Literal+b.URI+b.Name)
	})
	for _, t := range []*time.Time{&s.Item.FirstCreated, &s.Item.VersionCreated, &s.Item.ContentCreated, &s.Item.EmbargoedUntil, &s.Item.Expires} {
		if !t.IsZero() {
			*t = t.UTC()
		}
	}
	out := map[string]string{}
	item := s.Item
	s.Item = wiredesk.Item{}
	for name, v := range map[string]any{"": s, "item.": item} {
		b, err := json.Marshal(v)
		if err != nil {
			out[name] = err.Error()
			continue
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(b, &fields); err != nil {
			out[name] = err.Error()
		}
		for k, f := range fields {
			if text := string(f); text != "null" && text != `""` && text != "false" && k != "Item" {
				out[name+k] = text
			}
		}
	}
	return out
}

func sorted(list []wiredesk.Party) []wiredesk.Party {
	slices.SortFunc(list, func(a, b wiredesk.Party) int { return strings.Compare(a.Role+a.Name+a.URI, b.Role+b.Name+b.URI) })
	return list
}

// Check writes a story, reads it again, and fails where anything changed that the writer did not name as lost.
func Check(t *testing.T, what string, s wiredesk.Story, write func(wiredesk.Story) ([]byte, []string, error), read wiredesk.Parser) {
	t.Helper()
	doc, lost, err := write(s)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	again, err := read(wiredesk.Raw{Provider: s.Provider, Feed: s.Feed, Bytes: doc, Received: s.Item.VersionCreated})
	if err != nil || len(again) != 1 {
		t.Errorf("%s: %d stories, %v, of\n%s", what, len(again), err, doc)
		return
	}
	for line := range strings.SplitSeq(Same(s, again[0]), "\n") {
		if line != "" && !named(line, lost) && !found(line) {
			t.Errorf("%s: %s\n(lost: %v) in\n%s", what, line, lost, doc)
		}
	}
}

// found says whether a difference is a field that was empty and that a reader finds in another one: the dateline in the
// place, the slug in a keyword, the distributor in the credit.
func found(diff string) bool {
	for _, field := range []string{"item.located", "Dateline", "item.slugline", "item.infoSources", "item.firstCreated"} {
		if strings.HasPrefix(diff, field+":  became") {
			return true
		}
	}
	return false
}

// named says whether a difference is one that the writer named.
func named(diff string, lost []string) bool {
	field, _, _ := strings.Cut(strings.TrimPrefix(diff, "item."), ":")
	for _, l := range lost {
		path, _, _ := strings.Cut(l, "[")
		path, _, _ = strings.Cut(path, " ")
		switch {
		case strings.EqualFold(path, field):
			return true
		case (path == "person" || path == "geoArea" || path == "organisation" || path == "object" || path == "org" || path == "object.title") &&
			slices.Contains([]string{"people", "places", "organisations", "objects"}, field):
			return true
		}
	}
	return false
}

// Story is an invented story that fills what an ordinary one fills, the same for the same seed.
func Story(seed uint64) wiredesk.Story {
	r := rand.New(rand.NewPCG(seed, 7))
	at := time.Date(2026, 3, 3, 15, 5, 0, 0, time.FixedZone("", 3600)).Add(time.Duration(r.IntN(9999)) * time.Second)
	word := func() string {
		list := []string{"ferry", "harbour", "crack & hull", "Brandt's", "<island>", "\"quay\"", "Färjan", "остров", "جزيرة", "島"}
		return list[r.IntN(len(list))]
	}
	maybe := func(s string) string {
		if r.IntN(3) == 0 {
			return ""
		}
		return s
	}
	s := wiredesk.Story{Provider: "kestrel", Feed: "kestrel-en", Credit: maybe("Kestrel " + word()), Dateline: maybe("Varnholm, Norway")}
	i := &s.Item
	i.URI, i.Version = ninjs.URI("kestrel", fmt.Sprintf("urn:newsml:kestrel.example:20260303:%d", seed)), fmt.Sprint(r.IntN(40))
	i.Type, i.RepresentationType, i.PubStatus, i.Language = "text", "full", wiredesk.Usable, "en"
	i.FirstCreated, i.VersionCreated = at, at.Add(time.Hour)
	i.Urgency, i.Slugline, i.By = 1+r.IntN(9), maybe("FERRY-"+word()), maybe("Ada "+word())
	i.Located, i.EdNote, i.UsageTerms = "Varnholm", maybe("Eds: "+word()+"\nMore to come"), maybe("Not for archives")
	i.CopyrightHolder = "Kestrel News"
	i.CopyrightNotice = "© 2026 Kestrel News"
	head, para := "Ferry stops: "+word(), word()+" said it stopped"
	i.Headlines = []wiredesk.Content{{Role: "main", ContentType: "text/plain", Value: head}}
	if r.IntN(2) == 0 {
		i.Headlines = append(i.Headlines, wiredesk.Content{Role: "sub", ContentType: "text/plain", Value: "Below: " + word()})
	}
	i.Descriptions = []wiredesk.Content{{Role: "summary", ContentType: "text/plain", Value: "In short, " + word()}}
	s.Keywords = []string{"ferry", "hull " + fmt.Sprint(seed)}
	for _, k := range s.Keywords {
		i.Subjects = append(i.Subjects, wiredesk.Subject{Name: k, Rel: "keyword"})
	}
	i.Subjects = append(i.Subjects,
		wiredesk.Subject{Name: "transport accident", URI: "http://cv.iptc.org/newscodes/subjectcode/03010000", Literal: "subj:03010000"},
		wiredesk.Subject{Name: "transport accident", URI: "http://cv.iptc.org/newscodes/mediatopic/20000148", Literal: "medtop:20000148"},
		wiredesk.Subject{Literal: "kestrel-category:i"})
	i.People = []wiredesk.Party{{Name: "Selma Brandt"}, {Name: "Ivo Lund", Literal: "kpers:7"}}
	i.Organisations = []wiredesk.Party{{Name: "Varnholm Ferries"}}
	i.AltIDs = []wiredesk.AltID{{Role: "USN", Value: "K8N2" + fmt.Sprint(seed)}}
	s.Signals = []string{"sig:update", "edStat:U"}
	body(&s, head, para)
	if seed%5 == 1 {
		i.EmbargoedUntil = at.Add(48 * time.Hour)
	}
	if seed%5 == 2 {
		s.EmbargoUnknown = true
	}
	if seed%5 == 3 {
		i.PubStatus, i.Expires = wiredesk.Canceled, at.Add(240*time.Hour)
	}
	return s
}

func body(s *wiredesk.Story, head, para string) {
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(para)
	html := "<p>VARNHOLM (Kestrel) – " + escaped + " <b>at once</b>, <i>and</i> how.</p><h2>A head</h2><ul><li>one</li><li>two</li></ul>" +
		"<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Tern</td><td>80</td></tr></table><p>Line<br>break and a <a href=\"https://kestrel.example/?a=1&amp;b=2\">link</a>.</p>"
	plain := "VARNHOLM (Kestrel) – " + para + " at once, and how.\n\nA head\n\n- one\n- two\n\nBoat\tSeats\nTern\t80\n\nLine\nbreak and a link."
	s.Item.Bodies = []wiredesk.Content{{ContentType: "text/html", Value: html, CharCount: len([]rune(plain)), WordCount: len(strings.Fields(plain))}}
	s.Text = head + "\n\n" + plain
}
