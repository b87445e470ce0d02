package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestUsage holds the text of every command's help to a golden: flags and words are a promise to scripts and people.
func TestUsage(t *testing.T) {
	var b strings.Builder
	for _, c := range all(command()) {
		name := strings.Fields(strings.TrimPrefix(c.CommandPath(), "wiredesk"))
		_, out, _ := call(t, "", append(name, "--help")...)
		b.WriteString("$ " + c.CommandPath() + " --help\n" + out + "\n")
	}
	// The formats have a table of their own.
	got := regexp.MustCompile(`auto(, [a-z0-9]+)+`).ReplaceAllString(b.String(), "auto, …")
	file := filepath.Join("testdata", "usage.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, file, got)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("usage is\n%s\nwant what stands in %s; rewrite it with -update", got, file)
	}
}
