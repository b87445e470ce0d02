package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

// TestParse reads the demo's stories: one line each, and the broken one on stderr with its place.
func TestParse(t *testing.T) {
	code, out, talk := call(t, "", "parse", "demo")
	if code != shell.Failed {
		t.Errorf("exit code %d, want %d for the broken file", code, shell.Failed)
	}
	if !strings.HasPrefix(talk, filepath.Join("demo", "16.yonhap.broken.json")+":4:") {
		t.Errorf("stderr %q, want the broken file with line 4", talk)
	}
	files := map[string]parsed{}
	for line := range strings.Lines(out) {
		var p parsed
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if p.Item.URI == "" || p.Repairs == nil || p.Item.Standard == nil {
			t.Errorf("%s: uri %q, repairs %v, standard %v; want all three", p.File, p.Item.URI, p.Repairs, p.Item.Standard)
		}
		files[filepath.Base(p.File)] = p
	}
	if len(files) != 15 || files["11.reuters.ferry-1.json"].Format != "ninjs" || files["01.sana.orchard.txt"].Format != "text" {
		t.Errorf("%d files came out, want 15 in their formats", len(files))
	}
}

func TestStdinDirectoriesAndNames(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a.txt"), "Headline\n\nCopy of the first.\n")
	put(t, filepath.Join(dir, ".hidden"), "Headline\n\nNobody reads this.\n")
	put(t, filepath.Join(dir, "esc\x1b[2J.txt"), "")
	if err := os.MkdirAll(filepath.Join(dir, "below"), 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "below", "b.txt"), "Headline\n\nCopy of the second.\n")
	if err := os.Symlink(filepath.Join(dir, "a.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args  []string
		stdin string
		want  int
	}{
		{[]string{"parse", dir}, "", 1},
		{[]string{"parse", "--recursive", dir}, "", 2},
		{[]string{"parse", "-", filepath.Join(dir, "a.txt")}, "From stdin.\n", 2},
	} {
		_, out, talk := call(t, c.stdin, c.args...)
		if got := strings.Count(out, "\n"); got != c.want {
			t.Errorf("%v: %d stories, want %d (%s)", c.args, got, c.want, talk)
		}
		if strings.ContainsRune(talk, '\x1b') {
			t.Errorf("%v: a file name acts on the terminal: %q", c.args, talk)
		}
	}
}

func TestAnnotate(t *testing.T) {
	code, out, talk := call(t, "", "annotate", filepath.Join("demo", "10.syria-times.roundup.txt"))
	if code != 0 || talk != "" {
		t.Fatalf("exit code %d, stderr %q", code, talk)
	}
	var got struct {
		File string `json:"source_file"`
		wiredesk.Article
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile(filepath.Join("demo", "10.syria-times.roundup.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(got.File, "roundup.txt") || got.Text != string(document) || got.Event != wiredesk.EventNew {
		t.Errorf("source_file %q, event %s, text of %d bytes; want the file, new, its %d bytes", got.File, got.Event, len(got.Text), len(document))
	}
	if n := len(got.Sections); n < 3 {
		t.Errorf("%d sections, want the composite's three", n)
	}
	if len(got.Missing) > 0 {
		t.Errorf("enrichers without an answer: %v", got.Missing)
	}
}

func TestAnnotateReadsAsTheFeedSays(t *testing.T) {
	dir := t.TempDir()
	file, conf := filepath.Join(dir, "a.txt"), filepath.Join(dir, "w.yaml")
	put(t, file, "Headline\n\nCopy of the first.\n")
	put(t, conf, "feeds: [{name: mill-line, provider: mill, language: da}]\n")
	_, out, talk := call(t, "", "annotate", "-c", conf, "--feed", "mill-line", file)
	var a wiredesk.Article
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatalf("%v (%s)", err, talk)
	}
	if a.Provider != "mill" || a.Feed != "mill-line" || a.Item.Language != "da" {
		t.Errorf("provider %q, feed %q, language %q; want the configured mill, mill-line, da", a.Provider, a.Feed, a.Item.Language)
	}
}

func TestExplain(t *testing.T) {
	code, out, talk := call(t, "", "explain", filepath.Join("demo", "10.syria-times.roundup.txt"))
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	for _, want := range []string{"text (plain text", "Three ports agree", "section   \"Odd year, odd tides: hydrographer\"", "byline    Maha Darwish", "news.wire.files."} {
		if !strings.Contains(out, want) {
			t.Errorf("explain prints\n%s\nwant %q in it", out, want)
		}
	}
}

func TestMarksShowOutletsOverPeopleAndNeverCutText(t *testing.T) {
	a := &wiredesk.Article{Text: "Anna Berg told Reuters on Monday.", Attributions: []wiredesk.Attribution{
		{Role: wiredesk.RoleSpeaker, Source: wiredesk.Source{Name: "Anna Berg told Reuters", Span: wiredesk.Span{Start: 0, End: 22}}},
		{Role: wiredesk.RoleVenue, Source: wiredesk.Source{ID: "reuters", Name: "Reuters", Span: wiredesk.Span{Start: 15, End: 22}}},
		{Role: wiredesk.RoleCited, Source: wiredesk.Source{ID: "afp", Span: wiredesk.Span{Start: 90, End: 99}}},
	}}
	var b strings.Builder
	if err := marked(&b, a, true, false); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "  │ Anna Berg told [Reuters ⟨reuters⟩] on Monday.\n"; got != want {
		t.Errorf("marked %q, want %q", got, want)
	}
}
