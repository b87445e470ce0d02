package language_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/enrich/language"
)

func TestTagsAreManyAndUnique(t *testing.T) {
	tags, err := language.Tags()
	if err != nil {
		t.Fatal(err)
	}
	if len(tags) < 25 {
		t.Errorf("%d languages; want at least 25", len(tags))
	}
	for _, want := range strings.Fields("en ar ru fa fr es de tr zh ja ko he uk pt it nl sv pl el hi ur") {
		found := false
		for _, tag := range tags {
			found = found || tag == want
		}
		if !found {
			t.Errorf("no %s in the table", want)
		}
	}
}

func TestShortTextIsUnknown(t *testing.T) {
	for _, text := range []string{"", "   ", "12:30 – 45 %", "OK", "Reuters", "AFP/TASS", "Bishkek", "—"} {
		got, err := language.Detect(text)
		if err != nil {
			t.Fatal(err)
		}
		if got.Tag != language.Unknown {
			t.Errorf("Detect(%q) = %s; want und", text, got.Tag)
		}
	}
}

func paragraphs(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("testdata/paragraphs/*.txt")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d sample files, %v; want at least 25", len(files), err)
	}
	all := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tag := strings.TrimSuffix(filepath.Base(file), ".txt")
		all[tag] = strings.Split(strings.TrimSpace(string(text)), "\n")
	}
	return all
}

func TestParagraphs(t *testing.T) {
	n, wrong := 0, 0
	for tag, paras := range paragraphs(t) {
		for _, p := range paras {
			n++
			got, err := language.Detect(p)
			if err != nil {
				t.Fatal(err)
			}
			if got.Tag != tag {
				wrong++
				t.Errorf("Detect = %s, margin %.3f; want %s: %s", got.Tag, got.Margin, tag, p)
			}
		}
	}
	t.Logf("%d of %d paragraphs right", n-wrong, n)
}
