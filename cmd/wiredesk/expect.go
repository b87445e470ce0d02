package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/line"
)

// expectation is what must be so of a story's way: it goes to a desk or a subject, or it does not.
type expectation struct {
	kind  string // desk, subject
	value string
	not   bool
}

func expected(text string) (expectation, error) {
	kind, value, ok := strings.Cut(text, "=")
	kind, not := strings.CutSuffix(kind, "!")
	if !ok || value == "" || kind != "desk" && kind != "subject" {
		return expectation{}, shell.Misuse("--expect %q: write it as desk=NAME, desk!=NAME, subject=news.source.tass or subject!=…", text)
	}
	if kind == "subject" {
		tokens := strings.Split(value, ".")
		if len(tokens) < 3 || len(tokens) > 4 || tokens[0] != "news" {
			return expectation{}, shell.Misuse("--expect %q: a subject is news.FACET.VALUE, or with the story as a fourth token", text)
		}
	}
	return expectation{kind, value, not}, nil
}

// known refuses a desk that is not configured: what is expected of it says nothing.
func (e expectation) known(desks []string) error {
	if e.kind == "desk" && !slices.Contains(desks, e.value) {
		return shell.Misuse("--expect: no desk %q in the configuration; it has %d: %s", e.value, len(desks), shell.Cut(strings.Join(desks, ", "), 200))
	}
	return nil
}

// unmet is what was found instead; empty where the story goes as expected. A story that stays goes nowhere.
func (e expectation) unmet(r *line.Routing) string {
	goes := r.GoesOut && slices.ContainsFunc(r.Subjects, func(d line.Destination) bool { return e.means(d.Subject, r.Story) })
	if e.kind == "desk" {
		goes = false
		for _, d := range r.Desks {
			goes = goes || d.Desk == e.value && d.Matches && r.GoesOut
		}
	}
	switch {
	case goes == !e.not:
		return ""
	case goes:
		return fmt.Sprintf("goes to %s %s, and is not to", e.kind, e.value)
	case !r.GoesOut:
		return fmt.Sprintf("is to go to %s %s, and stays: %s", e.kind, e.value, r.Reason)
	}
	return fmt.Sprintf("is to go to %s %s, and does not", e.kind, e.value)
}

func (e expectation) means(subject, story string) bool {
	value := strings.TrimSuffix(e.value, ".*")
	return subject == value || subject == value+"."+story
}
