package preset_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/ingest/poll/preset"
)

func TestEveryPresetCanBePolled(t *testing.T) {
	table, err := os.ReadFile("presets.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(table)) {
		if !strings.HasPrefix(line, "#") {
			rows++
		}
	}
	all := preset.All()
	if len(all) != rows || rows < 50 {
		t.Errorf("%d presets from %d rows; want one from each, and at least 50", len(all), rows)
	}
	names, addresses := map[string]bool{}, map[string]bool{}
	for _, p := range all {
		if names[p.Name] || addresses[p.URL] {
			t.Errorf("%s: the name or the address stands twice", p.Name)
		}
		names[p.Name], addresses[p.URL] = true, true
		if _, err := poll.ParseAddress(p.URL); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" {
			t.Errorf("%s: zone %q: %v", p.Name, p.Zone, err)
		}
		if _, err := language.Parse(p.Language); err != nil {
			t.Errorf("%s: language %q: %v", p.Name, p.Language, err)
		}
		if p.Format != "rss" && p.Format != "atom" && p.Format != "jsonfeed" {
			t.Errorf("%s: format %q", p.Name, p.Format)
		}
		if _, err := time.Parse(time.DateOnly, p.Checked); err != nil && p.Checked != preset.Unverified {
			t.Errorf("%s: checked %q is neither a day nor %s", p.Name, p.Checked, preset.Unverified)
		}
		if p.Provider == "" || strings.Trim(p.Name+p.Provider, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("%s: a name or provider that is no token: %s", p.Name, p.Provider)
		}
	}
	for _, name := range []string{"sana-en", "sana-ar", "tass-en", "tass-ru", "press-tv"} {
		if _, ok := preset.Find(name); !ok {
			t.Errorf("no preset %s", name)
		}
	}
	if _, ok := preset.Find("nobody"); ok {
		t.Error("a preset that does not exist is found")
	}
}
