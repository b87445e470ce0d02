// Package dir watches a directory for documents. Only finished regular files are read, each once: after its receipt
// a file is moved to .done inside the directory, or removed. A file that cannot be read stays, with the reasons in
// NAME.rejected beside it, until it changes. While the broker is away files stay where they are and are offered again.
//
// Who writes into the directory may rename a finished file into it, or just write it: a file is read once its size
// and time have stood still. Names that begin with a dot or end in .tmp, .part, .filepart, .crdownload, .swp, ~ or
// .rejected are left alone, and so are empty files, directories, links, pipes and devices.
package dir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
)

// Options are where and how to watch. Feed and Path are required.
type Options struct {
	Feed   string
	Path   string
	Settle time.Duration // how long a file must stand still before it is read; 2 s
	Rescan time.Duration // between two looks at the directory, notifications aside; 5 s
	Remove bool          // delete a file once taken, instead of moving it to .done
	Log    zerolog.Logger
}

// Folder is a watched directory; it is a [wiredesk.Feed]. The directory may be missing, come, go and come back while
// it is watched.
type Folder struct {
	Options
	looks  map[string]look // of the files that are still here
	resume time.Time       // nothing is offered before
	lost   string          // the trouble with the directory that was told last
	paused string          // the reason of a pause that was told last
}

// look is what a file looked like, and since when.
type look struct {
	size  int64
	time  time.Time
	since time.Time
	over  bool // its fate is known, and it stays until it changes
	again time.Time
}

// New makes a folder. It does not touch the directory yet.
func New(o Options) (*Folder, error) {
	if o.Feed == "" || o.Path == "" {
		return nil, errors.New("dir: a feed and a path are required")
	}
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, fmt.Errorf("dir: %w", err)
	}
	o.Path = path
	if o.Settle <= 0 {
		o.Settle = 2 * time.Second
	}
	if o.Rescan <= 0 {
		o.Rescan = 5 * time.Second
	}
	o.Log = o.Log.With().Str("feed", o.Feed).Str("dir", o.Path).Logger()
	return &Folder{Options: o, looks: map[string]look{}}, nil
}

// Receive hands every finished file to take until ctx ends; then it returns nil. It must not be called twice at once.
func (f *Folder) Receive(ctx context.Context, take wiredesk.Take) error {
	watch := newWatch(f.Path, f.Log)
	defer watch.close()
	for {
		watch.renew()
		next := f.scan(ctx, take)
		if !watch.wait(ctx, next) {
			return nil
		}
	}
}

// scan looks at every file once, the oldest first, and says how soon to look again.
func (f *Folder) scan(ctx context.Context, take wiredesk.Take) time.Duration {
	root, err := os.OpenRoot(f.Path)
	if err != nil {
		return f.missing(err)
	}
	defer root.Close()
	files, err := candidates(root)
	if err != nil {
		return f.missing(err)
	}
	f.lost = ""
	f.forget(files)
	next := f.Rescan
	for _, file := range files {
		if wait := time.Until(f.resume); wait > 0 || ctx.Err() != nil {
			return wait
		}
		if soon := f.visit(ctx, root, file, take); soon > 0 {
			next = min(next, soon)
		}
	}
	return next
}

// candidates are the regular files that may be documents, the oldest first.
func candidates(root *os.Root) ([]fs.FileInfo, error) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if passedOver(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		info, err := root.Lstat(e.Name())
		if err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			files = append(files, info)
		}
	}
	slices.SortStableFunc(files, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	return files, nil
}

func (f *Folder) forget(files []fs.FileInfo) {
	here := make(map[string]bool, len(files))
	for _, info := range files {
		here[info.Name()] = true
	}
	for name := range f.looks {
		if !here[name] {
			delete(f.looks, name)
		}
	}
}

// missing is told once for each new trouble with the directory, not on every look.
func (f *Folder) missing(err error) time.Duration {
	if f.lost != err.Error() {
		f.lost = err.Error()
		f.Log.Warn().Err(err).Msg("the watched directory cannot be read: files are taken once it is there")
	}
	return f.Rescan
}

// pause leaves all files for later, and says so once for each new reason.
func (f *Folder) pause(ctx context.Context, why error, wait time.Duration) time.Duration {
	f.resume = time.Now().Add(wait)
	if f.paused != why.Error() && ctx.Err() == nil {
		f.paused = why.Error()
		f.Log.Warn().Err(why).Msg("the line takes nothing now: files stay and are offered again")
	}
	return wait
}
