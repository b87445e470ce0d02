package wirescore_test

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// node is what a bare decode fills: every element, attribute and text of the document, and no meaning.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

// bare is a struct with just the fields that a small reader would want.
type bare struct {
	GUID     string `xml:"guid,attr"`
	Version  string `xml:"version,attr"`
	Headline string `xml:"contentMeta>headline"`
	Created  string `xml:"itemMeta>versionCreated"`
	Slug     string `xml:"contentMeta>slugline"`
	Subjects []struct {
		Code string `xml:"qcode,attr"`
		Name string `xml:"name"`
	} `xml:"contentMeta>subject"`
	Paragraphs []string `xml:"contentSet>inlineXML>html>body>p"`
	Lines      []string `xml:"body>body.content>p"`
	Title      string   `xml:"body>body.head>hedline>hl1"`
	Item       struct {
		ID       string   `xml:"Identification>NewsIdentifier>NewsItemId"`
		Headline string   `xml:"NewsComponent>NewsLines>HeadLine"`
		Body     []string `xml:"NewsComponent>ContentItem>DataContent>nitf>body>body.content>p"`
	} `xml:"NewsItem"`
}

// long makes a sample as long as ordinary copy: some twenty paragraphs.
func long(b testing.TB, format, file string) []byte {
	b.Helper()
	doc, err := os.ReadFile(filepath.Join("..", "..", "ingest", "testdata", format, file))
	if err != nil {
		b.Fatal(err)
	}
	before, after, ok := bytes.Cut(doc, []byte("</p>"))
	if !ok {
		b.Fatalf("%s has no paragraph", file)
	}
	more := strings.Repeat("<p>Divers went down twice before noon, and what they found under the waterline was a crack as long "+
		"as a hand, said the harbour master, who had <b>asked</b> for a survey in the autumn &amp; again in the new year.</p>\n", 18)
	return bytes.Join([][]byte{before, []byte("</p>"), []byte(more), after}, nil)
}

var ordinary = []struct{ format, file string }{
	{"newsmlg2", "g2-06-catalog-aliases-medtop-and-subj.xml"},
	{"newsml1", "nml-01-components-inside-components.xml"},
	{"nitf", "nitf-02-ap-main-block-and-second-headline.xml"},
}

// TestSpeed prints how fast each XML format is read beside a decode of the same bytes by encoding/xml into a bare struct,
// in processor time: go test ./internal/wirescore -run Speed -v. It fails where a format has become far slower.
func TestSpeed(t *testing.T) {
	for _, s := range ordinary {
		doc := long(t, s.format, s.file)
		f, _ := ingest.Find(s.format)
		story := func() error {
			_, err := f.Parse(wiredesk.Raw{Provider: "k", Bytes: doc, Received: sample.Received})
			return err
		}
		decode := func() error {
			var v bare
			return xml.Unmarshal(doc, &v)
		}
		best, base := time.Hour, time.Hour
		for range 7 {
			best, base = min(best, cost(t, story)), min(base, cost(t, decode))
		}
		t.Logf("%-10s %6.1f MB/s, %.2f of a bare decode", s.format, float64(len(doc))/best.Seconds()/1e6, float64(base)/float64(best))
		if float64(base)/float64(best) < 0.3/slow {
			t.Errorf("%s: read at %.2f of a bare decode; want 0.7", s.format, float64(base)/float64(best))
		}
	}
}

// cost is the processor time of one call, over two hundred.
func cost(t *testing.T, do func() error) time.Duration {
	t.Helper()
	start := worked()
	for range 200 {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	return (worked() - start) / 200
}

// BenchmarkXML reads one document of each XML format, beside a decode of the same bytes by encoding/xml.
func BenchmarkXML(b *testing.B) {
	for _, s := range ordinary {
		doc := long(b, s.format, s.file)
		f, _ := ingest.Find(s.format)
		b.Run(s.format+"/story", func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Parse(wiredesk.Raw{Provider: "k", Bytes: doc, Received: sample.Received}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(s.format+"/bare", func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				var v bare
				if err := xml.Unmarshal(doc, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(s.format+"/tree", func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				var v node
				d := xml.NewDecoder(bytes.NewReader(doc))
				if err := d.Decode(&v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
