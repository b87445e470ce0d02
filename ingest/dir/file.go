package dir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// errMoving says that a file changed while it was read.
var errMoving = errors.New("the file is still changing")

type finished struct {
	doc  []byte
	info os.FileInfo
}

// open reads a whole file and makes sure that it is the regular file that was seen, and that it held still. A pipe
// put in its place does not hang it, a link leads nowhere, and one byte over the limit is enough to see that.
func open(root *os.Root, name string) (finished, error) {
	seen, err := root.Lstat(name)
	if err != nil {
		return finished{}, errMoving
	}
	file, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return finished{}, errMoving
	}
	if err != nil {
		return finished{}, err
	}
	defer file.Close()
	before, err := file.Stat()
	if err != nil {
		return finished{}, err
	}
	if !before.Mode().IsRegular() || !os.SameFile(seen, before) {
		return finished{}, errMoving
	}
	doc, err := io.ReadAll(io.LimitReader(file, stream.MaxDocument+1))
	if err != nil {
		return finished{}, err
	}
	after, err := file.Stat()
	if err != nil {
		return finished{}, err
	}
	if !same(before, after) || len(doc) <= stream.MaxDocument && int64(len(doc)) != after.Size() {
		return finished{}, errMoving
	}
	return finished{doc, after}, nil
}

func same(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

const doneDir = ".done"

// putAway moves a taken file to .done, or removes it. Should another file have come under its name meanwhile, that
// one stays to be read.
func (f *Folder) putAway(root *os.Root, name string, file finished, receipt string) error {
	if now, err := root.Lstat(name); err != nil || !same(now, file.info) {
		return nil
	}
	if err := root.Mkdir(doneDir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	to := path.Join(doneDir, name)
	if _, err := root.Lstat(to); err == nil {
		to = path.Join(doneDir, receipt+"-"+name)
	}
	if err := root.Rename(name, to); err != nil {
		return err
	}
	if moved, err := root.Lstat(to); err == nil && !os.SameFile(moved, file.info) {
		return root.Rename(to, name)
	}
	_ = root.Remove(name + rejectedSuffix) // of an earlier, mended version; there may be none
	if f.Remove {
		return root.Remove(to)
	}
	return nil
}

// reject writes the reasons beside the file, one line each, as compilers do.
func (f *Folder) reject(root *os.Root, name string, file finished, why error) {
	shown := name
	if !intake.Printable(name) {
		shown = strconv.Quote(name)
	}
	faults := wiredesk.Faults(why)
	var b strings.Builder
	for _, fault := range faults {
		fmt.Fprintf(&b, "%s:%s\n", shown, fault.Error())
	}
	b.WriteString(mark(file.info))
	if err := put(root, name+rejectedSuffix, b.String()); err != nil {
		f.Log.Error().Err(err).Str("file", name).Msg("the reasons of a rejected file cannot be written beside it")
	}
	f.Log.Warn().Str("file", name).Int("faults", len(faults)).Msg("file rejected")
}

// put writes a file whole or not at all: whoever waits for it never reads half a reason.
func put(root *os.Root, name, text string) error {
	const unfinished = ".reasons.tmp"
	if err := root.WriteFile(unfinished, []byte(text), 0o644); err != nil {
		return err
	}
	return root.Rename(unfinished, name)
}

// mark is the last line of a .rejected file: which state of the file it speaks of.
func mark(info os.FileInfo) string {
	return fmt.Sprintf("# read with %d bytes, modified %s; it is read again once it changes\n",
		info.Size(), info.ModTime().UTC().Format(time.RFC3339Nano))
}

// refusedBefore says whether the reasons beside a file speak of the file as it is now.
func refusedBefore(root *os.Root, name string, info os.FileInfo) bool {
	reasons, err := root.ReadFile(name + rejectedSuffix)
	return err == nil && strings.HasSuffix(string(reasons), mark(info))
}
