package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/fate"
)

// writeStory tells a story's fate to a person, or as one line of JSON.
func writeStory(out io.Writer, s fate.Story, asJSON bool, nth int) error {
	if asJSON {
		return shell.JSON(out, s)
	}
	var sums []string
	for name, n := range s.Out {
		sums = append(sums, fmt.Sprintf("%d %s", n, name))
	}
	slices.Sort(sums)
	if s.Pending > 0 {
		sums = append(sums, fmt.Sprintf("%d pending", s.Pending))
	}
	w := &page{to: out}
	if nth > 0 {
		w.say("\n")
	}
	w.say("%s  (provider %s, story %s)\n%d in = %s\n", s.URI, s.Provider, s.Story, s.In, strings.Join(sums, " + "))
	for _, f := range s.Fates {
		w.say("%s  %-9s %s\n", f.At.Local().Format("2006-01-02 15:04:05.000"), f.What, words(f))
	}
	for _, a := range s.Rewrites {
		w.say("rewrites  %s  (story %s)%s\n", shell.Printable(a.URI), a.Story, newestOf(a))
	}
	for _, a := range s.RewrittenBy {
		w.say("rewritten by  %s  (story %s)%s\n", shell.Printable(a.URI), a.Story, newestOf(a))
	}
	if s.Unsearched {
		w.say("so much came in since that not all of it was searched for what rewrites this\n")
	}
	for _, c := range s.Changes {
		w.say("\nr%d to r%d, %s of %s\n%s\n", c.From, c.To, c.Event, c.At.Local().Format("2006-01-02 15:04:05"), redlined(c.Pieces))
	}
	if len(s.Kills) > 0 {
		w.say("the kill was told to\n")
	}
	for _, n := range s.Kills {
		w.say("  %-20s %s\n", shell.Printable(n.Sink), confirmed(n))
	}
	return w.err
}

// words are what a person reads of one step.
func words(f fate.Step) string {
	var w []string
	add := func(format, v string) {
		if v != "" {
			w = append(w, fmt.Sprintf(format, shell.Printable(v)))
		}
	}
	if f.Revision > 0 {
		w = append(w, "r"+strconv.Itoa(f.Revision))
	}
	switch f.What {
	case "received":
		add("%s", f.Receipt)
		add("feed %s", f.Feed)
		add("by %s", f.Via)
	case "news":
		add("%s", f.Event)
		add("on %s", f.Subject)
		return strings.Join(w, "  ")
	case "output":
		add("%s", f.Event)
		add("%s", f.Fate)
		add("by %s", f.Subject)
		add("(%s)", f.Reason)
		return strings.Join(w, "  ")
	case "dead":
		add("in %s", f.Subject)
		add("letter %s", strconv.FormatUint(f.Seq, 10))
	default:
		add("%s", f.Event)
		add("%s", f.Fate)
	}
	add("version %s", f.Version)
	if f.What == "revision" {
		add("by %s", f.By)
	}
	add("(%s)", f.Reason)
	return strings.Join(w, "  ")
}
