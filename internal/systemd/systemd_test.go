package systemd_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/systemd"
)

// manager is the service manager's end of the socket.
func manager(t *testing.T) *net.UnixConn {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	t.Setenv("NOTIFY_SOCKET", path)
	return c
}

func heard(t *testing.T, c *net.UnixConn) string {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 256)
	n, err := c.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:n])
}

func TestNotify(t *testing.T) {
	if err := systemd.Notify(systemd.Ready); err != nil {
		t.Errorf("without a manager: %v; want nothing to happen", err)
	}
	c := manager(t)
	for _, word := range []string{systemd.Ready, systemd.Stopping} {
		if err := systemd.Notify(word); err != nil {
			t.Fatal(err)
		}
		if got := heard(t, c); got != word {
			t.Errorf("the manager heard %q; want %q", got, word)
		}
	}
}

func TestWatchStopsSayingThatADeadServiceIsAlive(t *testing.T) {
	systemd.Watch(t.Context(), func(context.Context) error { t.Error("asked without a watchdog"); return nil }, nil)

	c := manager(t)
	t.Setenv("WATCHDOG_USEC", "30000")
	dead := errors.New("dead")
	sick := make(chan bool, 1)
	failures := make(chan error, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan bool)
	go func() {
		systemd.Watch(ctx, func(context.Context) error {
			select {
			case <-sick:
				sick <- true
				return dead
			default:
				return nil
			}
		}, func(err error) { failures <- err })
		close(ended)
	}()
	for range 2 {
		if got := heard(t, c); got != systemd.Alive {
			t.Fatalf("the manager heard %q; want %q", got, systemd.Alive)
		}
	}
	sick <- true
	if err := <-failures; !errors.Is(err, dead) {
		t.Errorf("failed heard %v; want %v", err, dead)
	}
	cancel()
	<-ended
}
