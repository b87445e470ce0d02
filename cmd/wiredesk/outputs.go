package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/publish"
)

func outputs() *cobra.Command {
	c := &cobra.Command{
		Use: "outputs", Short: "show how the outputs stand, stop one, or let it go on",
		Long: "Outputs are the ways out of the configuration. One whose receiver answers that it is gone is disabled: it is sent\n" +
			"nothing any more, in every process and over restarts, until somebody resumes it. What it has not taken waits for\n" +
			"that, as long as it is in the news.",
		Args: noSuch, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(outputList(), outputDisable(), outputResume())
	return c
}

// overBroker makes a command's work run with the line's broker.
func overBroker(c *cobra.Command, work func(ctx context.Context, js jetstream.JetStream, args []string) error) *cobra.Command {
	var flags shell.Flags
	c.RunE = func(c *cobra.Command, args []string) error {
		conf, err := flags.Read(c.ErrOrStderr())
		if err != nil {
			return err
		}
		nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer nc.Close()
		return work(c.Context(), js, args)
	}
	flags.Bind(c)
	flags.Place(c)
	return c
}

func outputList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "ls", Short: "list the outputs, what waits for each, and which are disabled", Args: cobra.NoArgs}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return overBroker(c, func(ctx context.Context, js jetstream.JetStream, _ []string) error {
		all, err := publish.States(ctx, js)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			shell.Say(c.ErrOrStderr(), "no output has run here yet: wiredesk config shows how outputs: are written\n")
		}
		if !asJSON {
			return outputTable(c.OutOrStdout(), all)
		}
		for _, s := range all {
			if err := shell.JSON(c.OutOrStdout(), s); err != nil {
				return err
			}
		}
		return nil
	})
}

func outputTable(to io.Writer, all []publish.OutputState) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	if len(all) > 0 {
		fmt.Fprintln(w, "OUTPUT\tSTATE\tWAITING\tIN HAND\tTOOK LAST\tSUBJECTS\tREASON")
	}
	for _, s := range all {
		state, took := "on", "-"
		if s.Disabled {
			state = "disabled"
		}
		if !s.Took.IsZero() {
			took = s.Took.Local().Format(time.DateTime)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\n", s.Name, state, s.Pending, s.InHand, took, strings.Join(s.Subjects, " "), shell.Cut(s.Reason, 120))
	}
	return w.Flush()
}

func outputDisable() *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "disable NAME", Short: "send an output nothing any more, until it is resumed", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&reason, "reason", "by hand", "`TEXT` that is shown wherever the output is")
	return overBroker(c, func(ctx context.Context, js jetstream.JetStream, args []string) error {
		if err := publish.Disable(ctx, js, args[0], reason); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.OutOrStdout(), "%s is disabled; let it go on with: wiredesk outputs resume %s\n", args[0], args[0])
		return err
	})
}

func outputResume() *cobra.Command {
	c := &cobra.Command{Use: "resume NAME", Short: "send an output that was disabled what waits for it, and what follows", Args: cobra.ExactArgs(1)}
	return overBroker(c, func(ctx context.Context, js jetstream.JetStream, args []string) error {
		if err := publish.Resume(ctx, js, args[0]); err != nil {
			return err
		}
		s, err := publish.StateOf(ctx, js, args[0])
		if err == nil {
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s goes on, with %d that wait for it\n", args[0], s.Pending+uint64(s.InHand))
		}
		return err
	})
}
