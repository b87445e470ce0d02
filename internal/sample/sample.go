// Package sample holds parsers to samples: every file in a format's testdata folder is a test of its own, with the
// stories and faults it must give in a .json file of the same name beside it. Run the tests with -update to write
// those files anew, and read the difference before committing it.
package sample

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
)

var update = flag.Bool("update", false, "write the golden files of the samples anew")

// Received is when every sample came in: a Wednesday.
var Received = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

// golden is what a sample must give.
type golden struct {
	Stories []wiredesk.Story
	Faults  []*wiredesk.Fault `json:",omitempty"`
}

// line is what a sample's line is like where it is not the usual one: the file <sample>.feed beside it.
type line struct {
	Provider, Feed, Charset, MediaType, URI, Version, Zone, Language, Usage string
	Received                                                                time.Time
	Urgency                                                                 map[string]int
}

// Check reads every sample in the folder with the format and compares stories and faults with its golden file. A
// folder without samples fails.
func Check(t *testing.T, folder string, format wiredesk.Format) {
	t.Helper()
	files := Files(t, folder)
	if len(files) == 0 {
		t.Fatalf("%s holds no sample: a format is shown by samples", folder)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { check(t, file, format) })
	}
}

// Files are the samples in a folder, without goldens and feed files.
func Files(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || strings.HasSuffix(name, ".feed") || strings.HasSuffix(name, ".golden.json") {
			continue
		}
		files = append(files, filepath.Join(folder, name))
	}
	return files
}

// Raw is a sample as it would arrive on its line.
func Raw(t testing.TB, file string) wiredesk.Raw {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	l := line{Provider: "kestrel", Feed: "kestrel-en", Received: Received}
	if more, err := os.ReadFile(file + ".feed"); err == nil {
		if err := json.Unmarshal(more, &l); err != nil {
			t.Fatalf("%s.feed: %s", file, err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var zone *time.Location
	if l.Zone != "" {
		if zone, err = time.LoadLocation(l.Zone); err != nil {
			t.Fatal(err)
		}
	}
	return wiredesk.Raw{
		Provider: l.Provider, Feed: l.Feed, Via: "dir", Name: filepath.Base(file), Charset: l.Charset, MediaType: l.MediaType,
		URI: l.URI, Version: l.Version, Received: l.Received, Bytes: doc,
		House: wiredesk.House{Zone: zone, Language: l.Language, Urgency: l.Urgency, Usage: l.Usage},
	}
}

// Read splits and parses a document as ingest does: the good stories, and the faults of the others.
func Read(format wiredesk.Format, raw wiredesk.Raw) ([]wiredesk.Story, error) {
	parts := []wiredesk.Raw{raw}
	if format.Split != nil {
		var err error
		if parts, err = format.Split(raw); err != nil {
			return nil, err
		}
	}
	var stories []wiredesk.Story
	var faults []error
	for _, part := range parts {
		found, err := format.Parse(part)
		stories = append(stories, found...)
		for _, f := range wiredesk.Faults(err) {
			f = f.From(part.Line, part.Column)
			f.Item = part.Item
			faults = append(faults, f)
		}
	}
	return stories, errors.Join(faults...)
}

func check(t *testing.T, file string, format wiredesk.Format) {
	stories, err := Read(format, Raw(t, file))
	got := encode(t, golden{stories, wiredesk.Faults(err)})
	path := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden.json"
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%s (run the test with -update to write it)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func encode(t *testing.T, g golden) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
