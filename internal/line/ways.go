package line

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/dir"
	"github.com/wiredesk/wiredesk/ingest/push"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/internal/web"
	"github.com/wiredesk/wiredesk/publish/feed"
	reads "github.com/wiredesk/wiredesk/publish/stream"
)

// ways are how copy comes in: HTTP, NATS, watched directories, polled feeds.
type ways struct {
	gate    *ingest.Backlog
	options push.Options
	nats    *push.NATS
	cancel  context.CancelFunc
	feeds   sync.WaitGroup

	out   *feed.Feeds  // the news as feeds, where the process plays publish
	board *reads.Board // the news as they come, where it does

	closeConsole context.CancelFunc // ends the console's live lists; nil without a console
}

// listen binds the HTTP address. Pushes are answered where the process plays ingest, health and metrics always.
func (l *Line) listen(ctx context.Context) error {
	h := l.Config.HTTP
	o := web.Options{
		Listen: h.Listen, Hosts: h.Names(), Token: h.Token.Reveal(), Ready: l.readiness, Metrics: l.figures.Handler(),
		Mount: map[string]http.Handler{}, Log: l.Log.With().Str("part", "web").Logger(),
	}
	if l.plays(Publish) {
		l.mountFeeds(o.Mount)
		if err := l.mountStreams(ctx, o.Mount); err != nil {
			return err
		}
	}
	if l.plays(Ingest) {
		l.ways.open(l)
		o.Mount[push.Route] = push.NewHTTP(l.ways.options)
	}
	if err := l.mountConsole(ctx, o.Mount); err != nil {
		return err
	}
	var err error
	l.web, err = web.Listen(ctx, o)
	return err
}

func (l *Line) plays(role Role) bool {
	_, ok := l.conns[role]
	return ok
}

func (w *ways) open(l *Line) {
	w.gate = ingest.NewBacklog(l.js[Ingest], ingest.BacklogOptions{Messages: uint64(l.Config.Limits.Backlog)})
	desk := ingest.New(ingest.Options{
		Raw: l.store(Ingest, stream.RAW), Dead: l.store(Ingest, stream.DEAD), Feeds: l.lines, Gate: w.gate, Observe: arrivals{l.figures},
		Formats: l.formats(l.memory.Keep),
	})
	w.options = push.Options{
		Take: desk.Take, Feeds: l.lines, Loopback: config.Loopback(l.Config.HTTP.Listen), Log: l.Log.With().Str("part", "push").Logger(),
	}
}

// start lets copy in.
func (w *ways) start(ctx context.Context, l *Line) error {
	ctx, w.cancel = context.WithCancel(ctx)
	go func() {
		if err := l.web.Serve(); err != nil {
			l.fatal(err)
		}
	}()
	if !l.plays(Ingest) {
		return nil
	}
	var err error
	if w.nats, err = push.ServeNATS(ctx, l.conns[Ingest], w.options); err != nil {
		return err
	}
	for _, f := range Feeds(l.Config) {
		if f.Dir == "" {
			continue
		}
		folder, err := dir.New(dir.Options{Feed: f.Name, Path: f.Dir, Settle: f.Settle, Remove: f.Remove, Log: l.Log.With().Str("part", "dir").Logger()})
		if err != nil {
			return err
		}
		w.feeds.Go(func() { w.receive(ctx, l, f.Name, folder) })
	}
	polled, err := l.pollers(ctx)
	for name, feed := range polled {
		w.feeds.Go(func() { w.receive(ctx, l, name, feed) })
	}
	return err
}

func (w *ways) receive(ctx context.Context, l *Line, name string, feed wiredesk.Feed) {
	if err := feed.Receive(ctx, w.options.Take); err != nil && ctx.Err() == nil {
		l.fatal(fmt.Errorf("line: feed %s: %w", name, err))
	}
}

// stop lets nothing more in, and returns once everything in hand has its receipt or ctx ended.
func (w *ways) stop(ctx context.Context, log zerolog.Logger) {
	w.cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if w.nats != nil {
			if err := w.nats.Stop(); err != nil {
				log.Warn().Err(err).Msg("stop of the push service")
			}
		}
		w.feeds.Wait()
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// store writes to one stream; to whichever the subject belongs to where the name is empty.
func (l *Line) store(role Role, name string) *commit.Committer {
	o := commit.Options{Stream: name}
	switch durable := l.Config.Durability == config.Durable; {
	case durable && l.server != nil:
		o.Sync = l.server.Sync
	case durable:
		o.Grouped = true
	}
	return commit.New(l.conns[role], o)
}
