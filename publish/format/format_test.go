package format_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/format"
)

func TestEveryFormatWritesAStory(t *testing.T) {
	a := wiredesk.Article{Story: "s1", Revision: 1, Event: wiredesk.EventNew, Text: "Keeper relights the lamp\n\nAt dusk.", Attributions: []wiredesk.Attribution{}}
	a.Item = wiredesk.Item{
		URI: "urn:kestrel:keeper", Version: "1", Type: "text", Language: "en", PubStatus: wiredesk.Usable,
		Headlines: []wiredesk.Content{{Value: "Keeper relights the lamp"}},
		Bodies:    []wiredesk.Content{{ContentType: "text/plain", Value: "At dusk."}},
	}
	endings := map[string]bool{}
	for name := range strings.SplitSeq(format.Names, ", ") {
		f, err := format.Find(name, "3.1")
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := f.Encode(a)
		if err != nil || !strings.Contains(string(doc), "At dusk.") {
			t.Errorf("%s is %s, %v", name, doc, err)
		}
		if f.Name != name || f.MediaType == "" || endings[f.Extension] {
			t.Errorf("%s: %q as %q in *.%s, want a media type, and an ending of its own", name, f.Name, f.MediaType, f.Extension)
		}
		endings[f.Extension] = true
	}
}

func TestUnknownFormats(t *testing.T) {
	for setting, err := range map[string]error{"format: ": second(format.Find("word", "3.1")), "version: ": second(format.Find("article", "3.1-dev"))} {
		if err == nil || !strings.HasPrefix(err.Error(), setting) {
			t.Errorf("%v, want an error that begins with %q", err, setting)
		}
	}
}

func second(_ format.Format, err error) error { return err }
