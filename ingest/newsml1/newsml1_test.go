package newsml1_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsml1"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/newsml1"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "newsml1", Sniff: newsml1.Sniff, Split: newsml1.Split, Parse: newsml1.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func parse(t *testing.T, file string) wiredesk.Story {
	t.Helper()
	stories, err := newsml1.Parse(sample.Raw(t, samples+"/"+file))
	if err != nil || len(stories) == 0 {
		t.Fatalf("%s: %d stories, %v", file, len(stories), err)
	}
	return stories[0]
}

func TestNoEmbargoTurnsIntoUsable(t *testing.T) {
	for file, unknown := range map[string]bool{
		"nml-06-embargoed-until-status-changes.xml": false, "nml-06b-embargoed-without-a-time.xml": true,
		"nml-11-ats-comment-and-embargo.xml": false, "all-04-embargo-in-the-comment.xml": false,
	} {
		s := parse(t, file)
		if s.EmbargoUnknown != unknown || unknown == !s.Item.EmbargoedUntil.IsZero() {
			t.Errorf("%s: embargoed until %v, unknown %v; want unknown %v", file, s.Item.EmbargoedUntil, s.EmbargoUnknown, unknown)
		}
	}
}

func TestPartsNeverBlankABody(t *testing.T) {
	for _, file := range []string{"nml-05-update-of-a-part.xml", "nml-05b-status-only.xml"} {
		if s := parse(t, file); !s.Partial {
			t.Errorf("%s is not partial: it would blank the body of the version before", file)
		}
	}
	if s := parse(t, "nml-05c-letter-nobody-knows.xml"); s.Partial || len(s.Item.Bodies) == 0 {
		t.Error("an unknown update letter lost the body")
	}
}

func TestTheFamilyStandsBeforeTheRevision(t *testing.T) {
	family := parse(t, "nml-01-components-inside-components.xml")
	want := family.ID()
	for _, file := range []string{"nml-03-public-identifier-with-update-letter.xml", "nml-03b-public-identifier-alone.xml", "nml-04-revision-zero.xml"} {
		if s := parse(t, file); s.ID() != want {
			t.Errorf("%s is another story, %s", file, s.Item.URI)
		}
	}
}
