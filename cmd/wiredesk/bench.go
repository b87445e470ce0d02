package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/linebench"
)

func bench() *cobra.Command {
	var b benching
	c := &cobra.Command{
		Use: "bench", Short: "measure the line beside the bare broker",
		Long: "Bench pushes generated stories of 4 KB through the whole line and carries the same messages over the bare broker, in\nturn and in the same process: stories a second, and the time from push to subscriber at a steady rate. It prints both and\ntheir ratio as a Markdown table. With --soak it runs the line alone and prints its memory instead. It fails where a story\nis lost or comes twice, never because of a figure. Streams go to a directory of its own, which is removed.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return b.run(c) },
	}
	f := c.Flags()
	f.IntVar(&b.o.Stories, "stories", 8000, "stories for one measurement of throughput, a quarter of them where each is synced")
	f.IntVar(&b.o.Window, "window", 1024, "stories between push and subscriber at a time while throughput is measured")
	f.IntVar(&b.o.Rate, "rate", 200, "stories a second while latency is measured, and in a soak")
	f.Float64Var(&b.o.Seconds, "seconds", 10, "how long latency is measured each time")
	f.IntVar(&b.o.Rounds, "rounds", 3, "how often everything is measured: figures are medians")
	f.StringSliceVar(&b.o.Transports, "transport", nil, "in-process, tcp; both by default")
	f.StringSliceVar(&b.o.Durabilities, "durability", nil, "relaxed, durable; both by default")
	f.BoolVar(&b.o.HTTP, "over-http", false, "push to the line over HTTP")
	f.DurationVar(&b.o.Soak, "soak", 0, "run the line alone at the rate for so long and watch its memory, e.g. 10m")
	f.StringVar(&b.o.Dir, "data", "", "`DIR` on the disk to measure; the system's place for temporary files by default")
	f.StringVar(&b.profile, "cpuprofile", "", "write a CPU profile of the line's first throughput to `FILE`, for go tool pprof")
	f.BoolVar(&b.quick, "quick", false, "a few hundred stories, one round, in under 20 seconds: it works, the figures say little")
	f.BoolVar(&b.asJSON, "json", false, "one JSON object")
	return c
}

type benching struct {
	o             linebench.Options
	profile       string
	quick, asJSON bool
}

func (b *benching) run(c *cobra.Command) (err error) {
	if b.quick {
		b.o.Stories, b.o.Seconds, b.o.Rounds = 400, 0.5, 1
	}
	if b.profile != "" {
		f, err := os.Create(b.profile)
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		b.o.Profile = f
	}
	b.o.Software = shell.Built().Software()
	b.o.Log = shell.Logger(c.ErrOrStderr(), config.Log{Level: "error", Format: "auto"})
	b.o.Progress = progress(c.ErrOrStderr())
	report, err := linebench.Run(c.Context(), b.o)
	if errors.Is(err, linebench.ErrOptions) {
		return &shell.Exit{Code: shell.Usage, Err: err}
	}
	if err != nil {
		return err
	}
	if b.asJSON {
		return shell.JSON(c.OutOrStdout(), report)
	}
	return report.Write(c.OutOrStdout())
}

// progress says what goes on, on a terminal only.
func progress(stderr io.Writer) func(string) {
	if !shell.Terminal(stderr) {
		return func(string) {}
	}
	began := time.Now()
	return func(what string) {
		fmt.Fprintf(stderr, "%5s  %s\n", time.Since(began).Round(time.Second), what)
	}
}
