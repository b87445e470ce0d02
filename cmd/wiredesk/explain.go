package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/line"
)

func explain() *cobra.Command {
	var d documents
	var html bool
	c := &cobra.Command{
		Use: "explain FILE", Short: "show a document's text with its credits marked, and why",
		Long: "Explain is annotate for a person: how the format was recognised, the text with each credit marked, the words and\nrules behind each, and the subjects of the news it would go to. With --html it prints the same as one web page that\nneeds nothing else. It needs no broker.",
		Args: cobra.ExactArgs(1),
	}
	d.bind(c)
	c.Flags().BoolVar(&html, "html", false, "print a web page")
	c.RunE = func(c *cobra.Command, args []string) error {
		desk, err := line.NewReadingDesk(shell.Built().Software())
		if err != nil {
			return err
		}
		if html {
			return explainPage(c, &d, desk, args)
		}
		out := c.OutOrStdout()
		return d.each(c, args, func(raw wiredesk.Raw, r ingest.Reading) error {
			if r.Format == "" {
				return nil
			}
			if _, err := fmt.Fprintf(out, "%s: %s (%s)\n", shell.Printable(raw.Name), r.Format, shell.Printable(r.Why)); err != nil {
				return err
			}
			return eachArticle(c, desk, r, func(a *wiredesk.Article) error { return explained(out, a) })
		})
	}
	return c
}

// explainPage prints all articles of the documents as one web page. Where some could not be read, the rest is printed
// before the error comes back.
func explainPage(c *cobra.Command, d *documents, desk *line.ReadingDesk, args []string) error {
	var sheets []*sheet
	err := d.each(c, args, func(raw wiredesk.Raw, r ingest.Reading) error {
		return eachArticle(c, desk, r, func(a *wiredesk.Article) error {
			sheets = append(sheets, newSheet(len(sheets)+1, raw.Name, r.Format+" ("+r.Why+")", a))
			return nil
		})
	})
	if len(sheets) > 0 {
		return errors.Join(writeSheets(c.OutOrStdout(), sheets), err)
	}
	return err
}

// eachArticle hands out the articles of a reading.
func eachArticle(c *cobra.Command, desk *line.ReadingDesk, r ingest.Reading, take func(*wiredesk.Article) error) error {
	return desk.Articles(c.Context(), r, func(body []byte) error {
		var a wiredesk.Article
		if err := json.Unmarshal(body, &a); err != nil {
			return err
		}
		return take(&a)
	})
}

// explained writes one article for a person.
func explained(out io.Writer, a *wiredesk.Article) error {
	w := &page{to: out}
	w.say("\n%s\n", shell.Cut(headline(a), 110))
	w.say("  %s · %s · %s: %s\n\n", a.Item.URI, cmp.Or(a.Item.Language, "language unknown"), a.Event, a.Reason)
	if err := marked(out, a, true, shell.Colour(out)); err != nil {
		return err
	}
	w.say("\n")
	if a.Dateline != nil {
		w.say("  dateline  %q: %s %s %s\n", a.Dateline.In(a.Text), a.Dateline.City, a.Dateline.Country, a.Dateline.Date)
	}
	if a.Byline != nil {
		w.say("  byline    %s\n", a.Byline.Name)
	}
	for _, s := range a.Sections {
		if s.Title != "" {
			w.say("  section   %q at byte %d\n", shell.Cut(s.Title, 80), s.Start)
		}
	}
	w.credits(a)
	w.tags(a)
	w.say("  subjects  ")
	for i, f := range a.Facets() {
		w.say("%snews.%s.%s\n", strings.Repeat(" ", min(i, 1)*12), f, a.Story)
	}
	return w.err
}

// page writes for a person and keeps the first error.
type page struct {
	to  io.Writer
	err error
}

func (w *page) say(format string, args ...any) {
	if w.err == nil {
		_, w.err = io.WriteString(w.to, shell.Printable(fmt.Sprintf(format, args...)))
	}
}

// credits are the attributions, each with its words, its chain and the rules that found it.
func (w *page) credits(a *wiredesk.Article) {
	for _, at := range a.Attributions {
		w.say("  %-9s %s: %s", at.ID, at.Role, cmp.Or(at.Source.Name, "?"))
		if at.Source.ID != "" {
			w.say(" = %s", at.Source.ID)
		}
		if at.Parent != "" {
			w.say(", inside %s", at.Parent)
		}
		w.say(", %.0f %%\n", 100*at.Score)
		if at.Cue != nil && !at.Cue.Empty() {
			w.say("            by the words %q (%s)", at.Cue.In(a.Text), at.Cue.Type)
			w.say(", for the %s", cmp.Or(at.Scope, at.Guess, "text"))
			w.say(", rules %s\n", strings.Join(at.Rules, ", "))
		} else if len(at.Rules) > 0 {
			w.say("            rules %s\n", strings.Join(at.Rules, ", "))
		}
		for _, c := range at.Content {
			w.say("            “%s”\n", shell.Cut(c.In(a.Text), 90))
		}
	}
	if len(a.Attributions) == 0 {
		w.say("  credits   none found\n")
	}
}

func (w *page) tags(a *wiredesk.Article) {
	for _, t := range a.Topics {
		w.say("  topic     %s %s, %.0f %%", t.Code, t.Name, 100*t.Score)
		before := ": "
		for _, e := range t.Evidence {
			w.say("%s%q", before, shell.Cut(e.In(a.Text), 30))
			before = ", "
		}
		w.say("\n")
	}
	list := func(name string, all []string) {
		if len(all) > 0 {
			w.say("  %-9s %s\n", name, strings.Join(all, ", "))
		}
	}
	var places, people, bodies []string
	for _, p := range a.Places {
		places = append(places, strings.TrimSpace(p.Name+" "+p.Country))
	}
	for _, p := range a.People {
		people = append(people, p.Name)
	}
	for _, o := range a.Organisations {
		bodies = append(bodies, o.Name)
	}
	list("places", places)
	list("people", people)
	list("bodies", bodies)
	list("missing", a.Missing)
	list("repairs", a.Repairs)
}
