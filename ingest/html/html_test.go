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

func TestWhatIsNoPageIsRefused(t *testing.T) {
	for doc, want := range map[string]string{
		`<?xml version="1.0"?><rss version="2.0"><channel><item><title>Quay reopens</title></item></channel></rss>`: "this is XML with the root element <rss>, and not a page of HTML",
		`{"headline": "<p>Quay reopens</p>"}`: "this is JSON, and not a page of HTML",
	} {
		_, err := html.Parse(wiredesk.Raw{Provider: "kestrel", Feed: "kestrel", Bytes: []byte(doc)})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", doc, err, want)
		}
	}
}
