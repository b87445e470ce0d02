package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/cases"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/route"
)

// tester tries the cases of a configuration.
type tester struct {
	documents
	junit string
	json  bool

	table   *route.Table
	desk    *line.ReadingDesk
	results []cases.Result
}

func tests() *cobra.Command {
	t := &tester{documents: documents{format: "auto"}}
	c := &cobra.Command{
		Use: "test FILE|DIR...", Short: "test a configuration: stories in, and what is expected of them",
		Long: "Test reads files of cases, in a directory those named *" + cases.Suffix + ": each case is a document and what must come of\n" +
			"it under the configuration: credits, dateline, language, topics, places, desks, subjects, or the reason why it is\n" +
			"rejected. It needs no broker. The exit code is 5 when an expectation is not met.",
		Example: "  wiredesk test -c wiredesk.yaml stories.test.yaml\n  wiredesk test --junit report.xml .",
		Args:    cobra.MinimumNArgs(1),
		RunE:    t.run,
	}
	t.flags.Bind(c)
	c.Flags().StringVar(&t.junit, "junit", "", "write the results to `FILE` too, as the XML that build servers read")
	c.Flags().BoolVar(&t.json, "json", false, "one JSON object a case")
	return c
}

func (t *tester) run(c *cobra.Command, args []string) error {
	var err error
	if t.conf, err = t.flags.Read(c.ErrOrStderr()); err != nil {
		return err
	}
	if t.lines, err = shell.Lines(t.conf); err != nil {
		return err
	}
	if t.table, err = t.conf.Routes(); err != nil {
		return err
	}
	if t.desk, err = line.NewReadingDesk(shell.Built().Software()); err != nil {
		return err
	}
	for _, arg := range args {
		if err := t.suites(c, arg); err != nil {
			return err
		}
	}
	if t.junit != "" {
		if err := t.report(); err != nil {
			return err
		}
	}
	return t.verdict(c)
}

// suites tries the cases of one file, or of all files in a directory that hold some.
func (t *tester) suites(c *cobra.Command, arg string) error {
	return filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != arg && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		case e.IsDir(), path != arg && !strings.HasSuffix(path, cases.Suffix):
			return nil
		}
		all, err := cases.Load(path)
		if err != nil {
			return err
		}
		for i := range all {
			if err := t.try(c, &all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tester) try(c *cobra.Command, one *cases.Case) error {
	if err := t.known(one); err != nil {
		return err
	}
	began := time.Now()
	outcome, err := t.outcome(c, one)
	if err != nil {
		return fmt.Errorf("%s:%d: case %q: %w", one.Suite, one.Line, one.Name, err)
	}
	r := cases.Result{Case: *one, Faults: one.Expect.Faults(outcome), Took: time.Since(began)}
	t.results = append(t.results, r)
	return t.tell(c, r)
}

// known refuses a case that names a desk or a format that is nowhere: what is expected of it says nothing.
func (t *tester) known(one *cases.Case) error {
	var desks []string
	for _, d := range t.conf.Desks {
		desks = append(desks, d.Name)
	}
	for _, name := range append(append([]string{}, one.Expect.Desks...), one.Expect.NotDesks...) {
		if err := (expectation{kind: "desk", value: name}).known(desks); err != nil {
			return fmt.Errorf("%s:%d: case %q: %w", one.Suite, one.Line, one.Name, err)
		}
	}
	if _, ok := ingest.Find(one.Format); !ok && one.Format != "" && one.Format != "auto" {
		return shell.Misuse("%s:%d: case %q: no format %q: use auto, %s", one.Suite, one.Line, one.Name, one.Format, strings.Join(shell.Formats(), ", "))
	}
	return nil
}

// outcome reads the case's document as the line would.
func (t *tester) outcome(c *cobra.Command, one *cases.Case) (cases.Outcome, error) {
	var out cases.Outcome
	doc, err := one.Document()
	if err != nil {
		return out, err
	}
	at := one.Time
	if at.IsZero() {
		at = time.Now()
	}
	t.feed, t.format = one.Feed, "auto"
	if one.Format != "" {
		t.format = one.Format
	}
	reading, err := ingest.Read(t.raw(one.Name, doc, at))
	for _, f := range wiredesk.Faults(err) {
		out.Rejected = append(out.Rejected, f.Error())
	}
	for _, p := range reading.Parts {
		for _, f := range wiredesk.Faults(p.Err) {
			out.Rejected = append(out.Rejected, f.From(p.Raw.Line, p.Raw.Column).Error())
		}
	}
	err = t.desk.Articles(c.Context(), reading, func(body []byte) error {
		seen, err := t.seen(body, one.Time)
		out.Articles = append(out.Articles, seen)
		return err
	})
	return out, err
}

func (t *tester) seen(body []byte, at time.Time) (cases.Seen, error) {
	var s cases.Seen
	if err := json.Unmarshal(body, &s.Article); err != nil {
		return s, err
	}
	if !at.IsZero() {
		s.Article.Hops = append(s.Article.Hops, wiredesk.Hop{At: at})
	}
	r := line.Routed(&s.Article, t.table)
	s.GoesOut, s.Reason = r.GoesOut, r.Reason
	for _, d := range r.Desks {
		if d.Matches {
			s.Desks = append(s.Desks, d.Desk)
		}
	}
	for _, d := range r.Subjects {
		s.Subjects = append(s.Subjects, d.Subject)
	}
	return s, nil
}

// tell says how a case went: one line where it went well.
func (t *tester) tell(c *cobra.Command, r cases.Result) error {
	if t.json {
		return shell.JSON(c.OutOrStdout(), struct {
			File   string        `json:"file"`
			Line   int           `json:"line"`
			Name   string        `json:"name"`
			OK     bool          `json:"ok"`
			Faults []cases.Fault `json:"faults,omitempty"`
		}{r.Case.Suite, r.Case.Line, r.Case.Name, len(r.Faults) == 0, r.Faults})
	}
	w := &page{to: c.OutOrStdout()}
	verdict := "ok  "
	if len(r.Faults) > 0 {
		verdict = "FAIL"
	}
	w.say("%s  %s  (%s:%d)\n", verdict, r.Case.Name, r.Case.Suite, r.Case.Line)
	for _, f := range r.Faults {
		w.say("      %s\n", f)
	}
	return w.err
}

func (t *tester) report() error {
	f, err := os.Create(t.junit)
	if err != nil {
		return err
	}
	if err := cases.WriteJUnit(f, t.results); err != nil {
		_ = f.Close()
		return fmt.Errorf("%s: %w", t.junit, err)
	}
	return f.Close()
}

func (t *tester) verdict(c *cobra.Command) error {
	failed := 0
	for _, r := range t.results {
		if len(r.Faults) > 0 {
			failed++
		}
	}
	switch {
	case len(t.results) == 0:
		return &shell.Exit{Code: shell.Unmet, Err: fmt.Errorf("no case was found, so that nothing is tested: name a file, or a directory with files named *%s", cases.Suffix)}
	case failed > 0:
		return &shell.Exit{Code: shell.Unmet, Err: fmt.Errorf("%d of %d cases are not as expected", failed, len(t.results))}
	}
	shell.Say(c.ErrOrStderr(), "%d cases are as expected\n", len(t.results))
	return nil
}
