package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/deadletter"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// letters are the dead letters that a command is about.
type letters struct {
	flags               shell.Flags
	stage, feed, reason string
	all, dry, asJSON    bool

	conf *config.Config
	nc   *nats.Conn
	box  deadletter.Box
}

func dead() *cobra.Command {
	c := &cobra.Command{
		Use: "dead", Short: "look into what could not be done, try it again, or drop it",
		Args: noSuch, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(deadList(), deadShow(), deadRetry(), deadDrop())
	return c
}

func (l *letters) bind(c *cobra.Command, chooses bool) {
	l.flags.Bind(c)
	l.flags.Place(c)
	if chooses {
		c.Flags().StringVar(&l.stage, "stage", "", "only of this stage: ingest, enrich or publish")
		c.Flags().StringVar(&l.feed, "feed", "", "only of this feed")
		c.Flags().StringVar(&l.reason, "reason", "", "only whose reason contains this `TEXT`")
	}
}

// open reads the configuration and reaches the broker; the caller closes the connection.
func (l *letters) open(c *cobra.Command) (err error) {
	if l.conf, err = l.flags.Read(c.ErrOrStderr()); err != nil {
		return err
	}
	l.nc, l.box.JS, err = reach(c.Context(), l.conf, c.ErrOrStderr())
	l.box.Push = func(ctx context.Context, d deadletter.Letter) error { return line.PushAgain(ctx, l.nc, l.conf, d) }
	return err
}

// each hands out the letters that were asked for, oldest first, without their bodies.
func (l *letters) each(ctx context.Context, handle func(deadletter.Letter) error) error {
	return l.box.Each(ctx, deadletter.Choice{Stage: l.stage, Feed: l.feed, Reason: l.reason}, handle)
}

func deadList() *cobra.Command {
	var l letters
	c := &cobra.Command{
		Use: "ls", Short: "list the dead letters", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := l.open(c); err != nil {
				return err
			}
			defer l.nc.Close()
			out, head := c.OutOrStdout(), "SEQ      STORED            STAGE    FEED              TRIES  REASON\n"
			return l.each(c.Context(), func(d deadletter.Letter) error {
				if l.asJSON {
					return shell.JSON(out, d)
				}
				_, err := fmt.Fprintf(out, "%s%-8d %-17s %-8s %-17s %-6d %s\n", head, d.Seq, d.Stored.Local().Format("2006-01-02 15:04"),
					d.Stage, shell.Cut(d.Feed, 17), d.Tries, shell.Cut(d.Reason, 100))
				head = ""
				return err
			})
		},
	}
	l.bind(c, true)
	c.Flags().BoolVar(&l.asJSON, "json", false, "one JSON object a line")
	return c
}

func deadShow() *cobra.Command {
	var l letters
	raw := false
	c := &cobra.Command{
		Use: "show SEQ", Short: "show one dead letter: why, whence, and the original bytes", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			seq, err := sequences(args)
			if err != nil {
				return err
			}
			if err := l.open(c); err != nil {
				return err
			}
			defer l.nc.Close()
			d, err := l.box.Get(c.Context(), seq[0])
			switch {
			case err != nil:
				return err
			case l.asJSON:
				return shell.JSON(c.OutOrStdout(), d)
			case raw:
				_, err = c.OutOrStdout().Write(d.Body)
				return err
			}
			return printLetter(c.OutOrStdout(), d)
		},
	}
	l.bind(c, false)
	c.Flags().BoolVar(&l.asJSON, "json", false, "one JSON object, the bytes as base64")
	c.Flags().BoolVar(&raw, "raw", false, "the original bytes only, as they came")
	return c
}

func printLetter(out io.Writer, d deadletter.Letter) error {
	w := &page{to: out}
	w.say("dead letter %d of %s, %s\nreason: %s\n", d.Seq, d.Stage, d.Stored.Local().Format(time.DateTime), d.Reason)
	var names []string
	for name := range d.Header {
		if strings.HasPrefix(name, "Wire-") && name != stream.HReason {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		w.say("%-22s %s\n", name+":", wording(d.Header, name))
	}
	w.say("\n%s\n", d.Body)
	return w.err
}

func sequences(args []string) ([]uint64, error) {
	var out []uint64
	for _, a := range args {
		n, err := strconv.ParseUint(a, 10, 64)
		if err != nil || n == 0 {
			return nil, shell.Misuse("%q is no number of a dead letter: see wiredesk dead ls", a)
		}
		out = append(out, n)
	}
	return out, nil
}
