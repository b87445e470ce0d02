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
	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// letter is a dead letter as ls and show print it.
type letter struct {
	Seq     uint64    `json:"seq"`
	Stored  time.Time `json:"stored"`
	Stage   string    `json:"stage"`
	Feed    string    `json:"feed"`
	Reason  string    `json:"reason"`
	Tries   int       `json:"tries,omitempty"`
	Story   string    `json:"story,omitempty"`
	URI     string    `json:"uri,omitempty"`
	Receipt string    `json:"receipt,omitempty"`
	Name    string    `json:"name,omitempty"`
	From    string    `json:"from,omitempty"` // stream and sequence
	Bytes   int       `json:"bytes"`
	Body    []byte    `json:"body,omitempty"` // show only, base64

	header nats.Header
}

// letters are the dead letters that a command is about.
type letters struct {
	flags               shell.Flags
	stage, feed, reason string
	all, dry, asJSON    bool

	conf *config.Config
	nc   *nats.Conn
	js   jetstream.JetStream
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
	l.nc, l.js, err = reach(c.Context(), l.conf, c.ErrOrStderr())
	return err
}

// each hands out the letters that were asked for, oldest first, without their bodies.
func (l *letters) each(ctx context.Context, handle func(letter) error) error {
	return scan(ctx, l.js, stream.DEAD, stream.DeadPrefix+">", 0, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		d := letterOf(meta.Sequence.Stream, meta.Timestamp, m.Headers(), len(m.Data()))
		if n, err := strconv.Atoi(m.Headers().Get(nats.MsgSize)); err == nil {
			d.Bytes = n
		}
		if l.stage != "" && d.Stage != l.stage || l.feed != "" && d.Feed != l.feed || !strings.Contains(d.Reason, l.reason) {
			return nil
		}
		return handle(d)
	})
}

func letterOf(seq uint64, stored time.Time, h nats.Header, size int) letter {
	d := letter{
		Seq: seq, Stored: stored.UTC(), Stage: h.Get(stream.HStage), Feed: wording(h, stream.HFeed), Reason: wording(h, stream.HReason),
		Story: h.Get(stream.HStory), URI: wording(h, stream.HURI), Receipt: h.Get(stream.HReceipt), Name: wording(h, stream.HName),
		Bytes: size, header: h,
	}
	d.Tries, _ = strconv.Atoi(h.Get(stream.HTries))
	if from := h.Get(stream.HFromStream); from != "" {
		d.From = from + " " + h.Get(stream.HFromSeq)
	}
	return d
}

// letter reads one whole.
func (l *letters) letter(ctx context.Context, seq uint64) (letter, error) {
	s, err := l.js.Stream(ctx, stream.DEAD)
	if err != nil {
		return letter{}, fmt.Errorf("stream %s: %w", stream.DEAD, err)
	}
	m, err := s.GetMsg(ctx, seq)
	if err != nil {
		return letter{}, byWord(err, "no dead letter %d: see wiredesk dead ls", seq)
	}
	d := letterOf(seq, m.Time, m.Header, len(m.Data))
	d.Body = m.Data
	return d, nil
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
			return l.each(c.Context(), func(d letter) error {
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
			d, err := l.letter(c.Context(), seq[0])
			switch {
			case err != nil:
				return err
			case l.asJSON:
				return shell.JSON(c.OutOrStdout(), d)
			case raw:
				_, err = c.OutOrStdout().Write(d.Body)
				return err
			}
			return d.print(c.OutOrStdout())
		},
	}
	l.bind(c, false)
	c.Flags().BoolVar(&l.asJSON, "json", false, "one JSON object, the bytes as base64")
	c.Flags().BoolVar(&raw, "raw", false, "the original bytes only, as they came")
	return c
}

func (d letter) print(out io.Writer) error {
	w := &page{to: out}
	w.say("dead letter %d of %s, %s\nreason: %s\n", d.Seq, d.Stage, d.Stored.Local().Format(time.DateTime), d.Reason)
	var names []string
	for name := range d.header {
		if strings.HasPrefix(name, "Wire-") && name != stream.HReason {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		w.say("%-22s %s\n", name+":", wording(d.header, name))
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
