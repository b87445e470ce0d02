package wirescore_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsmlg2"
	"github.com/wiredesk/wiredesk/internal/sample"
	"github.com/wiredesk/wiredesk/internal/wirescore"
)

func folder(t *testing.T) string {
	t.Helper()
	shared := sample.Shared()
	if shared == "" {
		t.Skip("the folder ../shared beside the repository is absent: nothing to measure with")
	}
	return filepath.Join(shared, "corpora", "wire-formats")
}

func TestXML(t *testing.T) {
	parsers := map[string]wiredesk.Parser{"newsml-g2": newsmlg2.Parse}
	read := func(raw wiredesk.Raw) ([]wiredesk.Story, error) { return newsmlg2.Parse(raw) }
	tallies, err := wirescore.Score(folder(t), func(f wirescore.File) bool { return parsers[f.Format] != nil }, read)
	if err != nil {
		t.Fatal(err)
	}
	for _, tally := range tallies {
		t.Log(tally)
		for _, m := range tally.Misses {
			t.Log("  " + strings.ReplaceAll(m.String(), "\n", " "))
		}
		if tally.Share() < 97 {
			t.Errorf("%s: %.1f %% of the facts; want 97", tally.Format, tally.Share())
		}
	}
}
