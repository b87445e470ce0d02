package publish_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/file"
)

// folder opens a file output.
func folder(t *testing.T, dir, format string) wiredesk.Sink {
	t.Helper()
	settings, err := json.Marshal(file.Settings{Path: dir, Format: format, Version: "3.1"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := file.New(settings, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTwoWorkersShareAFolder has two publish workers, one of which goes in the middle, and a folder that is away for a
// while: each story ends as its last revision says.
func TestTwoWorkersShareAFolder(t *testing.T) {
	d := newDesk(t)
	d.run()
	d.run()
	dir := filepath.Join(t.TempDir(), "mount")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	first := d.carry("files", folder(t, dir, "text"))
	d.carry("files", folder(t, dir, "text"))
	const stories = 20
	id := func(i int) string { return fmt.Sprintf("s%02d", i) }
	all := func(number int, event string) {
		for i := range stories {
			if event != "kill" || i%2 == 0 {
				d.article(id(i), number, event, fmt.Sprintf("%s in revision %d", id(i), number), true, "wire.sana", "place.sy")
			}
		}
	}
	all(1, "new")
	away := dir + ".away"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	all(2, "update")
	first.stop()
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	all(3, "kill")
	d.settled()
	eventually(t, "the folder is as the news are", func() bool {
		c, err := d.JS.Consumer(t.Context(), stream.NEWS, "out-files")
		return err == nil && c.CachedInfo().NumPending == 0 && c.CachedInfo().NumAckPending == 0
	})
	for i := range stories {
		doc, err := os.ReadFile(filepath.Join(dir, id(i)+".txt"))
		switch {
		case i%2 == 0 && !errors.Is(err, os.ErrNotExist):
			t.Errorf("killed %s holds %q, %v", id(i), doc, err)
		case i%2 == 1 && !strings.Contains(string(doc), "in revision 2"):
			t.Errorf("%s holds %q, %v; want its second revision", id(i), doc, err)
		}
	}
}
