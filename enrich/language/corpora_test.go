package language_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/enrich/language"
)

const corpora = "../../../shared/corpora"

// TestCorpora measures paragraphs of at least fifteen words of published copy; tweets and lists of names are in it.
func TestCorpora(t *testing.T) {
	if _, err := os.Stat(corpora); err != nil {
		t.Skip("measurement data ../shared/corpora is absent")
	}
	for _, set := range []struct{ file, tag string }{
		{"polnear/train.jsonl", "en"}, {"fakes/articles.jsonl", "en"}, {"near-dup/articles.jsonl", "en"}, {"german-quotes/train.jsonl", "de"},
	} {
		n, right := 0, 0
		for _, p := range corpus(t, set.file) {
			if len(strings.Fields(p)) < 15 {
				continue
			}
			n++
			got, err := language.Detect(p)
			if err != nil {
				t.Fatal(err)
			}
			if got.Tag == set.tag {
				right++
			}
		}
		t.Logf("%s: %d of %d right, %.2f %%", set.file, right, n, 100*float64(right)/float64(n))
		if float64(right) < 0.995*float64(n) {
			t.Errorf("%s: %d of %d paragraphs right; want 99.5 %%", set.file, right, n)
		}
	}
}

func corpus(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(corpora, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var paras []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var doc struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		paras = append(paras, strings.Split(doc.Text, "\n")...)
	}
	return paras
}
