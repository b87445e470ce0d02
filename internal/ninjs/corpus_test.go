package ninjs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/internal/strictjson"
)

func TestIPTCsFilesPassAndFailAsTheyShould(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared/corpora/ninjs is not there to measure on")
	}
	for _, version := range ninjs.Versions {
		folder := filepath.Join(shared, "corpora/ninjs/validation", strings.Replace(version, "-", "_", 1))
		for _, file := range files(t, filepath.Join(folder, "should_pass")) {
			if mistakes := check(t, file, version); len(mistakes) > 0 {
				t.Errorf("%s: got %s, want no mistake", file, mistakes[0])
			}
		}
		for _, file := range files(t, filepath.Join(folder, "should_fail")) {
			if mistakes := check(t, file, version); len(mistakes) == 0 {
				t.Errorf("%s: got no mistake, want a refusal", file)
			}
		}
	}
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: %d files, %v", folder, len(found), err)
	}
	return found
}

func check(t *testing.T, file, version string) []string {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	item, err := strictjson.Read(doc)
	if err != nil {
		return []string{err.Error()}
	}
	var said []string
	for _, m := range ninjs.Check(item, version) {
		said = append(said, m.Reason)
	}
	return said
}
