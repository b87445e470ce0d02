package anpa_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/anpa"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/anpa"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "anpa", Sniff: anpa.Sniff, Split: anpa.Split, Parse: anpa.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func parse(t *testing.T, file string) []wiredesk.Story {
	t.Helper()
	stories, err := anpa.Parse(sample.Raw(t, samples+"/"+file))
	if err != nil || len(stories) == 0 {
		t.Fatalf("%s: %d stories, %v", file, len(stories), err)
	}
	return stories
}

func TestIdentity(t *testing.T) {
	base := parse(t, "anpa-01-ap-frame.anpa")[0]
	for _, s := range parse(t, "anpa-07-same-story-on-two-services.anpa") {
		if s.ID() != base.ID() {
			t.Errorf("service %v made another story of it", s.Item.AltIDs)
		}
	}
	kill := parse(t, "kill-in-the-keyword-line.anpa")[1]
	if kill.ID() != base.ID() || kill.Item.Status() != wiredesk.Canceled {
		t.Errorf("status %s, same story %v; want a kill of the story", kill.Item.Status(), kill.ID() == base.ID())
	}
	alerts := parse(t, "anpa-08-alert-without-headline.anpa")
	if alerts[0].ID() == alerts[1].ID() {
		t.Error("two alerts of one day became one story")
	}
}

func TestYearIsTheOneNearestToTheReceipt(t *testing.T) {
	s := parse(t, "anpa-04-year-wrap.anpa")[0]
	if want := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC); !s.Item.VersionCreated.Equal(want) {
		t.Errorf("31 December received on 1 January 2027 = %s, want %s", s.Item.VersionCreated, want)
	}
}

func TestReadTwiceIsTheSame(t *testing.T) {
	raw := sample.Raw(t, samples+"/anpa-10-zczc-with-field-marks.anpa")
	first, _ := anpa.Parse(raw)
	raw.Received = raw.Received.Add(48 * time.Hour)
	raw.Bytes = bytes.Clone(raw.Bytes)
	second, _ := anpa.Parse(raw)
	for i := range first {
		if first[i].Item.URI != second[i].Item.URI {
			t.Errorf("message %d is another story when it is read two days later", i+1)
		}
	}
}
