package wirescore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// TestHostileDocuments reads the hostile set, whatever format would take it: never anything expanded or read from
// outside, each refusal with a place and a reason.
func TestHostileDocuments(t *testing.T) {
	shared := sample.Shared()
	if shared == "" {
		t.Skip("the folder ../shared beside the repository is absent: nothing hostile to read")
	}
	var files []string
	for _, glob := range []string{"defusedxml/*.x*", "xxe/*.txt"} {
		more, err := filepath.Glob(filepath.Join(shared, "corpora", "hostile", glob))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	if len(files) < 10 {
		t.Fatalf("only %d hostile files found", len(files))
	}
	for _, file := range files {
		doc, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ingest.Formats() {
			guard(t, f, filepath.Base(file), doc)
		}
	}
}

// TestHostileSizes reads documents of ten megabytes that are made to be slow or large, with each XML format.
func TestHostileSizes(t *testing.T) {
	for name, doc := range hostile() {
		for _, format := range []string{"newsmlg2", "newsml1", "nitf"} {
			f, ok := ingest.Find(format)
			if !ok {
				t.Fatalf("no format %s", format)
			}
			guard(t, f, name, doc(format))
		}
	}
}

// guard reads a document under the promises: an answer within a second, under 64 MB, a reason for every refusal.
func guard(t *testing.T, f wiredesk.Format, name string, doc []byte) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := worked()
	stories, err := sample.Read(f, wiredesk.Raw{Provider: "kestrel", Feed: "kestrel", Bytes: doc, Received: sample.Received})
	took := worked() - start
	runtime.ReadMemStats(&after)
	if took > time.Second*slow {
		t.Errorf("%s as %s: took %v; want an answer within a second", name, f.Name, took)
	}
	if grew := int64(after.HeapSys) - int64(before.HeapSys); grew > 64<<20 {
		t.Errorf("%s as %s: the heap grew by %d MB; want under 64", name, f.Name, grew>>20)
	}
	var fault *wiredesk.Fault
	if err != nil && !errors.As(err, &fault) {
		t.Errorf("%s as %s: refused without a place: %v", name, f.Name, err)
	}
	for _, s := range stories {
		if strings.Contains(s.Text, "root:x:0:0") || strings.Count(s.Text, "lol") > 1000 {
			t.Errorf("%s as %s: something was expanded or read from outside", name, f.Name)
		}
	}
}

// hostile builds the documents one at a time, by format.
func hostile() map[string]func(format string) []byte {
	const size = 10<<20 - 4096
	head := map[string]string{
		"newsmlg2": `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>`,
		"newsml1":  `<NewsML>`, "nitf": `<nitf><body><body.content>`,
	}
	item := map[string]string{
		"newsmlg2": `<newsItem guid="urn:x:%d"><contentMeta><headline>h</headline></contentMeta></newsItem>`,
		"newsml1":  `<NewsItem Duid="d%d"><NewsManagement/></NewsItem>`, "nitf": `<p>%d</p>`,
	}
	tail := map[string]string{"newsmlg2": `</itemSet></newsMessage>`, "newsml1": `</NewsML>`, "nitf": `</body.content></body></nitf>`}
	wrap := func(inside func() string) func(string) []byte {
		return func(format string) []byte { return []byte(head[format] + inside() + tail[format]) }
	}
	return map[string]func(string) []byte{
		"deep":       wrap(func() string { return strings.Repeat("<b>", size/3) }),
		"broad":      wrap(func() string { return strings.Repeat("<b/>", size/4) }),
		"text":       wrap(func() string { return strings.Repeat("y", size) }),
		"references": wrap(func() string { return strings.Repeat("&amp;", size/5) }),
		"cdata":      wrap(func() string { return strings.Repeat("<![CDATA[x]]>", size/13) }),
		"comments":   wrap(func() string { return strings.Repeat("<!---->", size/7) }),
		"attributes": wrap(func() string {
			var b strings.Builder
			b.WriteString("<p ")
			for i := 0; b.Len() < size; i++ {
				fmt.Fprintf(&b, " a%d=''", i)
			}
			return b.String() + "/>"
		}),
		"items": func(format string) []byte {
			var b strings.Builder
			b.WriteString(head[format])
			for i := 0; b.Len() < size; i++ {
				fmt.Fprintf(&b, item[format], i)
			}
			return []byte(b.String() + tail[format])
		},
		"items in a long frame": func(format string) []byte {
			open, _, _ := strings.Cut(head[format], ">")
			var b strings.Builder
			b.WriteString(open + ` x="` + strings.Repeat("z", 15<<10) + `">` + strings.TrimPrefix(head[format], open+">"))
			for i := range 9000 {
				fmt.Fprintf(&b, item[format], i)
			}
			return []byte(b.String() + tail[format])
		},
		"unclosed items": func(format string) []byte {
			open, _, _ := strings.Cut(item[format], ">")
			return []byte(head[format] + strings.Repeat(open+">", size/(len(open)+1)))
		},
		"NULs":    func(string) []byte { return make([]byte, size) },
		"garbage": func(string) []byte { return []byte(strings.Repeat("\xff\x00<\xfe", size/4)) },
		"legacy":  func(string) []byte { return []byte("<nitf>" + strings.Repeat("\xe9\xf1\xa4", size/3)) },
	}
}
