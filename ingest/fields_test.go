package ingest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/sample"
)

// TestFieldTable compares FIELDS.md with what the samples of each format really yield. Written anew with -update.
func TestFieldTable(t *testing.T) {
	want := fieldTable(t)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile("FIELDS.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("FIELDS.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("FIELDS.md is not what the samples yield; run go test ./ingest -run FieldTable -update, and read the difference")
	}
}

func fieldTable(t *testing.T) string {
	t.Helper()
	formats := ingest.Formats()
	rows := map[string]map[string]bool{}
	samples := map[string]int{}
	for _, f := range formats {
		for _, file := range sample.Files(t, filepath.Join("testdata", f.Name)) {
			samples[f.Name]++
			stories, _ := sample.Read(f, sample.Raw(t, file))
			for i := range stories {
				for _, name := range fieldsOf(&stories[i]) {
					if rows[name] == nil {
						rows[name] = map[string]bool{}
					}
					rows[name][f.Name] = true
				}
			}
		}
	}
	return render(formats, rows, samples)
}

// fieldsOf are the fields of a story that hold something, an item's by their ninjs 3.1 names.
func fieldsOf(s *wiredesk.Story) []string {
	var names []string
	item := reflect.ValueOf(s.Item)
	for i := range item.NumField() {
		name, _, _ := strings.Cut(item.Type().Field(i).Tag.Get("json"), ",")
		if !item.Field(i).IsZero() && name != "uri" && name != "type" && name != "standard" {
			names = append(names, "`"+name+"`")
		}
	}
	story := reflect.ValueOf(*s)
	for i := range story.NumField() {
		switch name := story.Type().Field(i).Name; name {
		case "Provider", "Feed", "Format", "Item", "Text", "Originals", "Repairs":
		default:
			if !story.Field(i).IsZero() {
				names = append(names, name)
			}
		}
	}
	return names
}

func render(formats []wiredesk.Format, rows map[string]map[string]bool, samples map[string]int) string {
	var b strings.Builder
	b.WriteString("# What each format yields\n\nMade from the samples in `testdata` by `go test ./ingest -run FieldTable -update`; a test compares it.\n" +
		"Names in code are those of ninjs 3.1; the others are fields of `Story` for what ninjs has no place for.\n\n|")
	for _, f := range formats {
		fmt.Fprintf(&b, " | %s", f.Name)
	}
	b.WriteString(" |\n|---|" + strings.Repeat(":-:|", len(formats)) + "\n| *samples*")
	for _, f := range formats {
		fmt.Fprintf(&b, " | %d", samples[f.Name])
	}
	b.WriteString(" |\n")
	names := make([]string, 0, len(rows))
	for name := range rows {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.WriteString("| " + name)
		for _, f := range formats {
			if rows[name][f.Name] {
				b.WriteString(" | ●")
			} else {
				b.WriteString(" | ")
			}
		}
		b.WriteString(" |\n")
	}
	return b.String()
}
