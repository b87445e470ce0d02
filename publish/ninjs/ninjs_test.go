package ninjs_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	reader "github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/publish/ninjs"
)

// maker makes items in which every property may stand or not.
type maker struct{ *rand.Rand }

func (m maker) maybe() bool { return m.IntN(2) == 0 }

func (m maker) word() string {
	return []string{"quay", "Häfen & mehr", "عاجل", "\"Quoted\" <b>", "молния", "a/b:c#d", "x y"}[m.IntN(7)]
}

func (m maker) text() string {
	if m.maybe() {
		return ""
	}
	return m.word()
}

func (m maker) uri() string {
	if m.maybe() {
		return ""
	}
	return fmt.Sprintf("https://kestrel.example/%d", m.IntN(100))
}

func (m maker) time() time.Time {
	if m.maybe() {
		return time.Time{}
	}
	return time.Date(2026, 3, 4, m.IntN(24), m.IntN(60), 0, 0, time.UTC)
}

func (m maker) share() *int {
	n := m.IntN(101)
	if m.maybe() {
		return nil
	}
	return &n
}

func many[T any](m maker, one func() T) []T {
	var all []T
	for range m.IntN(3) {
		all = append(all, one())
	}
	return all
}

func (m maker) content() wiredesk.Content {
	return wiredesk.Content{Role: m.text(), ContentType: []string{"", "text/plain", "text/html"}[m.IntN(3)], Value: m.word()}
}

func (m maker) party() wiredesk.Party {
	return wiredesk.Party{Name: m.word(), Rel: m.text(), URI: m.uri(), Literal: m.text()}
}

func (m maker) item(depth int) wiredesk.Item {
	i := wiredesk.Item{
		URI: fmt.Sprintf("urn:newsml:kestrel.example:%d", m.IntN(1000)), Type: []string{"", "text", "picture", "event"}[m.IntN(4)],
		RepresentationType: []string{"", "full", "partial"}[m.IntN(3)], Profile: m.text(), Version: []string{"", "0", "12"}[m.IntN(3)],
		FirstCreated: m.time(), VersionCreated: m.time(), ContentCreated: m.time(), EmbargoedUntil: m.time(), Expires: m.time(),
		PubStatus: []string{"", "usable", "withheld", "canceled"}[m.IntN(4)], Urgency: m.IntN(10), Language: m.text(), Title: m.text(),
		Slugline: m.text(), By: m.text(), Located: m.text(), EdNote: m.text(), CopyrightHolder: m.text(), CopyrightNotice: m.text(), UsageTerms: m.text(),
		Headlines: many(m, m.content), Descriptions: many(m, m.content), Bodies: many(m, m.content),
		People: many(m, m.party), Organisations: many(m, m.party), Places: many(m, m.party), Objects: many(m, m.party),
		InfoSources: many(m, func() wiredesk.Party { return wiredesk.Party{Name: m.word(), Role: m.text(), URI: m.uri()} }),
		Subjects: many(m, func() wiredesk.Subject {
			return wiredesk.Subject{Name: m.word(), URI: m.uri(), Literal: m.text(), Creator: m.text(), Relevance: m.share(), Confidence: m.share()}
		}),
		Genres: many(m, func() wiredesk.Concept { return wiredesk.Concept{Name: m.word(), URI: m.uri()} }),
		Events: many(m, func() wiredesk.Event { return wiredesk.Event{ID: m.text(), Name: m.word(), URI: m.uri()} }),
		AltIDs: many(m, func() wiredesk.AltID { return wiredesk.AltID{Role: m.text(), Value: m.word()} }),
		Renditions: many(m, func() wiredesk.Rendition {
			return wiredesk.Rendition{Name: m.word(), Href: m.uri(), Width: m.IntN(4000), SizeInBytes: m.Int64N(1 << 40), Duration: float64(m.IntN(100)) / 4, POI: json.RawMessage(`{"x":1,"y":2}`)}
		}),
		TrustIndicators: many(m, func() wiredesk.TrustIndicator {
			return wiredesk.TrustIndicator{Role: m.uri(), Title: m.word(), Href: m.uri()}
		}),
	}
	if m.maybe() {
		i.RightsInfo = &wiredesk.RightsInfo{LangID: m.uri(), EncodedRights: "{}"}
		i.DigitalSourceType = &wiredesk.Concept{Name: m.word(), URI: m.uri()}
		i.EventDetails = json.RawMessage(`{"dates":{"startDate":"2026-06-07T07:00:00Z"}}`)
		i.PlannedCoverage = []json.RawMessage{json.RawMessage(`{"title":"vote","urgency":3}`)}
	}
	if depth > 0 {
		i.Associations = many(m, func() wiredesk.Association {
			return wiredesk.Association{Name: m.word(), Rel: m.text(), Item: m.item(depth - 1)}
		})
	}
	return i
}

