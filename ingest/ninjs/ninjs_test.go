package ninjs_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "ninjs", Sniff: ninjs.Sniff, Split: ninjs.Split, Parse: ninjs.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/ninjs", format) }

func TestPromises(t *testing.T) { sample.Promises(t, "../testdata/ninjs", format) }

func TestSplitKeepsOneItemWholeAndPlacesMany(t *testing.T) {
	one := wiredesk.Raw{Bytes: []byte(" {\"uri\":\"urn:a:b\"}\n")}
	parts, err := ninjs.Split(one)
	if err != nil || len(parts) != 1 || string(parts[0].Bytes) != string(one.Bytes) || parts[0].Item != 0 {
		t.Errorf("one item: got %d parts and %v, want the document as it came", len(parts), err)
	}
	parts, err = ninjs.Split(wiredesk.Raw{Bytes: []byte("[{\"uri\":\"urn:a:1\"},\n  {\"uri\":\"urn:a:2\"}]")})
	if err != nil || len(parts) != 2 {
		t.Fatalf("a list: got %d parts and %v, want 2", len(parts), err)
	}
	if p := parts[1]; string(p.Bytes) != `{"uri":"urn:a:2"}` || p.Item != 2 || p.Line != 2 || p.Column != 3 {
		t.Errorf("second part: got %q item %d at %d:%d, want item 2 at 2:3", p.Bytes, p.Item, p.Line, p.Column)
	}
}

func TestSniffKnowsNinjsFromProse(t *testing.T) {
	for doc, want := range map[string]int{
		`{"uri":"urn:a:b","versioncreated":"2026-03-04T09:00:00Z"}`: 60,
		`{"standard":{"name":"ninjs"},"uri":"urn:a:b"}`:             95,
		`[{"uri":"urn:a:b"}]`:      40,
		`{"temperature":4}`:        20,
		`[Editors: this is prose]`: 0,
		`Quay reopens`:             0,
	} {
		if got, reason := ninjs.Sniff([]byte(doc)); got != want {
			t.Errorf("%s: got %d (%s), want %d", doc, got, reason, want)
		}
	}
}

// FuzzParse reads anything: no panic, valid text, a URI; and what was read once reads the same as ninjs 3.1.
func FuzzParse(f *testing.F) {
	for _, file := range sample.Files(f, "../testdata/ninjs") {
		f.Add(sample.Raw(f, file).Bytes)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		raw := wiredesk.Raw{Provider: "kestrel", Feed: "kestrel-en", Received: sample.Received, Bytes: doc}
		stories, _ := sample.Read(format, raw)
		for _, s := range stories {
			if !utf8.ValidString(s.Text) || s.Item.URI == "" {
				t.Fatalf("got text %q of %q, want valid UTF-8 and a URI", s.Text, s.Item.URI)
			}
			same(t, raw, s)
		}
	})
}

// same writes the item as ninjs 3.1 and reads it again.
func same(t *testing.T, raw wiredesk.Raw, s wiredesk.Story) {
	t.Helper()
	raw.Bytes, _ = json.Marshal(s.Item)
	again, err := ninjs.Parse(raw)
	if err != nil || len(again) != 1 {
		t.Fatalf("%s: written as 3.1 it is refused: %v", raw.Bytes, err)
	}
	if got, want := marshal(t, again[0].Item), marshal(t, s.Item); got != want || !reflect.DeepEqual(again[0].Text, s.Text) {
		t.Fatalf("got %s\nwant %s\ntext %q\nwant %q", got, want, again[0].Text, s.Text)
	}
}

func marshal(t *testing.T, item wiredesk.Item) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(item); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
