package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/top"
)

func tops() *cobra.Command {
	var flags shell.Flags
	var at []string
	var once, asJSON bool
	every := time.Second
	c := &cobra.Command{
		Use: "top", Short: "watch rates, lag, times, retries and dead letters",
		Long: "Top shows how feeds, stages and outputs do, from the figures of the running processes: those that --http names, else\n" +
			"the line that runs on the data directory. q quits. With --once it prints one table, of what happens within the\ninterval.",
		Example: "  wiredesk top --once\n  wiredesk top --once --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			if every < 100*time.Millisecond {
				return shell.Misuse("--interval %s: at least 100ms", every)
			}
			if len(at) == 0 {
				at = []string{shell.Web(conf)}
			}
			read := func() top.Reading { return top.Scrape(c.Context(), at, conf.HTTP.Token.Reveal()) }
			switch {
			case once || asJSON:
				return topOnce(c, read, every, asJSON)
			case !shell.Terminal(c.OutOrStdout()):
				return shell.Misuse("this is no terminal: use --once, or --once --json")
			}
			return topLive(c, read, every)
		},
	}
	flags.Bind(c)
	flags.Place(c)
	c.Flags().StringArrayVar(&at, "http", nil, "`URL` of a process to watch; may be given several times")
	c.Flags().DurationVar(&every, "interval", every, "how often to look")
	c.Flags().BoolVar(&once, "once", false, "print one table and end")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object, and end")
	return c
}

func topOnce(c *cobra.Command, read func() top.Reading, every time.Duration, asJSON bool) error {
	before := read()
	if before.Up == 0 {
		return &shell.Exit{Code: shell.Unreachable, Err: fmt.Errorf("no process answers: %s; name one with --http", strings.Join(before.Faults, "; "))}
	}
	select {
	case <-c.Context().Done():
		return c.Context().Err()
	case <-time.After(every):
	}
	t := top.Between(before, read())
	if asJSON {
		return shell.JSON(c.OutOrStdout(), t)
	}
	_, err := fmt.Fprint(c.OutOrStdout(), t)
	return err
}

// topLive shows the table until its reader has seen enough.
func topLive(c *cobra.Command, read func() top.Reading, every time.Duration) error {
	m, err := tea.NewProgram(top.NewModel(read, every, shell.Colour(c.OutOrStdout())),
		tea.WithContext(c.Context()), tea.WithInput(c.InOrStdin()), tea.WithOutput(c.OutOrStdout())).Run()
	if cause := context.Cause(c.Context()); cause != nil {
		return context.Canceled // the exit code is that of the cause
	}
	if model, ok := m.(top.Model); errors.Is(err, tea.ErrInterrupted) || ok && model.Interrupted() {
		return &shell.Exit{Code: shell.Interrupted}
	}
	return err
}
