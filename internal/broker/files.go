package broker

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const blockSuffix = ".blk"

// files are the numbered files of one stream's messages. The server appends to the newest only.
type files struct {
	dir    string
	synced func(file string, size int64)

	changed time.Time // of the folder, when it was last listed
	newest  int       // the highest number that is synced; 0 before the first sync
}

// sync syncs the newest file, those that came after the last sync, and the folder where there are any.
func (f *files) sync() error {
	info, err := os.Stat(f.dir)
	if err != nil {
		return fmt.Errorf("the broker keeps its messages elsewhere: %w", err)
	}
	if f.newest == 0 || !info.ModTime().Equal(f.changed) || f.exists(f.newest+1) || !f.exists(f.newest) {
		return f.list(info.ModTime())
	}
	return f.syncFile(f.newest)
}

func (f *files) list(changed time.Time) error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	newest := 0
	for _, e := range entries {
		digits, isBlock := strings.CutSuffix(e.Name(), blockSuffix)
		n, err := strconv.Atoi(digits)
		if !isBlock || err != nil {
			continue
		}
		newest = max(newest, n)
		if n < f.newest {
			continue // it was synced when it was the newest, and once more after that
		}
		if err := f.syncFile(n); err != nil {
			return err
		}
	}
	if newest == 0 {
		return fmt.Errorf("%s holds no messages", f.dir)
	}
	if err := syncPath(f.dir); err != nil {
		return err
	}
	f.newest, f.changed = newest, changed
	return nil
}

func (f *files) path(n int) string { return filepath.Join(f.dir, strconv.Itoa(n)+blockSuffix) }

func (f *files) exists(n int) bool {
	_, err := os.Stat(f.path(n))
	return err == nil
}

// syncFile syncs one file. One that is gone holds no message any more.
func (f *files) syncFile(n int) error {
	path := f.path(n)
	size := int64(-1)
	if f.synced != nil {
		if info, err := os.Stat(path); err == nil {
			size = info.Size()
		}
	}
	if err := syncPath(path); errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	if f.synced != nil {
		f.synced(path, size)
	}
	return nil
}

func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
