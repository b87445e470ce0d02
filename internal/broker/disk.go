package broker

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
)

// Sync returns once everything that a stream acknowledged before the call is on the disk, or with the reason why that
// cannot be said. Calls that wait together share one sync, and the stream takes more messages meanwhile: a broker that
// syncs by itself does so for each message and stands still. It may be called concurrently. After a sync that failed,
// every further one of the stream fails too: the system may have dropped what it could not write, and a broker that is
// started again says what is left.
func (s *Server) Sync(ctx context.Context, stream string) error {
	if err := s.disk.folder(stream).sync(ctx); err != nil {
		return fmt.Errorf("broker: %s is not synced to disk: %w", stream, err)
	}
	return nil
}

// disk knows where the server keeps its streams. It rests on three things that the server does for a stream of one
// replica: it writes a message to the newest file of the stream's folder before it acknowledges it, it syncs by itself
// what it rewrites in older files, and it takes a consumer back that is ahead of a stream which lost its end.
type disk struct {
	streams string
	synced  func(file string, size int64)

	mu      sync.Mutex
	folders map[string]*folder // by stream
}

func newDisk(o Options) *disk {
	return &disk{
		streams: filepath.Join(o.Dir, server.JetStreamStoreDir, server.DEFAULT_GLOBAL_ACCOUNT, "streams"),
		synced:  o.Synced, folders: map[string]*folder{},
	}
}

func (d *disk) folder(stream string) *folder {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.folders[stream]
	if f == nil {
		f = &folder{files: files{dir: filepath.Join(d.streams, stream, "msgs"), synced: d.synced}}
		d.folders[stream] = f
	}
	return f
}

// folder is what waits for one stream's files.
type folder struct {
	files files // touched by the running round only

	mu     sync.Mutex
	busy   bool
	next   *round
	broken error
}

// round is one sync that many may wait for.
type round struct {
	done chan struct{}
	err  error
}

// sync joins the round that has not begun: the running one may have passed what the caller needs.
func (f *folder) sync(ctx context.Context) error {
	r := f.join()
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *folder) join() *round {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.next == nil {
		f.next = &round{done: make(chan struct{})}
	}
	if !f.busy {
		f.busy = true
		go f.run()
	}
	return f.next
}

func (f *folder) run() {
	for r := f.take(); r != nil; r = f.take() {
		if f.broken == nil {
			f.broken = f.files.sync()
		}
		r.err = f.broken
		close(r.done)
	}
}

// take is the next round; nil ends the run.
func (f *folder) take() *round {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.next
	f.next, f.busy = nil, r != nil
	return r
}
