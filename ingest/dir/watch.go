package dir

import (
	"context"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/rs/zerolog"
)

// watch wakes a folder when something happens in its directory. Where the system cannot notify, or loses the
// directory, only the clock wakes it.
type watch struct {
	path    string
	watcher *fsnotify.Watcher // nil where there are no notifications
}

func newWatch(path string, log zerolog.Logger) *watch {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		log.Warn().Err(err).Msg("no notifications of files: the directory is looked at now and then only")
		return &watch{path: path}
	}
	return &watch{path: path, watcher: w}
}

// renew watches the directory that has the path now; it may be another one than before.
func (w *watch) renew() {
	if w.watcher == nil {
		return
	}
	// Adding a directory that is watched already changes nothing; one that is not there now may be on the next look.
	_ = w.watcher.Add(w.path)
}

const pause = 20 * time.Millisecond // a burst of events is one

// wait ends with the next event or after d, whichever comes first. It is false once ctx has ended.
func (w *watch) wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(max(d, pause))
	defer timer.Stop()
	var events chan fsnotify.Event
	var errs chan error
	if w.watcher != nil {
		events, errs = w.watcher.Events, w.watcher.Errors
	}
	for woken := false; ; {
		news := false
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-errs: //nolint:errcheck // an overflow: whatever happened is seen on the next look
			news = true
		case e := <-events:
			news = e.Op != fsnotify.Chmod
		}
		if news && !woken {
			woken = true
			timer.Reset(min(d, pause))
		}
	}
}

func (w *watch) close() {
	if w.watcher != nil {
		_ = w.watcher.Close()
	}
}
