// Package brokertest gives a test a real broker of its own, with every stream of the line.
package brokertest

import (
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Broker is a running embedded broker. NC and JS stay good through Restart: the client finds the new server as it
// would after an outage.
type Broker struct {
	NC     *nats.Conn
	JS     jetstream.JetStream
	Server *broker.Server

	options  broker.Options
	settings stream.Settings
	mu       sync.Mutex
	line     *broker.Server // nil while stopped
}

// Option changes how the broker of a test runs.
type Option func(*Broker)

// Durable makes an acknowledgement mean on disk, as in production; tests run relaxed otherwise.
func Durable() Option { return func(b *Broker) { b.options.Relaxed = false } }

// Listen lets the broker listen on a port of 127.0.0.1 that the system picks, and keeps through Restart.
func Listen() Option { return func(b *Broker) { b.options.Listen = "127.0.0.1:0" } }

// Streams changes the settings of the streams, e.g. to make them small.
func Streams(change func(*stream.Settings)) Option {
	return func(b *Broker) { change(&b.settings) }
}

// Options changes everything else about the embedded server.
func Options(change func(*broker.Options)) Option {
	return func(b *Broker) { change(&b.options) }
}

// New starts a broker in a directory of the test's own, in process and relaxed unless the options say otherwise. It
// ends with the test, which shows its log.
func New(t testing.TB, opts ...Option) *Broker {
	t.Helper()
	b := &Broker{
		options:  broker.Options{Dir: t.TempDir(), Relaxed: true, Log: Log(t)},
		settings: stream.Defaults(),
	}
	for _, o := range opts {
		o(b)
	}
	b.Start(t)
	b.NC = b.Connect(t)
	js, err := jetstream.New(b.NC)
	if err != nil {
		t.Fatal(err)
	}
	b.JS = js
	if err := broker.Ensure(t.Context(), js, b.settings, true); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Stop() })
	return b
}

// Start runs the broker again on the same directory, and port, after Stop.
func (b *Broker) Start(t testing.TB) {
	t.Helper()
	s, err := broker.Start(t.Context(), b.options)
	if err != nil {
		t.Fatal(err)
	}
	if b.options.Listen != "" {
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		b.options.Listen = u.Host
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Server, b.line = s, s
}

// Stop ends the broker. Clients notice as they would notice an outage.
func (b *Broker) Stop() {
	b.mu.Lock()
	s := b.line
	b.line = nil
	b.mu.Unlock()
	if s != nil {
		s.Shutdown()
	}
}

// Restart is Stop and Start.
func (b *Broker) Restart(t testing.TB) {
	t.Helper()
	b.Stop()
	b.Start(t)
}

// Connect is one more connection, closed with the test: over TCP where the broker listens, else in process. It comes
// back within milliseconds after Restart.
func (b *Broker) Connect(t testing.TB) *nats.Conn {
	t.Helper()
	log := Log(t)
	opts := []nats.Option{
		nats.MaxReconnects(-1), nats.ReconnectWait(20 * time.Millisecond), nats.ReconnectJitter(0, 0), nats.ReconnectBufSize(-1),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Warn().Err(err).Msg("client") }),
	}
	address := b.Server.URL()
	if address == "" {
		opts = append(opts, nats.InProcessServer(b))
	}
	nc, err := nats.Connect(address, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

// InProcessConn connects to whichever server runs now.
func (b *Broker) InProcessConn() (net.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.line == nil {
		return nil, net.ErrClosed
	}
	return b.line.InProcessConn()
}

// Log writes warnings and errors to the test's log for as long as the test runs.
func Log(t testing.TB) zerolog.Logger {
	w := &testLog{t: t}
	t.Cleanup(w.end)
	return zerolog.New(w).Level(zerolog.WarnLevel)
}

type testLog struct {
	mu sync.Mutex
	t  testing.TB
}

func (w *testLog) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.t != nil {
		w.t.Logf("%s", p)
	}
	return len(p), nil
}

func (w *testLog) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.t = nil
}
