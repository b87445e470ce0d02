// Package crash kills: it ends a process at a chosen point of its work, and its test kills real processes of a whole
// line at random and at every boundary, and keeps a ledger of what came out.
package crash

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// Variable is the environment variable that names the point: "stage:point:n" kills the process, as kill -9 would,
// when the stage is at the point for the n-th time. Points are "handled", "stored", "acked" and "buried".
const Variable = "WIREDESK_FAULT"

// At reads a point. The function is asked at every point of every stage; it is nil where spec is empty. It may be
// called concurrently.
func At(spec string) (func(stage, point string) error, error) {
	if spec == "" {
		return nil, nil
	}
	part := strings.Split(spec, ":")
	if len(part) != 3 {
		return nil, fmt.Errorf("%s=%q: want stage:point:n, such as enrich:stored:100", Variable, spec)
	}
	n, err := strconv.ParseInt(part[2], 10, 64)
	if err != nil || n < 1 {
		return nil, fmt.Errorf("%s=%q: %q is no count", Variable, spec, part[2])
	}
	var met atomic.Int64
	return func(stage, point string) error {
		if stage == part[0] && point == part[1] && met.Add(1) == n {
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	}, nil
}
