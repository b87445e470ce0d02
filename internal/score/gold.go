package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/wiredesk/wiredesk"
)

// Gold is what a person found in a story. Fields that are missing were not annotated and are not measured.
type Gold struct {
	Language     string                 `json:"language"`
	Kicker       *wiredesk.Span         `json:"kicker"`
	Headline     *wiredesk.Span         `json:"headline"`
	Dateline     *wiredesk.Line         `json:"dateline"`
	NoDateline   bool                   `json:"no_dateline"`
	Byline       *wiredesk.Named        `json:"byline"`
	Sections     []Section              `json:"sections"`
	Attributions []wiredesk.Attribution `json:"attributions"`
	Outlets      []string               `json:"credited_outlets"`
	MustNot      []Claim                `json:"must_not"`
}

// Section is a section of the gold, with its head where it has one.
type Section struct {
	wiredesk.Part
	Head *wiredesk.Span `json:"head"`
}

// Claim is what a careless reader would find and must not.
type Claim struct {
	What string         `json:"what"`
	Span *wiredesk.Span `json:"span"`
	Why  string         `json:"why"`
}

// Story is an annotated text.
type Story struct {
	Name string
	Text string
	Gold Gold
}

// Stories reads the annotated stories below a folder: every x.txt with an x.gold.json beside it.
func Stories(dir string) ([]Story, error) {
	var all []Story
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".gold.json") {
			return err
		}
		s, err := story(path)
		if err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("score: %w", err)
	}
	return all, nil
}

func story(path string) (Story, error) {
	base := strings.TrimSuffix(path, ".gold.json")
	s := Story{Name: filepath.Base(base)}
	gold, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(gold, &s.Gold); err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	text, err := os.ReadFile(base + ".txt")
	s.Text = string(text)
	return s, err
}
