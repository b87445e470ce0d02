package dir

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
)

const rejectedSuffix = ".rejected"

func passedOver(name string) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	for _, end := range []string{".tmp", ".part", ".filepart", ".crdownload", ".swp", "~", rejectedSuffix} {
		if strings.HasSuffix(strings.ToLower(name), end) {
			return true
		}
	}
	return false
}

// visit reads one file if it is ready. It says how soon to look at it again; 0 when there is no hurry.
func (f *Folder) visit(ctx context.Context, root *os.Root, info fs.FileInfo, take wiredesk.Take) time.Duration {
	name, now := info.Name(), time.Now()
	last, known := f.looks[name]
	if !known || last.size != info.Size() || !last.time.Equal(info.ModTime()) {
		fresh := look{size: info.Size(), time: info.ModTime(), since: now}
		fresh.over = refusedBefore(root, name, info)
		f.looks[name] = fresh
		return f.Settle
	}
	if last.over {
		return 0
	}
	if wait := last.since.Add(f.Settle).Sub(now); wait > 0 {
		return wait
	}
	if wait := last.again.Sub(now); wait > 0 {
		return wait
	}
	return f.read(ctx, root, name, take)
}

// read takes one file that stands still, and puts it where its fate belongs.
func (f *Folder) read(ctx context.Context, root *os.Root, name string, take wiredesk.Take) time.Duration {
	file, err := open(root, name)
	if errors.Is(err, errMoving) {
		delete(f.looks, name)
		return f.Settle
	}
	if err != nil {
		return f.putOff(name, err)
	}
	receipt, err := take(ctx, wiredesk.Raw{Feed: f.Feed, Via: "dir", Name: name, Bytes: file.doc})
	if wait, later := comeBack(err); later {
		return f.pause(ctx, err, wait)
	}
	f.paused = ""
	if err != nil {
		f.over(name)
		f.reject(root, name, file, err)
		return 0
	}
	if err := f.putAway(root, name, file, receipt.Receipt); err != nil {
		f.over(name)
		f.Log.Error().Err(err).Str("file", name).Str("receipt", receipt.Receipt).
			Msg("a file is stored but cannot be put away: it would be offered again after a restart")
		return 0
	}
	delete(f.looks, name)
	f.Log.Debug().Str("file", name).Str("receipt", receipt.Receipt).Msg("file taken")
	return 0
}

func (f *Folder) over(name string) {
	l := f.looks[name]
	l.over = true
	f.looks[name] = l
}

// comeBack says whether a file is to be offered again, and when. Only its own faults are final.
func comeBack(err error) (time.Duration, bool) {
	var unreadable *intake.Unreadable
	var large *intake.TooLarge
	var busy *intake.Busy
	var fast *intake.TooFast
	switch {
	case err == nil, errors.As(err, &unreadable), errors.As(err, &large):
		return 0, false
	case errors.As(err, &busy):
		return busy.After, true
	case errors.As(err, &fast):
		return fast.After, true
	}
	return 5 * time.Second, true
}

// putOff leaves a file that cannot be opened for a minute, and says so the first time.
func (f *Folder) putOff(name string, why error) time.Duration {
	l := f.looks[name]
	if l.again.IsZero() {
		f.Log.Warn().Err(why).Str("file", name).Msg("a file cannot be read: it stays and is tried again")
	}
	l.again = time.Now().Add(time.Minute)
	f.looks[name] = l
	return time.Minute
}
