// Package line puts a newsroom's line together: broker, streams, stages, ways in and the HTTP server, in one process or
// in many. A process plays one role or all of them; several may play the same role and share its work.
package line

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/console"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/recall"
	"github.com/wiredesk/wiredesk/internal/web"
)

// Role is a part of the line that a process plays.
type Role string

// Roles of the line.
const (
	Ingest  Role = "ingest"
	Enrich  Role = "enrich"
	Publish Role = "publish"
)

// Everything is all roles in one process.
func Everything() []Role { return []Role{Ingest, Enrich, Publish} }

// Options are what a line needs.
type Options struct {
	Config   *config.Config
	Roles    []Role
	Software string // names the program in provenance, e.g. "wiredesk/v1.2.0"
	Log      zerolog.Logger
	// Fault is asked at each step of a stage and may fail it; nil in production. The crash test uses it.
	Fault func(stage, point string) error
}

// Address is where a running line can be reached.
type Address struct {
	HTTP string // empty where the role takes no requests but health
	NATS string // of a broker elsewhere without its credentials: the address is printed
	Data string // empty with a broker elsewhere
}

// Line is an opened line. Open, then Run once; Run closes it.
type Line struct {
	Options
	lines    *intake.Lines
	server   *broker.Server // nil with a broker elsewhere
	conns    map[Role]*nats.Conn
	js       map[Role]jetstream.JetStream
	figures  *metrics.Figures
	chain    *enrich.Chain // where the process plays enrich
	web      *web.Server
	memory   *recall.Memory
	ways     ways
	desks    *desks
	polls    *standing
	draining atomic.Bool
	fatal    context.CancelCauseFunc
	lost     chan error
}

// ErrClosed is what Run's error wraps when a connection to the broker is closed for good: the process is to start
// anew.
var ErrClosed = errors.New("connection to the broker closed for good")

// Open starts the broker or reaches the one elsewhere, sees to the streams, and binds the HTTP address. On an error
// nothing is left open. A data directory in use is an error wrapping broker.ErrLocked; streams that differ from the
// configuration are broker.Drifts.
func Open(ctx context.Context, o Options) (*Line, error) {
	l := &Line{
		Options: o, conns: map[Role]*nats.Conn{}, js: map[Role]jetstream.JetStream{}, lost: make(chan error, 8),
		figures: metrics.New(feedNames(o.Config)), memory: recall.New(remembered, rememberedBytes),
	}
	l.desks, l.polls = newDesks(l), &standing{feeds: map[string]console.Poll{}}
	if err := l.open(ctx); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *Line) open(ctx context.Context) error {
	var err error
	if l.lines, err = Feeds(l.Config).Lines(); err != nil {
		return err
	}
	if err := l.desks.take(l.Config); err != nil {
		return err
	}
	if err := l.connect(ctx); err != nil {
		return err
	}
	if err := l.streams(ctx); err != nil {
		return err
	}
	if l.plays(Enrich) {
		if l.chain, err = Chain(time.Duration(l.Config.Limits.Patience), l.gaveUp); err != nil {
			return err
		}
	}
	l.figures.Watch(context.WithoutCancel(ctx), l.js[l.Roles[0]], outputNames(l.Config)...)
	if l.server != nil {
		l.figures.WatchDisk(l.free)
	}
	if l.plays(Publish) {
		l.figures.WatchKills(context.WithoutCancel(ctx), l.js[Publish], outputNames(l.Config)...)
	}
	return l.listen(ctx)
}

// Address tells where the line is.
func (l *Line) Address() Address {
	a := Address{HTTP: l.web.URL(), NATS: unsigned(l.Config.NATS.URL)}
	if l.server != nil {
		a.NATS, a.Data = l.server.URL(), l.Config.Data
	}
	return a
}

// Conn is a connection of the line's own, for a program that shares its process.
func (l *Line) Conn() *nats.Conn { return l.conns[l.Roles[0]] }

// Run works until ctx ends or something fatal happens, calls ready once the line takes copy, and then stops in order:
// first what takes copy in, then the stages, each finishing what it has in hand, then the broker. It returns nil after
// ctx ended, else the fatal error.
func (l *Line) Run(ctx context.Context, ready func(Address)) error {
	defer l.close()
	work, fatal := context.WithCancelCause(context.WithoutCancel(ctx))
	l.fatal = fatal
	stages := l.start(work)
	if err := l.ways.start(work, l); err != nil {
		fatal(err)
	} else {
		ready(l.Address())
		l.Log.Info().Str("durability", l.durability()).Any("roles", l.Roles).Msg("ready")
	}
	select {
	case <-ctx.Done():
	case <-work.Done():
	case err := <-l.lost:
		fatal(err)
	}
	err := context.Cause(work)
	if err == nil {
		l.Log.Info().Msg("stopping: what is in hand is finished")
	}
	l.stop(ctx, stages)
	return err
}

// stop ends the parts in the order of the flow. Nothing may take longer than the configured time, all in all.
func (l *Line) stop(ctx context.Context, stages *crew) {
	l.draining.Store(true)
	limit := time.Duration(l.Config.Limits.Drain)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	l.ways.sendAway(ctx)
	if l.ways.closeConsole != nil {
		l.ways.closeConsole()
	}
	if err := l.web.Drain(ctx); err != nil {
		l.Log.Warn().Err(err).Msg("stop")
	}
	l.ways.stop(ctx, l.Log)
	if !stages.stop(ctx) {
		l.Log.Warn().Dur("after", limit).Msg("stages stopped with messages in hand; they come again at the next start")
	}
	l.fatal(nil)
}

func (l *Line) close() {
	for _, nc := range l.conns {
		nc.Close()
	}
	if l.server != nil {
		l.server.Shutdown()
	}
}

func (l *Line) durability() string {
	if l.server == nil {
		return "as the broker at nats.url is set"
	}
	return l.Config.Durability
}

func (l *Line) closed(role string, err error) {
	if err == nil || l.draining.Load() {
		return
	}
	select {
	case l.lost <- fmt.Errorf("line: %s: %w: %w", role, ErrClosed, err):
	default:
	}
}
