// Package systemd speaks to the service manager of a machine by the protocol of sd_notify(3): that the service takes
// copy, that it is alive, and that it is stopping.
package systemd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

// Words of the protocol.
const (
	Ready    = "READY=1"
	Stopping = "STOPPING=1"
	Alive    = "WATCHDOG=1"
)

// Notify says a word to the service manager. Where none listens, on another system or by hand, it does nothing.
func Notify(word string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	if socket[0] == '@' { // an abstract socket
		socket = "\x00" + socket[1:]
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("systemd: %w", err)
	}
	if _, err := c.Write([]byte(word)); err != nil {
		return fmt.Errorf("systemd: %w", errors.Join(err, c.Close()))
	}
	return c.Close()
}

// Watch says Alive as often as the unit's WatchdogSec asks for, as long as alive returns nil, until ctx ends; failed
// hears of what alive or the manager says otherwise. Where the unit asks for nothing it returns at once.
func Watch(ctx context.Context, alive func(context.Context) error, failed func(error)) {
	every := interval()
	if every <= 0 {
		return
	}
	beat := time.NewTicker(every)
	defer beat.Stop()
	for {
		if err := say(ctx, every, alive); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
	}
}

func say(ctx context.Context, within time.Duration, alive func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if err := alive(ctx); err != nil {
		return err
	}
	return Notify(Alive)
}

// interval is a third of what the manager waits for, so that one late beat does no harm; 0 where it does not wait for
// this process.
func interval() time.Duration {
	if pid := os.Getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0
	}
	us, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || us <= 0 {
		return 0
	}
	return time.Duration(us) * time.Microsecond / 3
}
