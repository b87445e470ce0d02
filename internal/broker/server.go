// Package broker runs the embedded NATS server, connects to it or to one elsewhere, and sees to it that the streams of
// the line are there as they should be.
package broker

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Server is an embedded broker. Its methods may be called concurrently.
type Server struct {
	options Options
	server  *server.Server
	lock    *os.File
	journal *journal
	disk    *disk

	mu    sync.Mutex
	conns []*nats.Conn
}

// Start locks the data directory and runs a broker on it. It returns once clients can connect; ctx bounds that wait
// only. A directory in use by another process is refused at once with an error wrapping ErrLocked that names it.
func Start(ctx context.Context, o Options) (*Server, error) {
	so, err := o.server()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("broker: data directory: %w; choose one that can be written with --data", err)
	}
	held, err := lock(o.Dir)
	if err != nil {
		return nil, err
	}
	s, err := run(ctx, o, so)
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	s.lock = held
	return s, nil
}

func run(ctx context.Context, o Options, so *server.Options) (*Server, error) {
	ns, err := server.NewServer(so)
	if err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	s := &Server{options: o, server: ns, journal: &journal{log: o.Log}, disk: newDisk(o)}
	ns.SetLoggerV2(s.journal, o.Log.Debug().Enabled(), false, false)
	ns.Start()
	if err := s.ready(ctx); err != nil {
		ns.Shutdown()
		ns.WaitForShutdown()
		return nil, err
	}
	return s, nil
}

func (s *Server) ready(ctx context.Context) error {
	for range 100 {
		if s.journal.fatal.Load() != nil || s.server.ReadyForConnections(100*time.Millisecond) {
			break
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("broker: start: %w", err)
		}
	}
	if s.journal.fatal.Load() != nil || !s.server.JetStreamEnabled() || !s.server.ReadyForConnections(time.Millisecond) {
		reason := s.journal.reason()
		if strings.Contains(reason, "address already in use") {
			reason += "; choose another address with --nats-listen, port 0 picks a free one"
		}
		return fmt.Errorf("broker: the embedded server does not start: %s", reason)
	}
	return nil
}

// Connect is a connection inside the process, for one role: connections share nothing, so that one role's load does
// not hold up another. It is closed by Shutdown, or by the caller.
func (s *Server) Connect(name string) (*nats.Conn, error) {
	d := DialOptions{Name: name, Log: s.options.Log}
	if s.options.OnClosed != nil {
		d.OnClosed = func(err error) { s.options.OnClosed(name, err) }
	}
	if len(s.options.Users) > 0 {
		d.User, d.Password = s.options.Users[0].Name, s.options.Users[0].Password
	}
	opts, err := d.nats()
	if err != nil {
		return nil, err
	}
	nc, err := nats.Connect("", append(opts, nats.InProcessServer(s.server))...)
	if err != nil {
		return nil, fmt.Errorf("broker: connect %s in process: %w", name, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = append(s.conns, nc)
	return nc, nil
}

// URL is where clients outside the process connect, with the operator's credentials in it where there are any. It is
// empty while the broker does not listen.
func (s *Server) URL() string {
	if s.options.Listen == "" {
		return ""
	}
	u, err := url.Parse(s.server.ClientURL())
	if err != nil {
		return ""
	}
	if len(s.options.Users) > 0 {
		u.User = url.UserPassword(s.options.Users[0].Name, s.options.Users[0].Password)
	}
	return u.String()
}

// InProcessConn lets nats.InProcessServer connect to this broker.
func (s *Server) InProcessConn() (net.Conn, error) { return s.server.InProcessConn() }

// Shutdown closes the connections that Connect made, stops the server, waits until its files are closed, and lets go
// of the data directory. Drain the stages first. A second call does nothing.
func (s *Server) Shutdown() {
	s.mu.Lock()
	conns := s.conns
	s.conns = nil
	s.mu.Unlock()
	for _, nc := range conns {
		nc.Close()
	}
	s.server.Shutdown()
	s.server.WaitForShutdown()
	s.lock.Close()
}
