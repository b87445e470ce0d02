package file

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// aside is the folder for what is not for readers: marks, and files in the making.
const aside = ".wiredesk"

const unfinished = ".tmp"

// place puts a whole file under its name in one step.
func place(root *os.Root, name string, doc []byte) error {
	draft := path.Join(aside, path.Base(name)+"."+strings.ToLower(rand.Text())+unfinished)
	if err := write(root, draft, doc); err != nil {
		_ = root.Remove(draft) // a disk that is full may take the next one
		return fmt.Errorf("file: %w", err)
	}
	if err := root.Rename(draft, name); err != nil {
		_ = root.Remove(draft)
		return fmt.Errorf("file: %w", err)
	}
	return syncFolder(root, path.Dir(name))
}

func write(root *os.Root, name string, doc []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(doc)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// take removes a story's file; one that is gone already is no error.
func take(root *os.Root, name string, a wiredesk.Article) error {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("file: %w", err)
	}
	if err := syncFolder(root, path.Dir(name)); err != nil {
		return err
	}
	return writeMark(root, name, a)
}

// syncFolder makes names durable.
func syncFolder(root *os.Root, name string) error {
	d, err := root.Open(name)
	if err != nil {
		return fmt.Errorf("file: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	return nil
}

// mark is what was last written of a story, and when the line made it.
type mark struct {
	Revision int       `json:"revision"`
	Made     time.Time `json:"made"`
}

// anew is how much later a first revision must have been made to be a story begun anew, after the line had forgotten the
// old one, and not the old one's first revision once more. Clocks of workers differ by less.
const anew = time.Hour

// covers says whether the article is no newer than what was written.
func (m mark) covers(a wiredesk.Article) bool {
	return a.Revision <= m.Revision && (a.Previous != nil || !made(a).After(m.Made.Add(anew)))
}

func made(a wiredesk.Article) time.Time {
	if n := len(a.Hops); n > 0 {
		return a.Hops[n-1].At
	}
	return time.Time{}
}

// readMark is the mark of a file; one that is missing or cannot be understood covers nothing.
func readMark(root *os.Root, name string) (mark, error) {
	doc, err := root.ReadFile(path.Join(aside, name))
	if errors.Is(err, fs.ErrNotExist) {
		return mark{}, nil
	}
	if err != nil {
		return mark{}, fmt.Errorf("file: %w", err)
	}
	var m mark
	if json.Unmarshal(doc, &m) != nil {
		return mark{}, nil
	}
	return m, nil
}

func writeMark(root *os.Root, name string, a wiredesk.Article) error {
	doc, err := json.Marshal(mark{a.Revision, made(a)})
	if err != nil {
		return fmt.Errorf("file: %w", err)
	}
	return place(root, path.Join(aside, name), doc)
}
