package jsonfeed_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// wanted is what gofeed's own tests expect of an item.
type wanted struct {
	Items []struct {
		ID, URL, Title string
		ContentHTML    string `json:"content_html"`
		Published      string `json:"date_published"`
		Tags           []string
	}
}

// TestFeeds reads the feeds that other readers test with, and compares title, text, id and tags.
func TestFeeds(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared/corpora/feeds is not there to measure on")
	}
	files, err := filepath.Glob(filepath.Join(shared, "corpora/feeds/gofeed/parser/json/*_expected.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		var want wanted
		decode(t, file, &want)
		doc, err := os.ReadFile(strings.Replace(file, "_expected", "", 1))
		if err != nil {
			t.Fatal(err)
		}
		if score, _ := format.Sniff(doc); score < 50 {
			t.Errorf("%s: sniffed with %d, want at least 50", file, score)
		}
		stories, err := sample.Read(format, wiredesk.Raw{Provider: "kestrel", Received: sample.Received, Bytes: doc})
		if err != nil || len(stories) != len(want.Items) {
			t.Errorf("%s: got %d stories and %v, want %d", file, len(stories), err, len(want.Items))
			continue
		}
		for i, s := range stories {
			w := want.Items[i]
			ids, _ := json.Marshal(s.Item.AltIDs)
			if s.Item.Headline() != w.Title || !strings.Contains(string(ids), w.ID) || s.Item.Bodies[0].Value != w.ContentHTML || len(s.Keywords) != len(w.Tags) {
				t.Errorf("%s, item %d: got %+v, want %+v", file, i+1, s.Item, w)
			}
		}
	}
}

func decode(t *testing.T, file string, into any) {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(doc, into); err != nil {
		t.Fatal(err)
	}
}
