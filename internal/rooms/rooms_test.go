// Package rooms_test says who may import whom: data flows one way, and a plug knows nothing of its neighbours.
package rooms_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/wiredesk/wiredesk"

// engine is the code that moves messages. Parsers and enrichers are pure and know nothing of it.
var engine = []string{
	"internal/broker", "internal/stage", "internal/commit", "internal/stream", "internal/metrics", "internal/web",
	"internal/config", "internal/line",
}

// worldly packages talk to the world or to the broker, so they may use the engine.
var worldly = []string{
	"ingest/push", "ingest/dir", "ingest/poll", "ingest/adapter", "ingest/intake", "enrich/related",
	"publish/subscriber", "publish/webhook", "publish/stream", "publish/feed", "publish/contract", "publish/file",
}

var stages = []string{"ingest", "enrich", "publish"}

// imports are the imports of each package's own code, by folder; tests are left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	walk := func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (d.Name() == "testdata" || d.Name()[0] == '.'):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all[filepath.ToSlash(dir)] = append(all[filepath.ToSlash(dir)], name)
		}
		return nil
	}
	if err := filepath.WalkDir(root, walk); err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages found under %s", len(all), root)
	}
	return all
}

func within(dir, room string) bool { return dir == room || strings.HasPrefix(dir, room+"/") }

func ours(name string) (string, bool) {
	if name == module {
		return ".", true
	}
	return strings.CutPrefix(name, module+"/")
}

func TestImportsPointOneWay(t *testing.T) {
	for dir, names := range imports(t) {
		for _, name := range names {
			to, own := ours(name)
			if why := forbidden(dir, to, name, own); why != "" {
				t.Errorf("%s imports %s: %s", dir, name, why)
			}
		}
	}
}

// forbidden says why a package may not import another; empty when it may.
func forbidden(dir, to, name string, own bool) string {
	if dir == "." {
		if own || strings.Contains(name, ".") {
			return "the root package imports the standard library only"
		}
		return ""
	}
	if !own {
		return ""
	}
	if within(to, "cmd") && !within(dir, "cmd") {
		return "nobody imports cmd"
	}
	for _, stage := range stages {
		if !within(to, stage) {
			continue
		}
		switch {
		case within(dir, "internal"):
			if !slices.Contains([]string{"internal/config", "internal/line", "internal/metrics", "internal/wirescore", "internal/score", "internal/score/fit", "internal/crash", "internal/crash/crashtest", "internal/bench"}, dir) {
				return "internal code knows no stage"
			}
		case !within(dir, "cmd") && !within(dir, stage):
			return "stages never import each other"
		}
	}
	plug := strings.Count(dir, "/") == 1 && !within(dir, "cmd") && !within(dir, "internal") && !slices.Contains(worldly, dir)
	if plug && slices.Contains(engine, to) {
		return "parsers, enrichers and writers are pure: they do not know the engine"
	}
	return ""
}

// TestTopLevel keeps the top level to what a stranger expects.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"cmd", "ingest", "enrich", "publish", "deploy", "internal"}
	for _, e := range entries {
		if e.IsDir() && e.Name()[0] != '.' && !slices.Contains(allowed, e.Name()) {
			t.Errorf("top-level folder %s: a new room needs a reason in the design", e.Name())
		}
	}
}
