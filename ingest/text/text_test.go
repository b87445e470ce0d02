package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/text"
	"github.com/wiredesk/wiredesk/internal/sample"
)

var format = wiredesk.Format{Name: "text", Sniff: text.Sniff, Parse: text.Parse}

func TestSamples(t *testing.T) { sample.Check(t, "../testdata/text", format) }

func read(t *testing.T, raw wiredesk.Raw) wiredesk.Story {
	t.Helper()
	if raw.Provider == "" {
		raw.Provider, raw.Feed = "kestrel", "kestrel-en"
	}
	raw.Received = sample.Received
	stories, err := text.Parse(raw)
	if err != nil || len(stories) != 1 {
		t.Fatalf("got %d stories and %v, want one", len(stories), err)
	}
	return stories[0]
}

func TestTheSameWordsAreTheSameStory(t *testing.T) {
	unix := read(t, wiredesk.Raw{Bytes: []byte("Quay reopens\n\nThe quay reopened on Monday.\n")})
	dos := read(t, wiredesk.Raw{Bytes: []byte("Quay reopens\r\n\r\nThe quay reopened on Monday.\r\n\r\n")})
	if unix.Item.URI != dos.Item.URI {
		t.Errorf("got %s and %s for two line ends, want one URI", unix.Item.URI, dos.Item.URI)
	}
	other := read(t, wiredesk.Raw{Provider: "gannet", Feed: "g", Bytes: []byte("Quay reopens\n\nThe quay reopened on Monday.\n")})
	if unix.Item.URI == other.Item.URI {
		t.Errorf("got %s for two providers, want two URIs", unix.Item.URI)
	}
	if dos.Text != "Quay reopens\r\n\r\nThe quay reopened on Monday.\r\n\r\n" {
		t.Errorf("got %q, want the document byte for byte", dos.Text)
	}
}

func TestTheSendersIdentityWins(t *testing.T) {
	s := read(t, wiredesk.Raw{URI: "urn:newsml:kestrel:4711", Version: "3", Bytes: []byte("The quay reopened on Monday.")})
	if s.Item.URI != "urn:newsml:kestrel:4711" || s.Item.Version != "3" {
		t.Errorf("got %s version %s, want the sender's", s.Item.URI, s.Item.Version)
	}
	s = read(t, wiredesk.Raw{URI: "quay 12", Bytes: []byte("The quay reopened on Monday.")})
	if s.Item.URI != "urn:wiredesk:id:kestrel:quay%2012" || len(s.Item.AltIDs) != 1 || s.Item.AltIDs[0].Value != "quay 12" {
		t.Errorf("got %s and %v, want a URN made of the id, and the id kept", s.Item.URI, s.Item.AltIDs)
	}
}

func TestWhatIsNoCopyIsRefused(t *testing.T) {
	for name, doc := range map[string]string{
		"empty": "", "white space": " \n\t\r\n", "a byte-order mark": "\ufeff\n", "binary": "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f",
	} {
		stories, err := text.Parse(wiredesk.Raw{Provider: "kestrel", Bytes: []byte(doc)})
		if err == nil || len(stories) != 0 {
			t.Errorf("%s: got %d stories and no error, want a refusal", name, len(stories))
		}
		if faults := wiredesk.Faults(err); err != nil && !strings.HasPrefix(faults[0].Reason, "text: ") {
			t.Errorf("%s: got %q, want a reason that names the format", name, faults[0].Reason)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range sample.Files(f, "../testdata/text") {
		f.Add(sample.Raw(f, file).Bytes)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		stories, err := text.Parse(wiredesk.Raw{Provider: "kestrel", Feed: "kestrel-en", Received: sample.Received, Bytes: doc})
		if (err == nil) != (len(stories) == 1) {
			t.Fatalf("got %d stories and %v, want one or an error", len(stories), err)
		}
		for _, s := range stories {
			if !utf8.ValidString(s.Text) || s.Item.URI == "" {
				t.Fatalf("got text %q of %q, want valid UTF-8 and a URI", s.Text, s.Item.URI)
			}
			if len(s.Repairs) == 0 && s.Text != string(doc) {
				t.Fatalf("got text %q and no repair, want the document %q", s.Text, doc)
			}
		}
	})
}
