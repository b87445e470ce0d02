package sample

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
)

// Promises holds a format to what every format promises, with every sample in the folder: it recognises its own
// documents, reads the same stories from a document and from its parts, gives valid ninjs and valid text.
func Promises(t *testing.T, folder string, format wiredesk.Format) {
	t.Helper()
	for _, file := range Files(t, folder) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw := Raw(t, file)
			if score, why := format.Sniff(bytes.TrimPrefix(raw.Bytes, []byte("\xef\xbb\xbf"))); score < 50 {
				t.Errorf("sniffed with %d (%s), want at least 50", score, why)
			}
			parts, faults := Read(format, raw)
			for i := range parts {
				sound(t, &parts[i])
			}
			whole(t, format, raw, parts, len(wiredesk.Faults(faults)))
		})
	}
}

// whole compares the stories of a document with those of its parts.
func whole(t *testing.T, format wiredesk.Format, raw wiredesk.Raw, parts []wiredesk.Story, faults int) {
	t.Helper()
	stories, err := format.Parse(raw)
	if n := len(wiredesk.Faults(err)); len(stories) != len(parts) || n != faults {
		t.Errorf("the whole has %d stories and %d faults, its parts %d and %d", len(stories), n, len(parts), faults)
		return
	}
	for i := range stories {
		if got, want := stories[i].Item.URI, parts[i].Item.URI; got != want {
			t.Errorf("story %d is %q in the whole and %q in its part", i+1, got, want)
		}
	}
}

func sound(t *testing.T, s *wiredesk.Story) {
	t.Helper()
	if s.Item.URI == "" {
		t.Error("a story has no URI")
	}
	if !utf8.ValidString(s.Text) || strings.ContainsAny(s.Text, "\x00\x01\x02\x03\x04\uFFFD") {
		t.Errorf("the text holds characters that nobody can read: %q", s.Text)
	}
	if err := Valid(t, s.Item); err != nil {
		t.Errorf("the item is not ninjs 3.1: %v", err)
	}
}
