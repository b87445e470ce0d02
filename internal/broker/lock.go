package broker

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// ErrLocked is what Start wraps when another process works on the data directory. The embedded server itself would
// open it, acknowledge copy, and lose it.
var ErrLocked = errors.New("data directory is in use")

const lockName = "wiredesk.lock"

// lock holds the data directory until the returned file is closed; the kernel lets go of it when the process dies.
func lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("broker: lock the data directory: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("broker: %w: %s is held by %s; stop it or choose another data directory", ErrLocked, dir, holder(f))
	} else if err == nil {
		err = sign(f)
	} else {
		err = fmt.Errorf("broker: lock %s: %w", f.Name(), err)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func sign(f *os.File) error {
	who := fmt.Sprintf("pid %d, started %s, %s\n", os.Getpid(), time.Now().UTC().Format(time.RFC3339), filepath.Base(os.Args[0]))
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("broker: sign the lock: %w", err)
	}
	if _, err := f.WriteAt([]byte(who), 0); err != nil {
		return fmt.Errorf("broker: sign the lock: %w", err)
	}
	return nil
}

func holder(f *os.File) string {
	who, err := io.ReadAll(io.LimitReader(f, 512))
	if name := strings.TrimSpace(string(who)); err == nil && name != "" {
		return name
	}
	return "another process"
}
