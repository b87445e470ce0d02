package iptc7901_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/iptc7901"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// source is what dpa made a wire message from.
type source struct {
	Headline string
	Byline   string
	Dateline string
	Urgency  int
	HTML     string `json:"article_html"`
}

// TestMessagesThatDpaMade reads messages beside the documents that dpa made them from: nothing of the text may be lost.
func TestMessagesThatDpaMade(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared is absent, and dpa's messages are there")
	}
	dir := filepath.Join(shared, "corpora", "wire-formats", "dpa", "iptc7901")
	files, err := filepath.Glob(filepath.Join(dir, "output", "*.iptc"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", dir, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".iptc")
		t.Run(name, func(t *testing.T) {
			doc, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			stories, err := iptc7901.Parse(wiredesk.Raw{Provider: "dpa", Feed: "dpa", Bytes: doc, Received: sample.Received})
			if err != nil || len(stories) != 1 {
				t.Fatalf("%d stories, %v", len(stories), err)
			}
			compare(t, stories[0], read(t, filepath.Join(dir, "input", name+".json")))
		})
	}
}

func read(t *testing.T, file string) source {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var one source
	if err := json.Unmarshal(b, &one); err == nil && one.Headline != "" {
		return one
	}
	var many struct {
		Items   []source
		Entries []source
	}
	if err := json.Unmarshal(b, &many); err != nil || len(many.Items)+len(many.Entries) == 0 {
		t.Fatalf("%s: %v", file, err)
	}
	return append(many.Items, many.Entries...)[0]
}

func compare(t *testing.T, s wiredesk.Story, want source) {
	t.Helper()
	if got := s.Item.Headline(); squeezed(got) != squeezed(want.Headline) {
		t.Errorf("headline %q, want %q", got, want.Headline)
	}
	if want.Byline != "" && !strings.Contains(squeezed(want.Byline), squeezed(s.Item.By)) {
		t.Errorf("byline %q, want %q", s.Item.By, want.Byline)
	}
	if s.Item.Urgency != want.Urgency {
		t.Errorf("urgency %d, want %d", s.Item.Urgency, want.Urgency)
	}
	text, err := markup.HTMLText(want.HTML)
	if err != nil {
		t.Fatal(err)
	}
	body := strings.ReplaceAll(squeezed(s.Text), "|", "") // bars between the cells of a table are the wire's
	for p := range strings.SplitSeq(text, "\n") {
		if p = squeezed(strings.TrimLeft(p, "- ")); p != "" && !strings.Contains(body, p) {
			t.Errorf("the text lacks %q", p)
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
