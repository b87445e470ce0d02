package ninjs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// corpus is the folder of IPTC's own files; they are measured on, never copied.
func corpus(t *testing.T) string {
	t.Helper()
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared/corpora/ninjs is not there to measure on")
	}
	return filepath.Join(shared, "corpora", "ninjs")
}

func parseFile(t *testing.T, file string) ([]wiredesk.Story, error) {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return ninjs.Parse(wiredesk.Raw{Provider: "iptc", Feed: "iptc-en", Received: sample.Received, Bytes: doc})
}

func TestIPTCsValidItemsComeOutAsValidNinjs31(t *testing.T) {
	folder, n := corpus(t), 0
	for _, pattern := range []string{"validation/*/should_pass/*.json", "examples/*/*.json"} {
		files, _ := filepath.Glob(filepath.Join(folder, pattern))
		for _, file := range files {
			if strings.HasSuffix(file, "1.4/businesswire-newsml-20130731006140.json") {
				continue // it has the same name twice in one object, which we refuse
			}
			stories, err := parseFile(t, file)
			if err != nil {
				t.Errorf("%s: %s", file, err)
			}
			for _, story := range stories {
				n++
				if err := sample.Valid(t, story.Item); err != nil {
					t.Errorf("%s: %s", file, err)
				}
			}
		}
	}
	t.Logf("%d items", n)
}

// lawful are files that break the version in whose folder they lie, but are right by a later one, and name none.
var lawful = []string{"1.0/should_fail/014", "1.0/should_fail/016", "1.1/should_fail/001", "1.1/should_fail/002"}

func TestIPTCsInvalidItemsAreRefused(t *testing.T) {
	folder := corpus(t)
	files, _ := filepath.Glob(filepath.Join(folder, "validation/*/should_fail/*.json"))
	for _, file := range files {
		later := false
		for _, l := range lawful {
			later = later || strings.Contains(file, l)
		}
		if stories, err := parseFile(t, file); (err == nil) != later {
			t.Errorf("%s: got %d stories and %v, want a refusal", file, len(stories), err)
		}
	}
}
