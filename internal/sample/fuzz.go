package sample

import (
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Fuzz feeds a format with every sample in the folder and with what the fuzzer makes of them: no panic, and whatever
// comes out has an identity and is valid UTF-8.
func Fuzz(f *testing.F, folder string, format wiredesk.Format) {
	f.Helper()
	for _, file := range Files(f, folder) {
		f.Add(Raw(f, file).Bytes)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		format.Sniff(doc)
		raw := wiredesk.Raw{Provider: "kestrel", Feed: "kestrel-en", Received: Received, Bytes: doc}
		stories, _ := Read(format, raw)
		for _, s := range stories {
			if s.Item.URI == "" || !utf8.ValidString(s.Text) || !utf8.ValidString(s.Item.URI) {
				t.Errorf("story %q: text valid UTF-8: %v", s.Item.URI, utf8.ValidString(s.Text))
			}
		}
	})
}
