package dpajson_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/internal/wirescore"
)

// TestFacts reads dpa's own JSON and compares with the facts of the wire files that dpa made of it, which state the same
// story. What those files only gain on the way, such as Media Topics for dpa's subjects, is not asked for.
func TestFacts(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("skipped: ../shared/corpora/wire-formats is not there to measure on")
	}
	folder := filepath.Join(shared, "corpora", "wire-formats")
	made := func(f wirescore.File) bool { return strings.HasPrefix(f.Name, "dpa/newsmlg2/output/") }
	tallies, err := wirescore.Score(folder, made, func(raw wiredesk.Raw) ([]wiredesk.Story, error) {
		name := strings.TrimSuffix(filepath.Base(raw.Name), ".xml") + ".json"
		doc, err := os.ReadFile(filepath.Join(folder, "dpa", "newsmlg2", "input", strings.ReplaceAll(name, "-", "_")))
		if err != nil {
			doc, err = os.ReadFile(filepath.Join(folder, "dpa", "newsmlg2", "input", name))
		}
		if err != nil {
			return nil, err
		}
		raw.Bytes = doc
		return sample.Read(format, raw)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, tally := range tallies {
		t.Log(tally)
		if tally.Share() < 97 {
			t.Errorf("%.1f %% of the facts, want at least 97", tally.Share())
		}
		for _, m := range tally.Misses {
			t.Log("  " + strings.ReplaceAll(m.String(), "\n", " "))
		}
	}
}
