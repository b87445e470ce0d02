package shell

import (
	"context"
	"crypto/sha256"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// How a changed configuration is noticed: a moment after the system's word, else by looking.
const (
	moment = 200 * time.Millisecond // what a program that saves a file may take
	look   = 30 * time.Second
)

// Again is how a running line reads its configuration anew: after SIGHUP, and when the content of its file has changed.
type Again struct {
	file string // empty: only the signal counts
	read func() (*config.Config, error)
	last [sha256.Size]byte
}

// againFrom is to be called before the first reading, so that no change after that is missed.
func againFrom(flags *Flags, roles []line.Role) Again {
	return Again{file: flags.File, last: digest(flags.File), read: func() (*config.Config, error) {
		conf, err := flags.Read(io.Discard)
		if err == nil && len(roles) == 1 {
			err = suits(conf, roles[0])
		}
		return conf, err
	}}
}

// onChange hands over each new reading until ctx ends. From its call on, SIGHUP does not end the process.
func (a Again) onChange(ctx context.Context, take func(*config.Config, error)) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	go func() {
		defer signal.Stop(hup)
		a.watch(ctx, hup, take)
	}()
}

func (a Again) watch(ctx context.Context, hup <-chan os.Signal, take func(*config.Config, error)) {
	events, errs, stop := watched(a.file)
	defer stop()
	looks := time.NewTicker(look)
	defer looks.Stop()
	still := time.After(moment) // what happened before we watched
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
		if now := digest(a.file); asked || now != a.last {
			a.last = now
			take(a.read())
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
