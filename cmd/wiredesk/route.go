package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/route"
)

// router answers which subjects articles go to, and holds them against what was expected.
type router struct {
	documents
	since  string
	at     string
	expect []string
	json   bool

	table  *route.Table
	time   time.Time // the articles are taken to be finished then, unless zero
	wanted []expectation
	unmet  int
	seen   int
	counts map[string]int // articles by desk
}

func routes() *cobra.Command {
	r := &router{counts: map[string]int{}}
	c := &cobra.Command{
		Use: "route FILE|DIR|-...", Short: "tell which subjects a story goes to and why, and why not to others",
		Long: "Route reads documents as annotate does and tells for every subject of the news, and every desk of the configuration,\nwhy the story goes there or not. It needs no broker.\nWith --since it tries the desks on the articles that a running line has had since then, before they go live.\n\n" +
			"--expect desk=NAME, desk!=NAME, subject=news.FACET.VALUE or subject!=… must hold for every story; else the exit code\nis 5.",
		RunE: r.run,
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if (len(args) > 0) == (r.since != "") {
			return shell.Misuse("name files, or --since for the articles of a running line: one of the two")
		}
		return nil
	}
	r.bind(c)
	r.flags.Place(c)
	c.Flags().StringVar(&r.since, "since", "", "try the desks on the articles of the last `TIME`, like 24h or 2d")
	c.Flags().StringVar(&r.at, "at", "", "take the stories to be finished at this `TIME` (RFC 3339), for hours and weekdays")
	c.Flags().StringArrayVar(&r.expect, "expect", nil, "what must be so for every story: desk=`NAME`, subject=news.source.tass; with != what must not")
	c.Flags().BoolVar(&r.json, "json", false, "one JSON object a story")
	return c
}

func (r *router) run(c *cobra.Command, args []string) error {
	if err := r.prepare(); err != nil {
		return err
	}
	err := r.try(c, args)
	switch {
	case err != nil:
		return err
	case len(r.wanted) > 0 && r.seen == 0:
		return &shell.Exit{Code: shell.Unmet, Err: fmt.Errorf("no story was read, so that nothing expected has been seen")}
	case r.unmet > 0:
		return &shell.Exit{Code: shell.Unmet, Err: fmt.Errorf("%d expectations are not met", r.unmet)}
	}
	return nil
}

func (r *router) try(c *cobra.Command, args []string) error {
	if r.since != "" {
		return r.past(c)
	}
	desk, err := line.NewReadingDesk(shell.Built().Software())
	if err != nil {
		return err
	}
	return r.each(c, args, func(raw wiredesk.Raw, reading ingest.Reading) error {
		if err := r.compile(r.conf); err != nil {
			return err
		}
		return desk.Articles(c.Context(), reading, func(body []byte) error { return r.article(c, raw.Name, body) })
	})
}

func (r *router) prepare() error {
	var err error
	if r.at != "" {
		if r.time, err = time.Parse(time.RFC3339, r.at); err != nil {
			return shell.Misuse("--at %q is no time: write it like 2031-03-07T22:30:00Z", r.at)
		}
	}
	for _, text := range r.expect {
		e, err := expected(text)
		if err != nil {
			return err
		}
		r.wanted = append(r.wanted, e)
	}
	return nil
}

// compile takes the configured desks, once, and sees that what is expected of desks can be.
func (r *router) compile(conf *config.Config) error {
	if r.table != nil {
		return nil
	}
	var names []string
	for _, d := range conf.Desks {
		names = append(names, d.Name)
	}
	for _, e := range r.wanted {
		if err := e.known(names); err != nil {
			return err
		}
	}
	var err error
	r.table, err = conf.Routes()
	return err
}

func (r *router) article(c *cobra.Command, file string, body []byte) error {
	var a wiredesk.Article
	if err := json.Unmarshal(body, &a); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if !r.time.IsZero() {
		a.Hops = append(a.Hops, wiredesk.Hop{At: r.time})
	}
	out := line.Routed(&a, r.table)
	out.File = file
	r.seen++
	for _, d := range out.Desks {
		if d.Matches && out.GoesOut {
			r.counts[d.Desk]++
		}
	}
	for _, e := range r.wanted {
		if fault := e.unmet(&out); fault != "" {
			r.unmet++
			shell.Say(c.ErrOrStderr(), "%s: %s: %s\n", shell.Printable(file), shell.Cut(out.Headline, 60), shell.Printable(fault))
		}
	}
	if r.json {
		return shell.JSON(c.OutOrStdout(), out)
	}
	w := &page{to: c.OutOrStdout()}
	if r.since != "" {
		briefly(w, &out)
	} else {
		writeRouting(w, &out)
	}
	return w.err
}
