package file

import (
	"errors"
	"os"
	"path"
	"strings"
	"time"
)

const (
	sweepEvery = 24 * time.Hour
	keepDrafts = time.Hour
	// keepMarks is well beyond the time in which an old revision may come once more.
	keepMarks = 60 * 24 * time.Hour
)

// sweep removes, once a day, what crashes left behind and marks of stories long done. The files themselves are their
// readers' to keep.
func (f *Folder) sweep(root *os.Root) {
	now := time.Now()
	if now.Sub(f.swept) < sweepEvery {
		return
	}
	f.swept = now
	d, err := root.Open(aside)
	if err != nil {
		f.log.Warn().Err(err).Msg("old marks of the folder are kept")
		return
	}
	defer func() { _ = d.Close() }()
	entries, err := d.ReadDir(-1)
	for _, e := range entries {
		info, gone := e.Info()
		if gone == nil && old(e.Name(), now.Sub(info.ModTime())) {
			err = errors.Join(err, root.Remove(path.Join(aside, e.Name())))
		}
	}
	if err != nil {
		f.log.Warn().Err(err).Msg("old marks of the folder are kept")
	}
}

func old(name string, age time.Duration) bool {
	return age > keepMarks || age > keepDrafts && strings.HasSuffix(name, unfinished)
}
