// Package shell is what wiredesk's commands share: exit codes, signals, flags, the log, and the way to the broker.
package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
)

// Exit codes. They are a promise to scripts and service units.
const (
	OK            = 0
	Failed        = 1
	Usage         = 2
	Configuration = 3 // the configuration is invalid, or the streams differ from it
	Unreachable   = 4 // a dependency, the broker above all
	Unmet         = 5 // a check or an expectation failed
	Locked        = 6 // another process works on the data directory
	Interrupted   = 130
)

// Causes of the end of a command's context.
var (
	ErrInterrupted = errors.New("interrupted")
	ErrTerminated  = errors.New("terminated")
)

// Exit is an error that brings its exit code. Err may be nil: then everything has been said.
type Exit struct {
	Code int
	Err  error
}

func (e *Exit) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("exit code %d", e.Code)
	}
	return e.Err.Error()
}

func (e *Exit) Unwrap() error { return e.Err }

// Misuse is an error of usage.
func Misuse(format string, args ...any) error {
	return &Exit{Usage, fmt.Errorf(format, args...)}
}

// Code is the exit code that an error stands for. An interrupt counts where there is no error of another kind; a
// command that was terminated and could finish what it had in hand has done well.
func Code(ctx context.Context, err error) int {
	var exit *Exit
	var problems config.Problems
	var drifts broker.Drifts
	switch {
	case errors.As(err, &exit):
		return exit.Code
	case errors.Is(err, broker.ErrLocked):
		return Locked
	case errors.As(err, &problems), errors.As(err, &drifts):
		return Configuration
	case gone(err):
		return Unreachable
	case errors.Is(context.Cause(ctx), ErrInterrupted) && (err == nil || errors.Is(err, context.Canceled) || errors.Is(err, ErrInterrupted)):
		return Interrupted
	case err == nil:
		return OK
	case unreachable(err):
		return Unreachable
	}
	return Failed
}

func unreachable(err error) bool {
	for _, e := range []error{
		nats.ErrNoServers, nats.ErrConnectionClosed, nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrTimeout,
		nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionReconnecting,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// Tell says on stderr what went wrong, unless it was said or nobody needs to hear it.
func Tell(stderr io.Writer, name string, err error) {
	var exit *Exit
	var problems config.Problems
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.As(err, &exit) && exit.Err == nil:
	case errors.As(err, &problems):
		Say(stderr, "%s\n", problems)
	default:
		Say(stderr, "%s: %s\n", name, err)
	}
}

// Run is the shape of every command: everything it touches is handed in, and it answers with its exit code.
type Run func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int

// Main runs a command as a process. The first SIGINT or SIGTERM ends its context, with the cause; a second one ends
// the process at once.
func Main(run Run) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for first := true; ; first = false {
			cause, code := ErrInterrupted, Interrupted
			if <-signals == syscall.SIGTERM {
				cause, code = ErrTerminated, Failed
			}
			if !first {
				os.Exit(code)
			}
			cancel(cause)
		}
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
