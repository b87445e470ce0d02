package newsmlg2_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsmlg2"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/newsmlg2"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "newsmlg2", Sniff: newsmlg2.Sniff, Split: newsmlg2.Split, Parse: newsmlg2.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func parse(t *testing.T, file string) []wiredesk.Story {
	t.Helper()
	stories, err := newsmlg2.Parse(sample.Raw(t, samples+"/"+file))
	if err != nil || len(stories) == 0 {
		t.Fatalf("%s: %d stories, %v", file, len(stories), err)
	}
	return stories
}

func TestTwoVersionsAreOneStory(t *testing.T) {
	s := parse(t, "g2-07-guid-and-version-apart.xml")
	if len(s) != 2 || s[0].ID() != s[1].ID() || s[0].Item.Version == s[1].Item.Version {
		t.Errorf("%q version %q and %q version %q; want two versions of one story", s[0].Item.URI, s[0].Item.Version, s[1].Item.URI, s[1].Item.Version)
	}
}

func TestPrivateNotesNeverReachTheItem(t *testing.T) {
	for _, file := range []string{"g2-12-public-and-private-notes.xml", "g2-13-dpa-section-main-and-notepad.xml", "below-the-line-is-cut.xml"} {
		s := parse(t, file)[0]
		all := s.Text + s.Item.EdNote
		for _, b := range s.Item.Bodies {
			all += b.Value
		}
		if strings.Contains(all, "555 01") {
			t.Errorf("%s: a number that is for editors only came out", file)
		}
	}
}

func TestNoEmbargoTurnsIntoUsable(t *testing.T) {
	for file, unknown := range map[string]bool{
		"g2-05b-empty-embargo-withholds.xml": true, "g2-05d-embargo-that-cannot-be-read.xml": true,
		"g2-05c-embargo-in-the-future.xml": false, "all-04-embargo-only-in-a-note.xml": false,
	} {
		s := parse(t, file)[0]
		if s.EmbargoUnknown != unknown || unknown == !s.Item.EmbargoedUntil.IsZero() {
			t.Errorf("%s: embargoed until %v, unknown %v; want unknown %v", file, s.Item.EmbargoedUntil, s.EmbargoUnknown, unknown)
		}
	}
}

func TestEveryBitOfTextInOrder(t *testing.T) {
	s := parse(t, "g2-02-mixed-content-in-order.xml")[0]
	at := 0
	for _, bit := range []string{"The bold claim and its tail.", "The plan was shown to the council, which said “no”.", "A loose line in a div", "and a paragraph inside", "and more after it", "- one point", "Town\tVotes", "Eastmere\t412"} {
		i := strings.Index(s.Text[at:], bit)
		if i < 0 {
			t.Errorf("%q is missing or out of order in %q", bit, s.Text)
			continue
		}
		at += i
	}
	if strings.Contains(s.Text+s.Item.Bodies[0].Value, "alert") {
		t.Error("a script came out")
	}
}
