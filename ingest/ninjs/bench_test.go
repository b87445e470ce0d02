package ninjs_test

import (
	"path/filepath"
	"testing"

	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// BenchmarkParse reads an item of each generation.
func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"v1-text-with-everything.json", "v2-text.json", "v3-embargoed-until.json"} {
		raw := sample.Raw(b, filepath.Join("../testdata/ninjs", name))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw.Bytes)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ninjs.Parse(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
