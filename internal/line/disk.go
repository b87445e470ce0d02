//go:build unix

package line

import (
	"fmt"
	"syscall"
)

// diskFree is how many bytes an ordinary user may still write there.
func diskFree(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("free space of %s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// free is diskFree of the data directory, for a gauge.
func (l *Line) free() float64 {
	free, err := diskFree(l.Config.Data)
	if err != nil {
		return -1
	}
	return float64(free)
}
