package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/ingest/poll/preset"
)

func TestFeedsListsWhatCanBePolledByName(t *testing.T) {
	code, out, talk := call(t, "", "feeds")
	if rows := strings.Count(out, "\n"); code != 0 || rows != len(preset.All())+1 {
		t.Errorf("code %d and %d rows, want 0 and a head and one for each preset (%s)", code, rows, talk)
	}
	code, out, _ = call(t, "", "feeds", "TASS", "ru", "--json")
	var found []preset.Preset
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != 0 || len(found) != 1 || found[0].Name != "tass-ru" {
		t.Errorf("code %d, %v, %v; want tass-ru alone", code, found, err)
	}
	if code, _, talk = call(t, "", "feeds", "nobody"); code != 1 || !strings.Contains(talk, "nobody") {
		t.Errorf("code %d, %q; want 1 and the word that was not found", code, talk)
	}
}

// TestEveryPresetIsAConfiguration checks one file that names them all, as its formats stand in this program.
func TestEveryPresetIsAConfiguration(t *testing.T) {
	var b strings.Builder
	b.WriteString("feeds:\n")
	for _, p := range preset.All() {
		b.WriteString("  - name: " + p.Name + "\n    poll: {preset: " + p.Name + "}\n")
	}
	file := filepath.Join(t.TempDir(), "all.yaml")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, talk := call(t, "", "check", "--strict", file); code != 0 {
		t.Errorf("code %d: %s", code, talk)
	}
}
