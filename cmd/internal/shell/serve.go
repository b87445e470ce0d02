package shell

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/crash"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/systemd"
)

// Serving is a command that runs a part of the line, or all of it, until it is told to stop. It prints the Ready line
// on stdout once the line takes copy. SIGTERM ends it with 0, an interrupt with 130, after what is in hand is done.
func Serving(use, short, long string, roles []line.Role) *cobra.Command {
	var flags Flags
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			again := againFrom(&flags, roles)
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			if len(roles) == 1 {
				if err := suits(conf, roles[0]); err != nil {
					return err
				}
			}
			return Serve(c.Context(), conf, roles, Logger(c.ErrOrStderr(), conf.Log), c.OutOrStdout(), again)
		},
	}
	flags.Bind(c)
	flags.Serve(c)
	return c
}

// Serve opens a line, runs it and prints the Ready line, which it also leaves in the data directory while it runs.
func Serve(ctx context.Context, conf *config.Config, roles []line.Role, log zerolog.Logger, stdout io.Writer, again Again) error {
	fault, err := crash.At(os.Getenv(crash.Variable))
	if err != nil {
		return err
	}
	l, err := line.Open(ctx, line.Options{Config: conf, Roles: roles, Software: Built().Software(), Log: log, Fault: fault})
	if err != nil {
		return err
	}
	changes, stop := context.WithCancel(ctx)
	defer stop()
	again.onChange(changes, l.Reload)
	var ready Ready
	err = l.Run(ctx, func(a line.Address) {
		ready = Ready{Ready: true, HTTP: a.HTTP, NATS: a.NATS, Data: a.Data}
		if ready.Data != "" {
			if err := ready.Leave(); err != nil {
				log.Warn().Err(err).Msg("other commands will not find this line by its data directory")
			}
		}
		if err := JSON(stdout, ready); err != nil {
			log.Warn().Err(err).Msg("ready line")
		}
		tell(changes, l, log)
	})
	if ready.Data != "" {
		ready.Take()
	}
	return err
}

// tell lets a service manager know that the line takes copy, that it goes on living, and that it stops.
func tell(ctx context.Context, l *line.Line, log zerolog.Logger) {
	say := func(word string) {
		if err := systemd.Notify(word); err != nil {
			log.Warn().Err(err).Msg("the service manager does not listen")
		}
	}
	say(systemd.Ready)
	context.AfterFunc(ctx, func() { say(systemd.Stopping) })
	go systemd.Watch(ctx, l.Alive, func(err error) { log.Error().Err(err).Msg("not alive by its own account") })
}

// gone says whether the line lost what it depends on.
func gone(err error) bool {
	return errors.Is(err, line.ErrClosed) || errors.Is(err, line.ErrUnreachable)
}
