// Package file writes the news into a folder, one file a story: an update replaces the file, and a kill puts the notice
// in its place or takes it away.
//
// A file is whole whenever it can be seen: it is written aside, synced and renamed. The folder .wiredesk inside keeps
// which revision of each story was written, so that whoever takes files out of the folder may move or delete them.
package file

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/format"
)

// Settings are those of one folder.
type Settings struct {
	Path    string `json:"path"`    // an existing folder
	Format  string `json:"format"`  // article, ninjs, newsmlg2, nitf, text
	Version string `json:"version"` // of ninjs, 1.0 to 3.1
	Kill    string `json:"kill"`    // replace, remove; empty: what the format can do
}

// Values of Settings.Kill.
const (
	Replace = "replace" // the notice takes the place of the text
	Remove  = "remove"  // the file goes
)

// Defaults are the settings of a folder that says nothing but its path.
func Defaults() Settings { return Settings{Format: "article", Version: "3.1"} }

// Folder is a [wiredesk.Sink] that keeps one file for each story, named STORY.EXTENSION. Several processes may share a
// folder as long as they deliver each story one after another.
type Folder struct {
	Settings
	format format.Format
	log    zerolog.Logger

	mu    sync.Mutex
	lost  map[string]bool // fields that were told
	swept time.Time
}

// New makes a folder from its settings and touches no disk: a folder that is not there yet makes deliveries fail until
// it is. An error about a setting begins with the setting's name.
func New(settings json.RawMessage, log zerolog.Logger) (wiredesk.Sink, error) {
	s := Defaults()
	if err := wiredesk.Settings(settings, &s); err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	if s.Path == "" {
		return nil, errors.New("a folder without a path: add path: …, an existing folder")
	}
	f, err := format.Find(s.Format, s.Version)
	if err != nil {
		return nil, err
	}
	switch {
	case s.Kill == "" && f.Canceled:
		s.Kill = Replace
	case s.Kill == "":
		s.Kill = Remove
	case s.Kill != Replace && s.Kill != Remove:
		return nil, fmt.Errorf("kill: %q is neither replace nor remove", s.Kill)
	case s.Kill == Replace && !f.Canceled:
		return nil, fmt.Errorf("kill: %s cannot say that a story is killed: use remove", s.Format)
	}
	return &Folder{Settings: s, format: f, log: log, lost: map[string]bool{}}, nil
}

// Deliver writes the article's file, or takes it away. An article of a revision that was written before, or older, is
// left alone. It returns nil once the change is on disk.
func (f *Folder) Deliver(_ context.Context, a wiredesk.Article) error {
	if !plain(a.Story) {
		return fmt.Errorf("file: story %.80q cannot name a file: %w", a.Story, wiredesk.ErrUndeliverable)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	root, err := os.OpenRoot(f.Path)
	if err != nil {
		return fmt.Errorf("file: the folder is not there, or closed to us: %w", err)
	}
	defer func() { _ = root.Close() }()
	if err := root.Mkdir(aside, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("file: the folder takes nothing: %w", err)
	}
	f.sweep(root)
	name := a.Story + "." + f.format.Extension
	had, err := readMark(root, name)
	if err != nil || had.covers(a) {
		return err
	}
	return f.put(root, name, a)
}

// put brings the file of a story to the article's state. A notice that cannot be written still ends the text.
func (f *Folder) put(root *os.Root, name string, a wiredesk.Article) error {
	if notice(a) && f.Kill == Remove {
		return take(root, name, a)
	}
	doc, lost, err := f.format.Encode(a)
	if err != nil {
		if notice(a) {
			if err := take(root, name, a); err != nil {
				return err
			}
		}
		return fmt.Errorf("file: %w: %w", err, wiredesk.ErrUndeliverable)
	}
	f.tell(lost)
	if err := place(root, name, doc); err != nil {
		return err
	}
	return writeMark(root, name, a)
}

// notice says that the article stands for text that is to be seen no more.
func notice(a wiredesk.Article) bool { return a.Event == wiredesk.EventKill || a.Held() }

// tell logs each field that the format cannot carry, once.
func (f *Folder) tell(lost []string) {
	for _, field := range lost {
		if !f.lost[field] {
			f.lost[field] = true
			f.log.Debug().Str("format", f.Format).Str("field", field).Msg("the format has no place for a field")
		}
	}
}

// plain says whether a story's id may be a file's name: the line's own ids are.
func plain(story string) bool {
	return story != "" && len(story) <= 80 && strings.Trim(story, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}
