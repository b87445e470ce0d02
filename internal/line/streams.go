package line

import (
	"context"
	"maps"
	"net/http"

	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/publish/stream"
)

// mountStreams serves the news as they come.
func (l *Line) mountStreams(ctx context.Context, mount map[string]http.Handler) error {
	board, err := stream.New(context.WithoutCancel(ctx), stream.Options{
		NC: l.conns[Publish], Readers: l.readers(), Providers: l.providers, Observe: counting(l.figures.Readers()),
		Log: l.Log.With().Str("part", "stream").Logger(),
	})
	if err != nil {
		return err
	}
	l.ways.board = board
	maps.Copy(mount, board.Routes())
	return nil
}

// providers are those of the configured feeds.
func (l *Line) providers() []string {
	seen := map[string]bool{}
	var out []string
	for _, f := range l.Config.Feeds {
		if !seen[f.Provider] {
			seen[f.Provider] = true
			out = append(out, f.Provider)
		}
	}
	return out
}

func counting(figures *metrics.Readers) func(kind, what string) {
	each := map[string]func(string){
		stream.Joined: figures.Joined, stream.Left: figures.Left, stream.Dropped: figures.Dropped, stream.Sent: figures.Sent,
	}
	return func(kind, what string) { each[what](kind) }
}

// sendAway ends the streams, which would not end by themselves: each reader is told where to go on.
func (w *ways) sendAway(ctx context.Context) {
	if w.board != nil {
		w.board.Stop(ctx)
	}
}
