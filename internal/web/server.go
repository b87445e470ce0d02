// Package web is the line's HTTP server: hardened timeouts and limits, health and metrics, and whatever the stages
// mount on it. It trusts no forwarded header.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log" //nolint:depguard // http.Server takes no other logger; ours stands behind it
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// Limits of one server.
const (
	MaxHeader         = 64 << 10 // bytes of a request's headers
	MaxConnections    = 4096
	MaxPerAddress     = 1024 // connections from one address
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 60 * time.Second
)

// Options are what a server needs. All but Listen and Ready may be empty.
type Options struct {
	Listen string   // host:port; port 0 picks a free one
	Hosts  []string // names clients may use besides addresses and localhost
	Token  string   // who may read health and metrics; empty: clients on this machine
	// Ready tells what the line's readiness rests on, each time it is asked.
	Ready   func(ctx context.Context) Readiness
	Metrics http.Handler
	Mount   map[string]http.Handler // by pattern, as http.ServeMux spells them
	Log     zerolog.Logger
}

// Server is a listening server. Its methods may be called concurrently.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
}

// Listen binds the address, so that clients may connect at once; Serve answers them. A busy port is an error that says
// which.
func Listen(ctx context.Context, o Options) (*Server, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("web: cannot listen on %s: %w; choose another address with --http, port 0 picks a free one", o.Listen, err)
	}
	s := &Server{options: o, listener: limit(l, MaxConnections, MaxPerAddress)}
	forward := log.New(complaints{o.Log}, "", 0)
	s.http = &http.Server{
		Handler: s.routes(), ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: MaxHeader, ErrorLog: forward,
	}
	return s, nil
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "alive\n") })
	mux.Handle("GET /readyz", s.private(http.HandlerFunc(s.readyz)))
	if s.options.Metrics != nil {
		mux.Handle("GET /metrics", s.private(s.options.Metrics))
	}
	for pattern, h := range s.options.Mount {
		mux.Handle(pattern, h)
	}
	return s.guarded(http.NewCrossOriginProtection().Handler(mux))
}

// URL is the address that clients on this machine use.
func (s *Server) URL() string {
	at, err := netip.ParseAddrPort(s.listener.Addr().String())
	if err != nil || !at.Addr().IsUnspecified() {
		return "http://" + s.listener.Addr().String()
	}
	return "http://" + netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port()).String()
}

// Serve answers requests until Drain or Close. It returns nil then, and an error when the listener failed.
func (s *Server) Serve() error {
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}

// Drain takes no new requests and waits for those in hand; when ctx ends first, it cuts them.
func (s *Server) Drain(ctx context.Context) error {
	if err := s.http.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("web: requests cut at the stop: %w", err), s.http.Close())
	}
	return nil
}

// complaints takes what the standard server has to say: one record a line, at debug, for clients cause all of it.
type complaints struct{ log zerolog.Logger }

func (c complaints) Write(p []byte) (int, error) {
	c.log.Debug().Str("complaint", strings.TrimSpace(string(p))).Msg("http server")
	return len(p), nil
}
