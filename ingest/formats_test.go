package ingest_test

import (
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestFormats holds every line of the table to what the desk needs of it, with the samples in testdata/<name>: the
// format is recognised among all others, nothing of a sample makes its parser fail, each part is read by itself to
// the same stories, and what comes out keeps to the limits. A format without samples fails.
func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, format := range ingest.Formats() {
		if format.Name == "" || format.Name == "auto" || seen[format.Name] {
			t.Errorf("format %q: a name must be there, be its own and not be auto", format.Name)
		}
		seen[format.Name] = true
		t.Run(format.Name, func(t *testing.T) {
			files := sample.Files(t, filepath.Join("testdata", format.Name))
			if len(files) == 0 {
				t.Fatalf("no samples in testdata/%s", format.Name)
			}
			for _, file := range files {
				t.Run(filepath.Base(file), func(t *testing.T) { conforms(t, format.Name, file) })
			}
		})
	}
}

func conforms(t *testing.T, name, file string) {
	t.Helper()
	raw := sample.Raw(t, file)
	raw.Format = ""
	if got, why, err := ingest.Recognise(raw); err != nil || got.Name != name {
		t.Errorf("recognised as %q (%s), %v; want %s", got.Name, why, err, name)
	}
	raw.Format = name
	reading, err := ingest.Read(raw)
	if err != nil {
		return // a golden of the format says with which faults it is refused
	}
	for _, p := range reading.Parts {
		again, _ := ingest.Parse(p.Raw)
		if len(again) != len(p.Stories) {
			t.Errorf("item %d: %d stories when it is read again, want %d", p.Raw.Item, len(again), len(p.Stories))
			continue
		}
		for i, s := range p.Stories {
			if again[i].ID() != s.ID() || again[i].Fingerprint() != s.Fingerprint() {
				t.Errorf("item %d: read again it is another story, %s", p.Raw.Item, s.Item.URI)
			}
			if s.Item.URI == "" || !utf8.ValidString(s.Text) || len(s.Text) > stream.MaxText {
				t.Errorf("item %d: %q breaks what every story promises", p.Raw.Item, s.Item.URI)
			}
		}
	}
}
