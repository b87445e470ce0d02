package bench_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/atom"
	"github.com/wiredesk/wiredesk/ingest/rss"
)

// published are feeds as sites published them, from the folder of measuring data beside the repository; those alone that
// gofeed can read.
func published(b *testing.B) map[string][]byte {
	dir := filepath.Join("..", "..", "..", "shared", "corpora", "feeds", "miniflux", "parser", "testdata")
	files, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
	if len(files) == 0 {
		b.Skip("../shared is absent: the feeds to measure on are there")
	}
	docs := map[string][]byte{}
	size := 0
	for _, f := range files {
		doc, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := gofeed.NewParser().Parse(bytes.NewReader(doc)); err != nil {
			b.Logf("%s: gofeed cannot read it: %v", filepath.Base(f), err)
			continue
		}
		docs[filepath.Base(f)] = doc
		size += len(doc)
	}
	b.SetBytes(int64(size))
	return docs
}

func BenchmarkPublished(b *testing.B) {
	b.Run("wiredesk", func(b *testing.B) {
		docs := published(b)
		b.ReportAllocs()
		for b.Loop() {
			for name, doc := range docs {
				raw := wiredesk.Raw{Provider: "maren", Feed: "maren", Bytes: doc, Received: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
				parse := rss.Parse
				if score, _ := atom.Sniff(doc[:min(len(doc), 4096)]); score > 50 {
					parse = atom.Parse
				}
				if _, err := parse(raw); err != nil {
					b.Fatal(name, err)
				}
			}
		}
	})
	b.Run("gofeed", func(b *testing.B) {
		docs := published(b)
		parser := gofeed.NewParser()
		b.ReportAllocs()
		for b.Loop() {
			for name, doc := range docs {
				if _, err := parser.Parse(bytes.NewReader(doc)); err != nil {
					b.Fatal(name, err)
				}
			}
		}
	})
}
