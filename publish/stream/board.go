// Package stream serves the news over HTTP as they come, and the current state of single stories. It reads NEWS only, so
// nothing that is held can get out. Readers of the same subjects share one consumer; a reader who comes back says where it
// was, and misses nothing.
//
// GET /v1/stream/<facet>/<value>, or /v1/stream?subject=news.place.sy.*&subject=…, gives each revision once: as server-sent
// events, as newline JSON (Accept: application/x-ndjson or format=ndjson), over WebSocket (Upgrade), or as an answer that ends
// (poll=1, with limit=, and wait=30s to wait for the first). A reader begins with what is new, or with from=current, from=all,
// since=SEQUENCE or since=TIME; Last-Event-ID goes before all of these. It gets articles, item=ninjs or view=row.
//
// Besides articles there are gap, where NEWS no longer holds what came next, and end, which says where to go on. Empty lines
// of newline JSON and comments of events are signs of life.
//
// GET /v1/stories/<story>, or /v1/stories?uri=URI&provider=PROVIDER, gives a story as it stands: 200, 410 with the notice of
// a kill, or 404, for one that is held as for one that never came.
//
// Who may read is what [web.Readers] says. A browser's EventSource cannot send a token: it has a session of the console, and
// tokens in addresses are not taken.
package stream

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/web"
)

// Limits of one process.
const (
	MaxReaders = 2000 // at a time, of all kinds
	MaxTapes   = 128  // sets of subjects followed at a time
)

// Options are what a board needs.
type Options struct {
	NC      *nats.Conn // may read NEWS
	Readers *web.Readers
	// Providers are those that a story may be looked up under by its URI alone; nil: none.
	Providers func() []string
	// Observe hears of what happens to readers, for figures: kind is sse, ndjson, websocket or poll. It may be nil.
	Observe func(kind, what string)
	Log     zerolog.Logger

	// Zero is the default for each of these.
	MaxReaders int           // MaxReaders
	Behind     int           // messages a live reader may be behind before it is dropped; 4096, and 8 MiB of them in any case
	KeepAlive  time.Duration // between signs of life; 15 s
	Patience   time.Duration // with one write to a reader; 10 s
	Linger     time.Duration // a set is followed on without readers; 30 s
}

// What happens to readers, as Observe hears it.
const (
	Joined  = "joined"
	Left    = "left"
	Dropped = "dropped" // too slow; beside Left
	Sent    = "sent"    // one article
)

// Board serves readers. It is safe for concurrent use.
type Board struct {
	Options
	shelf shelf
	ctx   context.Context // ends with Stop
	stop  context.CancelFunc
	busy  sync.WaitGroup

	mu      sync.Mutex
	readers int
	tails   map[string]*tail
}

// New makes a board that works until Stop, or until ctx ends.
func New(ctx context.Context, o Options) (*Board, error) {
	js, err := jetstream.New(o.NC)
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	o.MaxReaders = orElse(o.MaxReaders, MaxReaders)
	o.Behind = orElse(o.Behind, 4096)
	o.KeepAlive = orElse(o.KeepAlive, 15*time.Second)
	o.Patience = orElse(o.Patience, 10*time.Second)
	o.Linger = orElse(o.Linger, 30*time.Second)
	b := &Board{Options: o, shelf: shelf{o.NC, js}, tails: map[string]*tail{}}
	b.ctx, b.stop = context.WithCancel(ctx)
	return b, nil
}

func orElse[T int | time.Duration](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// Routes are the addresses the board serves, as http.ServeMux spells them.
func (b *Board) Routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /v1/stream":                 http.HandlerFunc(b.subjects),
		"GET /v1/stream/{facet}/{value}": http.HandlerFunc(b.facet),
		"GET /v1/stories":                http.HandlerFunc(b.byURI),
		"GET /v1/stories/{story}":        http.HandlerFunc(b.byStory),
	}
}

// Stop sends every reader away with where to go on, and takes no new ones. It returns once all have left, or ctx ends.
func (b *Board) Stop(ctx context.Context) {
	b.stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.busy.Wait()
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
