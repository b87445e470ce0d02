package nitf_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/nitf"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/nitf"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "nitf", Sniff: nitf.Sniff, Split: nitf.Split, Parse: nitf.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func parse(t *testing.T, file string) wiredesk.Story {
	t.Helper()
	stories, err := nitf.Parse(sample.Raw(t, samples+"/"+file))
	if err != nil || len(stories) == 0 {
		t.Fatalf("%s: %d stories, %v", file, len(stories), err)
	}
	return stories[0]
}

func TestNoEmbargoTurnsIntoUsable(t *testing.T) {
	for file, unknown := range map[string]bool{
		"nitf-04-embargoed-until-its-release.xml": false, "nitf-04b-embargoed-without-a-time.xml": true,
		"nitf-04c-release-in-the-future-of-usable-copy.xml": false,
	} {
		s := parse(t, file)
		if s.EmbargoUnknown != unknown || unknown == !s.Item.EmbargoedUntil.IsZero() {
			t.Errorf("%s: embargoed until %v, unknown %v; want unknown %v", file, s.Item.EmbargoedUntil, s.EmbargoUnknown, unknown)
		}
	}
}

func TestAnOrderIsForTheOtherStory(t *testing.T) {
	s := parse(t, "nitf-06-order-to-kill-another.xml")
	want := wiredesk.Order{URI: "urn:wiredesk:id:kestrel:kestrel.20260303.40", Status: wiredesk.Canceled}
	if len(s.Orders) != 1 || s.Orders[0] != want || s.Item.Status() != wiredesk.Usable {
		t.Errorf("orders %v, own status %s; want %v and usable", s.Orders, s.Item.Status(), want)
	}
}

func TestADuKeyAloneIsNoIdentity(t *testing.T) {
	raw := sample.Raw(t, samples+"/nitf-07-du-key-is-no-identity.xml")
	one, err := nitf.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	raw.Bytes = []byte(strings.Replace(string(raw.Bytes), "20260303T", "20260503T", 1))
	other, err := nitf.Parse(raw)
	if err != nil || one[0].Item.URI == other[0].Item.URI {
		t.Errorf("the same du-key two months later is the same story %s, %v", one[0].Item.URI, err)
	}
}
