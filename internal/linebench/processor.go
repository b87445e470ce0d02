//go:build unix

package linebench

import (
	"syscall"
	"time"
)

// processorTime is what this process has used so far. A machine that is busy with other things does not change it.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
