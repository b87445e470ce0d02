package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/wiredesk/wiredesk/internal/config"
)

// embedded says that the broker keeps its streams in our data directory.
func (p *patient) embedded() bool { return p.Config.NATS.URL == "" }

// files looks at who may read the copy and the secrets.
func (p *patient) files() {
	before := len(p.findings)
	if p.embedded() {
		p.directory(p.Config.Data)
	}
	for _, f := range p.Config.Feeds {
		if f.Dir == "" {
			continue
		}
		if info, err := os.Stat(f.Dir); err != nil || !info.IsDir() {
			p.add("files", Fail, fmt.Sprintf("feed %s: no directory %s", f.Name, f.Dir), "what is dropped there is not taken", "make it, owned by the user that the line runs as: mkdir -p "+f.Dir)
		}
	}
	if len(p.findings) == before {
		p.ok("files", "permissions are as they should be")
	}
}

func (p *patient) directory(dir string) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.add("files", Warn, "no data directory "+dir, "nothing is stored here yet; a line that runs elsewhere is not examined", "start the line with wiredesk up, or name its directory with --data")
		return
	case err != nil:
		p.unknown("files", err)
		return
	case !info.IsDir():
		p.add("files", Fail, dir+" is no directory", "the embedded broker cannot keep anything there", "name a directory with --data")
		return
	}
	if info.Mode().Perm()&0o077 != 0 {
		p.add("files", Warn, fmt.Sprintf("others on this machine may look into %s (mode %04o)", dir, info.Mode().Perm()), "embargoed copy and the broker's credentials are in it", "chmod 700 "+dir)
	}
	ready := filepath.Join(dir, "wiredesk.ready")
	if info, err := os.Stat(ready); err == nil && info.Mode().Perm()&0o077 != 0 {
		p.add("files", Fail, fmt.Sprintf("others may read %s (mode %04o)", ready, info.Mode().Perm()), "it carries the broker's address with credentials", "chmod 600 "+ready)
	}
}

// disk holds the room that is left against what the line keeps free, and what the streams may still grow to.
func (p *patient) disk() {
	if !p.embedded() {
		return
	}
	free, err := freeOn(p.Config.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return // said already
	}
	if err != nil {
		p.unknown("disk", err)
		return
	}
	floor, most, used := int64(p.Config.Limits.DiskFree), int64(p.Config.Streams.MaxBytes), sizeOf(p.Config.Data)
	left := config.Size(free &^ (1<<20 - 1))
	switch {
	case free < floor:
		p.add("disk", Fail, fmt.Sprintf("%s free, limits.disk_free is %s", left, p.Config.Limits.DiskFree), "the line is not ready, and soon refuses copy", "make room, or move the data directory to a larger disk")
	case free-floor < most-used:
		p.add("disk", Warn, fmt.Sprintf("%s free, and the streams may grow by %s", left, config.Size(most-used)), "the disk is full before the retention is reached: copy is refused then", "lower streams.max_bytes or streams.keep, or use a larger disk")
	default:
		p.ok("disk", "%s free, room for all that streams.max_bytes allows", left)
	}
}

func freeOn(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("%s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

func sizeOf(dir string) (total int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// slowSync is what a sync may take before a push feels it.
const slowSync = 25 * time.Millisecond

// fsync measures what one acknowledged push costs at least: a small file is written and synced in the data directory.
func (p *patient) fsync() {
	if !p.embedded() || p.Config.Durability != config.Durable {
		return
	}
	took, err := syncTime(p.Config.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		p.add("fsync", Fail, "nothing can be written and synced: "+err.Error(), "the broker cannot store what is pushed", "let the user that the line runs as write to "+p.Config.Data)
	case took > slowSync:
		p.add("fsync", Warn, fmt.Sprintf("a sync takes %s", took.Round(100*time.Microsecond)), "a single push waits for one; many together share it", "use a local disk with power-loss protection; no network file system")
	default:
		p.ok("fsync", "a sync takes %s", took.Round(10*time.Microsecond))
	}
}

// syncTime is the median of several syncs.
func syncTime(dir string) (time.Duration, error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close(); _ = os.Remove(f.Name()) }()
	var took []time.Duration
	for range 9 {
		began := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}
