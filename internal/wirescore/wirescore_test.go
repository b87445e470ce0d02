package wirescore_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/internal/wirescore"
)

// least is the share of facts, in percent, below which a format has become worse than it was.
var least = map[string]float64{
	"newsml-g2": 99, "newsml-1.x": 97, "newsml12+nitf": 97, "nitf": 97, "anpa1312/iptc7901": 97, "email": 97, "text": 97, "rss/atom": 97, "ninjs": 97,
}

func folder(t *testing.T) string {
	t.Helper()
	shared := sample.Shared()
	if shared == "" {
		t.Skip("the folder ../shared beside the repository is absent: nothing to measure with")
	}
	return filepath.Join(shared, "corpora", "wire-formats")
}

// read does with a document what ingest does: recognise it, cut it, read the parts.
func read(raw wiredesk.Raw) ([]wiredesk.Story, error) {
	format, _, err := ingest.Recognise(raw)
	if err != nil {
		return nil, err
	}
	return sample.Read(format, raw)
}

// TestFacts prints the table of facts right by format: go test ./internal/wirescore -run Facts -v.
func TestFacts(t *testing.T) {
	tallies, err := wirescore.Score(folder(t), func(wirescore.File) bool { return true }, read)
	if err != nil {
		t.Fatal(err)
	}
	for _, tally := range tallies {
		t.Log(tally)
		for _, m := range tally.Misses {
			t.Log("  " + strings.ReplaceAll(m.String(), "\n", " "))
		}
		if want := least[tally.Format]; tally.Share() < want {
			t.Errorf("%s: %.1f %% of the facts; want %.0f", tally.Format, tally.Share(), want)
		}
	}
}

// TestEveryFileIsReadOrRefusedAloud reads every file of the folder that looks like one of ours: stories that are valid
// ninjs, or a fault with a place.
func TestEveryFileIsReadOrRefusedAloud(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder(t), "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	more, _ := filepath.Glob(filepath.Join(folder(t), "*", "*", "*"))
	deeper, _ := filepath.Glob(filepath.Join(folder(t), "*", "*", "*", "*", "*"))
	for _, file := range append(append(files, more...), deeper...) {
		raw, ok := wirescore.Open(file)
		if !ok {
			continue
		}
		stories, err := read(raw)
		var fault *wiredesk.Fault
		if len(stories) == 0 && !errors.As(err, &fault) {
			t.Errorf("%s: no story and no fault: %v", filepath.Base(file), err)
		}
		for i := range stories {
			if err := sample.Valid(t, stories[i].Item); err != nil {
				t.Errorf("%s: not ninjs 3.1: %v", filepath.Base(file), err)
			}
		}
	}
}
