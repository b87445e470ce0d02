package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/route"
)

// writeRouting is the answer for a person.
func writeRouting(w *page, r *line.Routing) {
	w.say("%s: %s\n", r.File, shell.Cut(r.Headline, 100))
	if r.GoesOut {
		w.say("  goes out  %s\n", r.Reason)
	} else {
		w.say("  STAYS     %s; otherwise:\n", r.Reason)
	}
	width := 0
	for _, d := range append(slices.Clone(r.Subjects), r.Not...) {
		width = max(width, len(d.Subject))
	}
	for _, d := range r.Subjects {
		w.say("  yes  %-*s  %s\n", width, d.Subject, d.Why)
	}
	for _, d := range r.Not {
		w.say("  no   %-*s  %s\n", width, d.Subject, d.Why)
	}
	for _, d := range r.Desks {
		desk(w, d)
	}
}

// desk explains one route: where it says no, only what does not hold.
func desk(w *page, d route.Explanation) {
	answer := map[bool]string{true: "yes", false: "no"}[d.Matches]
	w.say("  desk %s: %s\n", d.Desk, cmp.Or(d.Error, answer))
	for _, p := range d.Parts {
		if p.Holds && !d.Matches {
			continue
		}
		mark := map[bool]string{true: "holds", false: "fails"}[p.Holds]
		w.say("       %s  %s\n", mark, p.Text)
		for _, v := range p.Values {
			w.say("              %s = %s\n", v.Field, v.Value)
		}
		if p.Error != "" {
			w.say("              %s\n", p.Error)
		}
	}
}

// briefly is one line: when, what, which desks.
func briefly(w *page, r *line.Routing) {
	var desks []string
	for _, d := range r.Desks {
		if d.Matches {
			desks = append(desks, d.Desk)
		}
	}
	w.say("%s  %-60s  %s\n", r.At.UTC().Format("2006-01-02 15:04"), shell.Cut(r.Headline, 60), cmp.Or(strings.Join(desks, ", "), "-"))
}
