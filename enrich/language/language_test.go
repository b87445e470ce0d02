package language_test

import (
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
