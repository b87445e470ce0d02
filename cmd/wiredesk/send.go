package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// sending is how send pushes files.
type sending struct {
	flags    shell.Flags
	feed, to string
	via      string
	token    string
	about    adapter.Document
	patience time.Duration
	asJSON   bool
}

func send() *cobra.Command {
	var s sending
	c := &cobra.Command{
		Use: "send FILE...", Short: "push documents to a running line, each until it has its receipt",
		Long: "Send pushes files down a feed as an adapter does, and prints each receipt: the bytes are stored then.\n\"-\" is stdin. A rejected file is said on stderr as FILE:LINE:COL: reason, the rest goes on, and the exit code is 1.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return s.run(c, args) },
	}
	s.flags.Bind(c)
	s.flags.Place(c)
	c.Flags().StringVar(&s.feed, "feed", "files", "the feed's `NAME`")
	c.Flags().StringVar(&s.to, "to", "", "`URL` of the line's HTTP server; the one that runs on the data directory unless set")
	c.Flags().StringVar(&s.via, "via", "http", "http or nats")
	c.Flags().StringVar(&s.token, "token-file", "", "`FILE` with the feed's token; the configured one unless set")
	c.Flags().StringVar(&s.about.Format, "format", "", "format of the files; recognised unless set")
	c.Flags().StringVar(&s.about.URI, "uri", "", "identity of a document whose format has none")
	c.Flags().StringVar(&s.about.Version, "version", "", "version of a document whose format has none")
	c.Flags().DurationVar(&s.patience, "patience", 30*time.Second, "how long to try for each receipt")
	c.Flags().BoolVar(&s.asJSON, "json", false, "the receipts as they came, one a line")
	return c
}

func (s *sending) run(c *cobra.Command, args []string) error {
	conf, err := s.flags.Read(c.ErrOrStderr())
	if err != nil {
		return err
	}
	client, done, err := s.client(c, conf)
	if err != nil {
		return err
	}
	defer done()
	failed := false
	for _, name := range args {
		receipt, err := s.push(c.Context(), client, name, c.InOrStdin())
		var rejected *adapter.Rejected
		switch {
		case c.Context().Err() != nil:
			return c.Context().Err()
		case errors.As(err, &rejected) || isFile(err):
			failed = true
			s.say(c.ErrOrStderr(), name, err)
		case err != nil:
			return &shell.Exit{Code: shell.Unreachable, Err: fmt.Errorf("%s: %w", shell.Printable(name), err)}
		default:
			if err := s.print(c.OutOrStdout(), name, receipt); err != nil {
				return err
			}
		}
	}
	if failed {
		return &shell.Exit{Code: shell.Failed}
	}
	return nil
}

func (s *sending) client(c *cobra.Command, conf *config.Config) (*adapter.Client, func(), error) {
	options := []adapter.Option{adapter.Notify(func(try int, err error, again time.Duration) {
		if try == 1 && errors.Is(err, syscall.ECONNREFUSED) {
			shell.Say(c.ErrOrStderr(), "nobody listens there: start a line with wiredesk up, or name its address with --to; trying for %s\n", s.patience)
		}
		shell.Say(c.ErrOrStderr(), "try %d: %s; again in %s\n", try, shell.Printable(err.Error()), again.Round(time.Millisecond))
	})}
	token, err := s.secret(conf)
	if err != nil {
		return nil, nil, err
	}
	if token != "" {
		options = append(options, adapter.Token(token))
	}
	switch s.via {
	case "http":
		client, err := adapter.New(cmp.Or(s.to, shell.Web(conf)), s.feed, options...)
		return client, func() {}, err
	case "nats":
		nc, err := shell.Connect(c.Context(), conf, shell.Logger(c.ErrOrStderr(), conf.Log))
		if err != nil {
			return nil, nil, err
		}
		client, err := adapter.NATS(nc, s.feed, options...)
		return client, nc.Close, err
	}
	return nil, nil, shell.Misuse("--via %s: use http or nats", s.via)
}

func (s *sending) secret(conf *config.Config) (string, error) {
	if s.token != "" {
		text, err := os.ReadFile(s.token)
		return strings.TrimSpace(string(text)), err
	}
	return line.TokenOf(conf, s.feed), nil
}

// fileError is what is wrong with a file of ours, not with the line.
type fileError struct{ error }

func isFile(err error) bool {
	var f fileError
	return errors.As(err, &f)
}

func (s *sending) push(ctx context.Context, client *adapter.Client, name string, stdin io.Reader) (wiredesk.Receipt, error) {
	from := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return wiredesk.Receipt{}, fileError{errors.New(shell.Plainly(err))}
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	doc, err := io.ReadAll(io.LimitReader(from, stream.MaxDocument+1))
	if err != nil {
		return wiredesk.Receipt{}, fileError{err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	return client.Push(ctx, doc, s.about)
}

func (s *sending) say(stderr io.Writer, name string, err error) {
	var rejected *adapter.Rejected
	switch {
	case !errors.As(err, &rejected):
		shell.Say(stderr, "%s:1:1: %s\n", shell.Printable(name), shell.Plainly(err))
	case len(rejected.Faults) == 0:
		shell.Say(stderr, "%s:1:1: %s (%d); %s\n", shell.Printable(name), shell.Printable(rejected.Reason), rejected.Status, rejected.Next)
	default:
		for _, f := range rejected.Faults {
			shell.Say(stderr, "%s:%d:%d: %s\n", shell.Printable(name), f.Line, f.Column, shell.Printable(f.Reason))
		}
	}
}

func (s *sending) print(stdout io.Writer, name string, r wiredesk.Receipt) error {
	if s.asJSON {
		return shell.JSON(stdout, r)
	}
	again := ""
	if r.Duplicate {
		again = "  (here already)"
	}
	stories := "stories"
	if len(r.Stories) == 1 {
		stories = "story"
	}
	_, err := fmt.Fprintf(stdout, "%s  %s  %s, %d %s%s\n", r.Receipt, shell.Printable(name), r.Format, len(r.Stories), stories, again)
	for _, t := range r.Stories {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "    %s\n      follow: nats sub '%s'   fate: %s\n", shell.Printable(t.URI), t.Follow, shell.Printable(t.Trace))
		}
	}
	return err
}
