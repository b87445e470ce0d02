// Package wirescore measures parsers against a key of facts: what a reader must get out of real wire files, by format.
// The files and the key lie outside the repository.
package wirescore

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// File is one file of the key, with the facts of its items in order.
type File struct {
	Name   string `json:"file"`
	Format string `json:"format"`
	House  bool   `json:"house_format"`
	Items  []Fact `json:"items"`
}

// Fact holds the facts of one item by their names in the key.
type Fact map[string]json.RawMessage

// Miss is a fact that was not right.
type Miss struct {
	File, Fact, Want, Got string
	Item                  int
}

// Tally is how many facts of a format are right.
type Tally struct {
	Format       string
	Files        int
	Right, Total int
	Refused      int // files that gave no story at all
	Misses       []Miss
}

// Share is the facts that are right, in percent.
func (t Tally) Share() float64 {
	if t.Total == 0 {
		return 0
	}
	return 100 * float64(t.Right) / float64(t.Total)
}

// String is a row of the table of facts.
func (t Tally) String() string {
	return fmt.Sprintf("%-20s %3d files  %4d of %4d facts  %5.1f %%  %d refused", t.Format, t.Files, t.Right, t.Total, t.Share(), t.Refused)
}

// Key reads the key from the folder of wire formats.
func Key(folder string) ([]File, error) {
	b, err := os.ReadFile(filepath.Join(folder, "expected.json"))
	if err != nil {
		return nil, fmt.Errorf("wirescore: %w", err)
	}
	var files []File
	if err := json.Unmarshal(b, &files); err != nil {
		return nil, fmt.Errorf("wirescore: expected.json: %w", err)
	}
	return files, nil
}

// Score reads every file of the key whose format is wanted and compares, by format. read is what ingest does with a
// document: recognise, split, parse.
func Score(folder string, want func(File) bool, read func(raw wiredesk.Raw) ([]wiredesk.Story, error)) ([]Tally, error) {
	files, err := Key(folder)
	if err != nil {
		return nil, err
	}
	var tallies []Tally
	for _, f := range files {
		if f.House || !want(f) {
			continue
		}
		i := slices.IndexFunc(tallies, func(t Tally) bool { return t.Format == f.Format })
		if i < 0 {
			i = len(tallies)
			tallies = append(tallies, Tally{Format: f.Format})
		}
		if err := tallies[i].add(folder, f, read); err != nil {
			return nil, err
		}
	}
	return tallies, nil
}

func (t *Tally) add(folder string, f File, read func(raw wiredesk.Raw) ([]wiredesk.Story, error)) error {
	doc, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(f.Name)))
	if err != nil {
		return fmt.Errorf("wirescore: %w", err)
	}
	stories, err := read(wiredesk.Raw{Provider: "measured", Feed: "measured", Name: f.Name, Bytes: doc, Received: received})
	t.Files++
	if len(stories) == 0 {
		t.Refused++
	}
	for i, facts := range f.Items {
		var s wiredesk.Story
		if i < len(stories) {
			s = stories[i]
		}
		for _, fact := range sorted(facts) {
			for _, want := range each(facts[fact]) {
				t.Total++
				got, ok := right(&s, fact, want)
				if ok {
					t.Right++
					continue
				}
				if err != nil {
					got = strings.TrimSpace(got + " " + err.Error())
				}
				t.Misses = append(t.Misses, Miss{f.Name, fact, want, got, i + 1})
			}
		}
	}
	return nil
}

func sorted(f Fact) []string {
	var names []string
	for n := range f {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// each is the values of a fact: those of a list one by one.
func each(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var values []string
	for _, v := range list {
		var s string
		if json.Unmarshal(v, &s) != nil {
			s = string(v)
		}
		values = append(values, s)
	}
	return values
}

// Open is a file of the folder as it would arrive; ok is false for what is no document: a folder, a licence, an empty
// file.
func Open(path string) (raw wiredesk.Raw, ok bool) {
	name := filepath.Base(path)
	known := slices.Contains([]string{".xml", ".txt", ".tst", ".json", ""}, strings.ToLower(filepath.Ext(name)))
	if !known && !strings.Contains(name, "newsml_") {
		return raw, false
	}
	doc, err := os.ReadFile(path)
	if err != nil || len(doc) == 0 || strings.Contains(path, "LICENSE") {
		return raw, false
	}
	return wiredesk.Raw{Provider: "measured", Feed: "measured", Name: path, Bytes: doc, Received: received}, true
}