func made(seed uint64) wiredesk.Item {
	i := maker{rand.New(rand.NewPCG(seed, 1))}.item(2)
	i.Standard = wiredesk.NINJS()
	return i
}

func read(t *testing.T, doc []byte) wiredesk.Story {
	t.Helper()
	stories, err := reader.Parse(wiredesk.Raw{Provider: "kestrel", Feed: "kestrel-en", Received: sample.Received, Bytes: doc})
	if err != nil || len(stories) != 1 {
		t.Fatalf("%s: got %d stories and %v, want one", doc, len(stories), err)
	}
	return stories[0]
}

func TestWhatIsWrittenAs31ReadsTheSame(t *testing.T) {
	for seed := range uint64(300) {
		item := made(seed)
		doc, lost, err := ninjs.Encode(item, "3.1")
		if err != nil || len(lost) > 0 {
			t.Fatalf("seed %d: lost %v, %v", seed, lost, err)
		}
		if got := read(t, doc).Item; !reflect.DeepEqual(got, item) {
			t.Fatalf("seed %d: got\n%+v\nwant\n%+v", seed, got, item)
		}
	}
}

func TestOlderVersionsAreValidAndKeepWhatTheyCan(t *testing.T) {
	for _, version := range []string{"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1", "2.2", "3.0"} {
		for seed := range uint64(60) {
			item := made(seed)
			doc, _, err := ninjs.Encode(item, version)
			if err != nil {
				t.Fatalf("%s, seed %d: %s", version, seed, err)
			}
			got := read(t, doc).Item
			if got.URI != item.URI || got.Version != item.Version || got.PubStatus != item.PubStatus || !got.EmbargoedUntil.Equal(item.EmbargoedUntil) ||
				!got.VersionCreated.Equal(item.VersionCreated) || got.By != item.By || len(got.People) != len(item.People) || len(got.Bodies) != len(item.Bodies) {
				t.Fatalf("%s, seed %d: got\n%s\nof\n%+v", version, seed, doc, item)
			}
		}
	}
}

func TestRolesOfInfoSourcesAreRelsIn1x(t *testing.T) {
	doc, lost, err := ninjs.Encode(wiredesk.Item{URI: "urn:a:b", InfoSources: []wiredesk.Party{{Name: "Gannet", Role: "originator"}}}, "1.2")
	if err != nil || len(lost) > 0 || !strings.Contains(string(doc), `"rel":"originator"`) {
		t.Fatalf("got %s, lost %v, %v; want the role as rel", doc, lost, err)
	}
	if got := read(t, doc).Item.InfoSources; len(got) != 1 || got[0].Role != "originator" {
		t.Errorf("got %+v, want the role back", got)
	}
}

func TestAnEmbargoSurvivesEveryVersion(t *testing.T) {
	until := time.Date(2026, 3, 6, 0, 1, 0, 0, time.UTC)
	for _, version := range []string{"1.0", "1.6", "2.0", "2.2", "3.0", "3.1"} {
		doc, _, err := ninjs.Encode(wiredesk.Item{URI: "urn:a:b", EmbargoedUntil: until, PubStatus: wiredesk.Withheld}, version)
		if err != nil {
			t.Fatal(err)
		}
		if s := read(t, doc); !s.Item.EmbargoedUntil.Equal(until) || s.Item.PubStatus != wiredesk.Withheld {
			t.Errorf("%s: got %s, want the embargo and the status", version, doc)
		}
	}
}

func TestLossIsNamed(t *testing.T) {
	item := wiredesk.Item{URI: "urn:a:b", Title: "Quay", EventDetails: json.RawMessage(`{"dates":{"startDate":"2026-06-07T07:00:00Z"}}`)}
	_, lost, err := ninjs.Encode(item, "1.1")
	if err != nil || strings.Join(lost, " ") != "title eventdetails" {
		t.Errorf("got %v %v, want title and eventdetails", lost, err)
	}
}

func TestWhatCannotBeNinjsIsAnError(t *testing.T) {
	if _, _, err := ninjs.Encode(wiredesk.Item{URI: "no uri"}, "3.1"); err == nil {
		t.Error("got no error for an item whose URI is none")
	}
	if _, _, err := ninjs.Encode(wiredesk.Item{URI: "urn:a:b"}, "4.0"); err == nil {
		t.Error("got no error for an unknown version")
	}
}
