package file_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/file"
)

func TestTwoFormatsShareAFolder(t *testing.T) {
	dir := t.TempDir()
	a := revision(1, wiredesk.EventNew, "At dusk.")
	deliver(t, open(t, dir, `,"format":"text"`), a)
	deliver(t, open(t, dir, `,"format":"nitf"`), a)
	if got, want := files(t, dir), []string{story + ".nitf.xml", story + ".txt"}; !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

func TestAFolderThatIsAwayIsTriedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mount")
	s := open(t, dir, "")
	a := revision(1, wiredesk.EventNew, "At dusk.")
	fails := func(what string) {
		t.Helper()
		if err := s.Deliver(t.Context(), a); err == nil || errors.Is(err, wiredesk.ErrUndeliverable) {
			t.Errorf("%s: %v, want an error to be tried again", what, err)
		}
	}
	fails("a folder that is not there")
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder was made: it may be a disk that is not mounted")
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	obstacle := filepath.Join(dir, ".wiredesk")
	if err := os.WriteFile(obstacle, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	fails("a folder that takes nothing")
	if err := os.Remove(obstacle); err != nil {
		t.Fatal(err)
	}
	deliver(t, s, a)
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %q, want the story", got)
	}
}

func TestNothingIsWrittenOutsideTheFolder(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "inside")
	outside := filepath.Join(dir, "outside")
	for _, d := range []string{inside, outside} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, inside, "")
	for _, id := range []string{"../outside/x", "..", ".wiredesk", "/etc/motd", "a/b", "", "A\x00", strings.Repeat("a", 200)} {
		a := revision(1, wiredesk.EventNew, "x")
		a.Story = id
		if err := s.Deliver(t.Context(), a); !errors.Is(err, wiredesk.ErrUndeliverable) {
			t.Errorf("story %q: %v, want ErrUndeliverable", id, err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(inside, ".wiredesk")); err != nil {
		t.Fatal(err)
	}
	if err := s.Deliver(t.Context(), revision(1, wiredesk.EventNew, "x")); err == nil {
		t.Error("a link led out of the folder")
	}
	if got := files(t, outside); len(got) != 0 {
		t.Errorf("outside the folder there is %q", got)
	}
}

func TestWhatAFormatCannotCarry(t *testing.T) {
	var log bytes.Buffer
	dir := t.TempDir()
	s, err := file.New(json.RawMessage(`{"path":"`+filepath.ToSlash(dir)+`","format":"nitf"}`), zerolog.New(&log))
	if err != nil {
		t.Fatal(err)
	}
	a := revision(1, wiredesk.EventNew, "x")
	a.NotForPublication = "advisory"
	b := revision(2, wiredesk.EventUpdate, "y")
	b.NotForPublication = "advisory"
	deliver(t, s, a, b)
	if n := strings.Count(log.String(), `"field":"notForPublication"`); n != 1 {
		t.Errorf("told %d times, want once:\n%s", n, log.String())
	}
	broken := revision(3, wiredesk.EventUpdate, "z")
	broken.Item.URI = ""
	if err := s.Deliver(t.Context(), broken); !errors.Is(err, wiredesk.ErrUndeliverable) {
		t.Errorf("a story that NITF cannot carry: %v, want ErrUndeliverable", err)
	}
	if doc := read(t, dir, story+".nitf.xml"); !strings.Contains(doc, ">y<") {
		t.Errorf("the revision before is\n%s", doc)
	}
	kill := revision(4, wiredesk.EventKill, "")
	kill.Item.URI = ""
	if err := s.Deliver(t.Context(), kill); !errors.Is(err, wiredesk.ErrUndeliverable) {
		t.Errorf("a kill that NITF cannot carry: %v, want ErrUndeliverable", err)
	}
	deliver(t, s, b)
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("killed text stands in %q", got)
	}
}

func TestWhatCrashesLeftIsSwept(t *testing.T) {
	dir := t.TempDir()
	aside := filepath.Join(dir, ".wiredesk")
	if err := os.Mkdir(aside, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"old.tmp": 2 * time.Hour, "young.tmp": time.Minute, "done.txt": 2000 * time.Hour, "recent.txt": 48 * time.Hour} {
		path := filepath.Join(aside, name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	deliver(t, open(t, dir, `,"format":"text"`), revision(1, wiredesk.EventNew, "x"))
	if got, want := files(t, aside), []string{story + ".txt", "recent.txt", "young.tmp"}; !slices.Equal(got, want) {
		t.Errorf("aside are %q, want %q", got, want)
	}
}

func TestSettingsThatMakeNoSense(t *testing.T) {
	for settings, want := range map[string]string{
		`{}`:                                            "a folder without a path",
		`{"path":"x","format":"pdf"}`:                   "format: ",
		`{"path":"x","version":"4.0"}`:                  "version: ",
		`{"path":"x","version":"1.x-dev"}`:              "version: ",
		`{"path":"x","kill":"shred"}`:                   "kill: ",
		`{"path":"x","format":"text","kill":"replace"}`: "kill: text cannot say",
		`{"path":"x","colour":"red"}`:                   "file: settings",
	} {
		if s, err := file.New(json.RawMessage(settings), zerolog.Nop()); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, %v; want an error that begins %q", settings, s, err, want)
		}
	}
}

// TestAReaderNeverSeesHalfAFile reads all the time while a long story is replaced, and looks at what else is there.
func TestAReaderNeverSeesHalfAFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, `,"format":"text"`)
	long := func(n int) wiredesk.Article {
		a := revision(n, wiredesk.EventUpdate, "")
		a.Text = strings.Repeat(string(rune('a'+n%26)), 300_000)
		return a
	}
	deliver(t, s, long(1))
	done := make(chan error, 1)
	go func() {
		for n := 2; n < 40; n++ {
			if err := s.Deliver(context.Background(), long(n)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		doc := read(t, dir, story+".txt")
		if len(doc) != 300_001 || strings.Count(doc, doc[:1]) != 300_000 {
			t.Fatalf("a file of %d bytes, %d of them of one revision", len(doc), strings.Count(doc, doc[:1]))
		}
		if got := files(t, dir); len(got) != 1 {
			t.Fatalf("the folder holds %q", got)
		}
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
	}
}
