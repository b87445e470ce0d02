package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestTraceTellsWhichOutputsHaveTaken has a folder, one that is missing, and one that follows other subjects.
func TestTraceTellsWhichOutputsHaveTaken(t *testing.T) {
	dir := t.TempDir()
	conf := filepath.Join(dir, "wiredesk.yaml")
	text := "outputs:\n  - {name: desk, kind: file, path: '" + dir + "', format: text}\n" +
		"  - {name: away, kind: file, path: '" + dir + "/mount', subjects: [news.lang.en.*, 'news.place.>']}\n" +
		"  - {name: other, kind: file, path: '" + dir + "', subjects: [news.lang.fr.*]}\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "-c", conf)
	code, answer := curl(t, s.HTTP+"/v1/push/mill", copyText)
	var receipt wiredesk.Receipt
	if err := json.Unmarshal([]byte(answer), &receipt); err != nil || code != 202 {
		t.Fatalf("push: %d %s", code, answer)
	}
	var out string
	deadline := time.Now().Add(15 * time.Second)
	for !strings.Contains(out, "r1  new  taken  by desk") || !strings.Contains(out, "r1  new  awaited  by away") {
		if time.Now().After(deadline) {
			t.Fatalf("trace prints\n%s", out)
		}
		_, out, _ = call(t, "", "trace", "--data", s.Data, receipt.Stories[0].Story)
	}
	if strings.Contains(out, "by other") || !strings.Contains(out, "1 in = 1 published") {
		t.Errorf("trace prints\n%s", out)
	}
	if got, err := os.ReadFile(filepath.Join(dir, receipt.Stories[0].Story+".txt")); err != nil || string(got) != copyText {
		t.Errorf("the folder holds %q, %v; want the story", got, err)
	}
}

// TestCheckReadsTheSettingsOfAnOutput tells a mistake at the setting of the kind that it is in.
func TestCheckReadsTheSettingsOfAnOutput(t *testing.T) {
	conf := filepath.Join(t.TempDir(), "wiredesk.yaml")
	if err := os.WriteFile(conf, []byte("outputs:\n  - {name: desk, kind: file, path: x, format: text, kill: replace}\n  - {name: two, kind: file, pth: x}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, talk := call(t, "", "check", conf)
	for _, want := range []string{":2:59: outputs[0].kill: text cannot say that a story is killed", `:3:29: no setting "pth" in outputs[1] of kind file, did you mean "path"?`} {
		if code != shell.Configuration || !strings.Contains(talk, want) {
			t.Errorf("exit code %d, %s\nwant %d and %q", code, talk, shell.Configuration, want)
		}
	}
}
