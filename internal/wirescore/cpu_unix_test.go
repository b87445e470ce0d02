//go:build unix

package wirescore_test

import (
	"syscall"
	"time"
)

// worked is the processor time this process has used: what a second of work means on a machine that is busy with other
// things as well.
func worked() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
