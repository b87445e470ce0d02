package iptc7901_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/iptc7901"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/iptc7901"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "iptc7901", Sniff: iptc7901.Sniff, Split: iptc7901.Split, Parse: iptc7901.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func parse(t *testing.T, file string, set func(*wiredesk.Raw)) []wiredesk.Story {
	t.Helper()
	raw := sample.Raw(t, samples+"/"+file)
	if set != nil {
		set(&raw)
	}
	stories, err := iptc7901.Parse(raw)
	if err != nil || len(stories) == 0 {
		t.Fatalf("%s: %d stories, %v", file, len(stories), err)
	}
	return stories
}

func TestOneStoryOnTwoServicesIsOneStory(t *testing.T) {
	stories := parse(t, "i79-06-one-story-on-two-services.iptc", nil)
	if len(stories) != 2 || stories[0].ID() != stories[1].ID() {
		t.Errorf("two messages that differ in the header only are not one story")
	}
}

func TestAKillIsAVersionOfTheStoryItNames(t *testing.T) {
	story := parse(t, "i79-06-one-story-on-two-services.iptc", nil)[0]
	kill := parse(t, "kill-in-capitals.iptc", nil)[0]
	if kill.Item.Status() != wiredesk.Canceled || kill.ID() != story.ID() {
		t.Errorf("status %s, same story %v; want a kill of the story", kill.Item.Status(), kill.ID() == story.ID())
	}
}

func TestPrivateNotesNeverReachTheItem(t *testing.T) {
	for _, file := range []string{"i79-05-notepad-is-private-below-the-stars.iptc", "i79-05b-stars-without-a-notebook-head.iptc"} {
		s := parse(t, file, nil)[0]
		all := s.Text + s.Item.EdNote
		for _, b := range s.Item.Bodies {
			all += b.Value
		}
		if strings.Contains(all, "555 01") {
			t.Errorf("%s: a telephone number from below the stars came out", file)
		}
	}
}

func TestNaiveTrailerIsInTheLinesZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := parse(t, "i79-04-wrapped-headline-note-and-byline.iptc", func(r *wiredesk.Raw) { r.House.Zone = berlin })[0]
	if want := time.Date(2026, 3, 3, 16, 11, 0, 0, time.UTC); !s.Item.VersionCreated.Equal(want) {
		t.Errorf("versionCreated = %s, want %s", s.Item.VersionCreated, want)
	}
}

func TestHouseUrgency(t *testing.T) {
	s := parse(t, "i79-10-house-category-letters.iptc", func(r *wiredesk.Raw) { r.House.Urgency = map[string]int{"5": 8} })[0]
	if s.Item.Urgency != 8 {
		t.Errorf("urgency = %d, want the line's own 8", s.Item.Urgency)
	}
}

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }
