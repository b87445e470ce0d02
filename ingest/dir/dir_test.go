package dir_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/dir"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// room is a watched folder in front of a real desk. It remembers what was offered.
type room struct {
	broker *brokertest.Broker
	path   string
	log    *safe

	mu      sync.Mutex
	offered []string
}

type safe struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safe) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func newRoom(t *testing.T, change func(*dir.Options)) *room {
	t.Helper()
	r := &room{broker: brokertest.New(t), path: t.TempDir(), log: &safe{}}
	o := dir.Options{
		Feed: "kestrel", Path: r.path, Settle: 60 * time.Millisecond, Rescan: 100 * time.Millisecond,
		Log: zerolog.New(r.log),
	}
	if change != nil {
		change(&o)
	}
	r.watch(t, o)
	return r
}

func (r *room) watch(t *testing.T, o dir.Options) (stop func()) {
	t.Helper()
	lines, err := intake.Feeds{}.Lines()
	if err != nil {
		t.Fatal(err)
	}
	store := commit.New(r.broker.NC, commit.Options{Timeout: time.Second})
	desk := ingest.New(ingest.Options{Raw: store, Dead: store, Feeds: lines})
	take := func(ctx context.Context, raw wiredesk.Raw) (wiredesk.Receipt, error) {
		r.mu.Lock()
		r.offered = append(r.offered, raw.Name)
		r.mu.Unlock()
		return desk.Take(ctx, raw)
	}
	folder, err := dir.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- folder.Receive(ctx, take) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Receive: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func (r *room) times(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, o := range r.offered {
		if o == name {
			n++
		}
	}
	return n
}

// order is what was offered so far.
func (r *room) order() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.offered, " ")
}

func (r *room) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(r.path, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (r *room) has(name string) bool {
	_, err := os.Lstat(filepath.Join(r.path, name))
	return err == nil
}

func (r *room) stored(t *testing.T) uint64 {
	t.Helper()
	s, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("after 10 s still not: %s", what)
		}
	}
}

// passes waits until the folder has surely looked at everything that was there before.
func (r *room) passes(t *testing.T) {
	t.Helper()
	name := "marker-" + time.Now().Format("150405.000000000")
	r.write(t, name, "The ferry sailed at "+name+".")
	until(t, name+" taken", func() bool { return r.has(".done/" + name) })
}

func TestAFileIsTakenOnceAndPutAway(t *testing.T) {
	r := newRoom(t, nil)
	odd := "odd \n %41 ünï\xff.txt"
	r.write(t, odd, "The quay reopened.")
	until(t, "file put away", func() bool { return r.has(".done/" + odd) })
	r.passes(t)
	if r.has(odd) || r.times(odd) != 1 {
		t.Errorf("still there: %v; offered %d times, want once", r.has(odd), r.times(odd))
	}
	s, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := ingest.FromMessage(m.Header, m.Data, wiredesk.House{})
	if err != nil || raw.Name != odd || raw.Via != "dir" || string(raw.Bytes) != "The quay reopened." {
		t.Errorf("got %+v, %v; want the file as it was, its name with it", raw, err)
	}
}

func TestTheSameNameAgainIsAnotherFile(t *testing.T) {
	r := newRoom(t, nil)
	for _, text := range []string{"one", "two", "three"} {
		r.write(t, "story.txt", text)
		until(t, text+" taken", func() bool { return !r.has("story.txt") })
	}
	if n := r.stored(t); n != 3 {
		t.Errorf("got %d messages, want 3", n)
	}
	kept, err := os.ReadDir(filepath.Join(r.path, ".done"))
	if err != nil || len(kept) != 3 {
		t.Errorf("got %d files in .done, %v; want all three", len(kept), err)
	}
}

func TestRemove(t *testing.T) {
	r := newRoom(t, func(o *dir.Options) { o.Remove = true })
	r.write(t, "story.txt", "The quay reopened.")
	until(t, "file gone", func() bool { return !r.has("story.txt") && !r.has(".done/story.txt") && r.stored(t) == 1 })
}

func TestAHalfWrittenFileIsLeftToGrow(t *testing.T) {
	r := newRoom(t, func(o *dir.Options) { o.Settle = 300 * time.Millisecond })
	file, err := os.Create(filepath.Join(r.path, "slow.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := range 50 {
		r.write(t, "other.tmp", strings.Repeat("x", i)) // makes the folder look again and again
		if i%6 == 0 {
			if _, err := file.WriteString("A line of the story.\n"); err != nil {
				t.Fatal(err)
			}
		}
		<-tick.C
	}
	if n := r.times("slow.txt"); n != 0 {
		t.Errorf("offered %d times while it was written", n)
	}
	until(t, "whole file taken", func() bool { return r.has(".done/slow.txt") })
	s, err := r.broker.JS.Stream(t.Context(), stream.RAW)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetMsg(t.Context(), 1)
	if err != nil || len(m.Data) != 9*21 {
		t.Errorf("got %d bytes, %v; want all 189", len(m.Data), err)
	}
}

func TestOnlyFinishedRegularFiles(t *testing.T) {
	r := newRoom(t, nil)
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("not for the wire"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(r.path, name) }
	for _, err := range []error{
		os.Symlink(secret, at("outside.txt")), os.Symlink("real.txt.tmp", at("inside.txt")),
		syscall.Mkfifo(at("pipe.txt"), 0o644), os.Mkdir(at("folder.txt"), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".hidden", "real.txt.tmp", "a.part", "b.PART", "c.txt~", "d.rejected", "e.swp"} {
		r.write(t, name, "The quay reopened.")
	}
	r.write(t, "empty.txt", "")
	r.passes(t)
	r.passes(t)
	if n := r.stored(t); n != 2 {
		t.Errorf("got %d messages, want the 2 markers only; offered %s", n, r.order())
	}
}

func TestARejectedFileStaysWithItsReasons(t *testing.T) {
	r := newRoom(t, nil)
	r.write(t, "page.txt", "%PDF-1.7 …")
	until(t, "reasons beside it", func() bool { return r.has("page.txt.rejected") })
	r.passes(t)
	reasons, err := os.ReadFile(filepath.Join(r.path, "page.txt.rejected"))
	if err != nil || !strings.HasPrefix(string(reasons), "page.txt:1:1: this looks like a PDF document") {
		t.Errorf("got %q, %v; want FILE:LINE:COL: reason", reasons, err)
	}
	if r.times("page.txt") != 1 || !r.has("page.txt") {
		t.Errorf("offered %d times, still there: %v; want once, and left", r.times("page.txt"), r.has("page.txt"))
	}
	r.write(t, "page.txt", "The quay reopened.")
	until(t, "the mended file taken", func() bool { return r.has(".done/page.txt") && !r.has("page.txt.rejected") })
}

func TestARejectedFileIsNotReadAfterARestart(t *testing.T) {
	r := newRoom(t, func(o *dir.Options) { o.Path = t.TempDir() })
	o := dir.Options{Feed: "kestrel", Path: r.path, Settle: 30 * time.Millisecond, Rescan: 50 * time.Millisecond, Log: zerolog.Nop()}
	stop := r.watch(t, o)
	r.write(t, "page.txt", "%PDF-1.7 …")
	until(t, "reasons beside it", func() bool { return r.has("page.txt.rejected") })
	stop()
	r.watch(t, o)
	r.passes(t)
	r.passes(t)
	if n := r.times("page.txt"); n != 1 {
		t.Errorf("offered %d times, want once", n)
	}
}

func TestTheLimitOfAFile(t *testing.T) {
	r := newRoom(t, nil)
	r.write(t, "large.txt", strings.Repeat("x", stream.MaxDocument+1))
	until(t, "reasons beside it", func() bool { return r.has("large.txt.rejected") })
	reasons, _ := os.ReadFile(filepath.Join(r.path, "large.txt.rejected"))
	if !strings.Contains(string(reasons), "the limit is 10485760") {
		t.Errorf("got %q; want the limit named", reasons)
	}
}

func TestFilesStayWhileTheBrokerIsAway(t *testing.T) {
	r := newRoom(t, nil)
	r.broker.Stop()
	r.write(t, "story.txt", "The quay reopened.")
	until(t, "file offered", func() bool { return r.times("story.txt") > 0 })
	if !r.has("story.txt") || r.has("story.txt.rejected") {
		t.Error("the file went although nobody could store it")
	}
	r.broker.Start(t)
	until(t, "file taken", func() bool { return r.has(".done/story.txt") })
	if n := r.stored(t); n != 1 {
		t.Errorf("got %d messages, want 1", n)
	}
	if n := strings.Count(r.log.String(), "takes nothing now"); n != 1 {
		t.Errorf("the pause is told %d times, want once:\n%s", n, r.log)
	}
}

func TestTheDirectoryGoesAndComesBack(t *testing.T) {
	r := newRoom(t, nil)
	r.passes(t)
	if err := os.RemoveAll(r.path); err != nil {
		t.Fatal(err)
	}
	until(t, "told that it is gone", func() bool { return strings.Contains(r.log.String(), "cannot be read") })
	if err := os.Mkdir(r.path, 0o755); err != nil {
		t.Fatal(err)
	}
	r.passes(t)
}

func TestAnUnreadableFileHoldsUpNobody(t *testing.T) {
	r := newRoom(t, nil)
	r.write(t, "locked.txt", "The quay reopened.")
	if err := os.Chmod(filepath.Join(r.path, "locked.txt"), 0); err != nil {
		t.Fatal(err)
	}
	_, err := os.ReadFile(filepath.Join(r.path, "locked.txt"))
	r.passes(t)
	r.passes(t)
	if err != nil && !r.has("locked.txt") { // root may read it all the same
		t.Error("the file that nobody could read is gone")
	}
}

func TestTheOldestFirst(t *testing.T) {
	r := newRoom(t, func(o *dir.Options) { o.Path = t.TempDir() })
	now := time.Now().Add(-time.Hour)
	for i, name := range []string{"z.txt", "m.txt", "a.txt"} {
		r.write(t, name, "Version "+name)
		at := now.Add(time.Duration(i) * time.Second)
		if err := os.Chtimes(filepath.Join(r.path, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	r.watch(t, dir.Options{Feed: "kestrel", Path: r.path, Settle: 30 * time.Millisecond, Rescan: 50 * time.Millisecond, Log: zerolog.Nop()})
	until(t, "all taken", func() bool { return r.stored(t) == 3 })
	if got := r.order(); got != "z.txt m.txt a.txt" {
		t.Errorf("got the order %s; want the oldest first", got)
	}
}

func TestNotifications(t *testing.T) {
	r := newRoom(t, func(o *dir.Options) { o.Rescan = time.Hour })
	r.passes(t)
	r.passes(t)
	entries, err := fs.ReadDir(os.DirFS(r.path), ".done")
	if err != nil || len(entries) != 2 {
		t.Errorf("got %d files, %v; want both markers, without waiting an hour", len(entries), err)
	}
}
