package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

func demo() *cobra.Command {
	var flags shell.Flags
	var once bool
	pace := time.Duration(0)
	c := &cobra.Command{
		Use: "demo", Short: "see the whole line work on bundled stories",
		Long: "Demo starts the line on an embedded broker in a directory of its own, pushes invented stories of several agencies\nthrough it, and shows each article as it comes out, with its credits marked. Then it stays, so that you can push and\nsubscribe yourself; with --once it ends by itself with a summary. Nothing is fetched, and nothing is kept unless --data\nnames a directory.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			done, err := settle(conf)
			if err != nil {
				return err
			}
			defer done()
			if !once && pace == 0 && shell.Terminal(c.OutOrStdout()) {
				pace = 700 * time.Millisecond
			}
			return perform(c, conf, once, pace)
		},
	}
	flags.Bind(c)
	flags.Serve(c)
	c.Flags().BoolVar(&once, "once", false, "end after the last story, with a summary")
	c.Flags().DurationVar(&pace, "pace", 0, "pause between stories")
	return c
}

// settle makes the demo's own place out of what was not asked for: a directory that is removed at the end, a free port
// where the usual one is taken, no feeds but its own, and a log that leaves the screen to the stories.
func settle(conf *config.Config) (done func(), err error) {
	done = func() {}
	conf.Feeds = nil // any name may push, the stories' own too
	if conf.Origin("log.level") == "default" {
		conf.Log.Level = "warn"
	}
	if conf.Origin("http.listen") == "default" && taken(conf.HTTP.Listen) {
		conf.HTTP.Listen = "127.0.0.1:0"
	}
	if conf.Origin("data") != "default" || conf.NATS.URL != "" {
		return done, nil
	}
	dir, err := os.MkdirTemp("", "wiredesk-demo-")
	if err != nil {
		return done, fmt.Errorf("demo: %w; name a directory with --data", err)
	}
	conf.Data = dir
	return func() { _ = os.RemoveAll(dir) }, nil
}

func taken(address string) bool {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return true
	}
	_ = l.Close()
	return false
}

// perform runs the line and the tour side by side. When the tour is over, or fails, the line stops.
func perform(c *cobra.Command, conf *config.Config, once bool, pace time.Duration) error {
	log := shell.Logger(c.ErrOrStderr(), conf.Log)
	l, err := line.Open(c.Context(), line.Options{Config: conf, Roles: line.Everything(), Software: shell.Built().Software(), Log: log})
	if err != nil {
		return err
	}
	ctx, over := context.WithCancel(c.Context())
	defer over()
	toured := make(chan error, 1)
	err = l.Run(ctx, func(a line.Address) {
		go func() {
			defer over()
			t := newTour(c.OutOrStdout(), l.Conn(), a, pace)
			toured <- t.run(ctx, once)
		}()
	})
	if err != nil {
		return err
	}
	if err := <-toured; !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
