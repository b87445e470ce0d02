package shell

import (
	"context"
	"crypto/sha256"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// How a changed configuration is noticed: a moment after the system's word, else by looking.
const (
	moment = 200 * time.Millisecond // what a program that saves a file may take
	look   = 30 * time.Second
)

// onChange calls reread after each SIGHUP, and when the content of the file has changed, until ctx ends. Without a file
// only the signal counts. From its call on, SIGHUP does not end the process.
func onChange(ctx context.Context, file string, reread func()) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	first := digest(file)
	go func() {
		defer signal.Stop(hup)
		watch(ctx, file, first, hup, reread)
	}()
}

func watch(ctx context.Context, file string, last [sha256.Size]byte, hup <-chan os.Signal, reread func()) {
	events, errs, stop := watched(file)
	defer stop()
	looks := time.NewTicker(look)
	defer looks.Stop()
	var still <-chan time.Time
	for {
		asked := false
		select {
		case <-ctx.Done():
			return
		case <-errs: //nolint:errcheck // an overflow: whatever happened is seen on the next look
			still = time.After(moment)
			continue
		case <-events:
			if still == nil {
				still = time.After(moment)
			}
			continue
		case <-hup:
			asked = true
		case <-still:
			still = nil
		case <-looks.C:
		}
		if now := digest(file); asked || now != last {
			last = now
			reread()
		}
	}
}

// watched are the events of the file's folder: an editor, and a mounted secret, put a new file in the old one's place.
// Where the system gives no word there are none, and looking is left.
func watched(file string) (events <-chan fsnotify.Event, errs <-chan error, stop func()) {
	nothing := func() {}
	if file == "" {
		return nil, nil, nothing
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, nil, nothing
	}
	if err := w.Add(filepath.Dir(file)); err != nil {
		_ = w.Close()
		return nil, nil, nothing
	}
	return w.Events, w.Errors, func() { _ = w.Close() }
}

// digest tells contents apart. A file that cannot be read is like an empty one: reading it again will say why.
func digest(file string) [sha256.Size]byte {
	content, err := os.ReadFile(file)
	if file == "" || err != nil {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(content)
}
