package html_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/html"
	"github.com/wiredesk/wiredesk/internal/sample"
)

const samples = "../testdata/html"

func format() wiredesk.Format {
	return wiredesk.Format{Name: "html", Sniff: html.Sniff, Parse: html.Parse}
}

func TestSamples(t *testing.T) { sample.Check(t, samples, format()) }

func TestPromises(t *testing.T) { sample.Promises(t, samples, format()) }

func FuzzParse(f *testing.F) { sample.Fuzz(f, samples, format()) }

func TestNothingBesidesTheArticleIsInTheText(t *testing.T) {
	stories, err := html.Parse(sample.Raw(t, samples+"/json-ld-news-article.html"))
	if err != nil || len(stories) != 1 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
	for _, not := range []string{"Share", "newsletter", "Copyright", "herring", "Sport"} {
		if strings.Contains(stories[0].Text, not) {
			t.Errorf("the text holds %q, which stands beside the article", not)
		}
	}
	if want := "old grain pier open for another ten years"; !strings.Contains(stories[0].Text, want) {
		t.Errorf("the text lacks %q", want)
	}
}
