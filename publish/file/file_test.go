package file_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/newsmlg2"
	"github.com/wiredesk/wiredesk/ingest/ninjs"
	"github.com/wiredesk/wiredesk/ingest/nitf"
	"github.com/wiredesk/wiredesk/publish/file"
)

const story = "kq3mlighthouse22keeper44"

// open makes a sink on a folder, with more settings as JSON members.
func open(t testing.TB, dir, more string) wiredesk.Sink {
	t.Helper()
	path, err := json.Marshal(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := file.New(json.RawMessage(`{"path":`+string(path)+more+`}`), zerolog.New(zerolog.NewTestWriter(t)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// revision is an article as NEWS carries it; a notice has no text.
func revision(number int, event, words string) wiredesk.Article {
	made := time.Date(2026, 3, 5, 9, number, 0, 0, time.UTC)
	a := wiredesk.Article{Provider: "kestrel", Feed: "kestrel-en", Story: story, Revision: number, Event: event, Attributions: []wiredesk.Attribution{}}
	a.Hops = []wiredesk.Hop{{Stage: "enrich", At: made}}
	a.Item = wiredesk.Item{URI: "urn:kestrel:keeper", Version: string(rune('0' + number)), Type: "text", VersionCreated: made, Language: "en"}
	if number > 1 {
		a.Previous = &wiredesk.Previous{Revision: number - 1}
	}
	switch event {
	case wiredesk.EventKill:
		a.Item.PubStatus, a.Item.EdNote = wiredesk.Canceled, "Kill: the lamp was never out."
	case wiredesk.EventWithhold, wiredesk.EventEmbargo:
		a.Item.PubStatus = wiredesk.Withheld
	default:
		a.Item.PubStatus, a.Text = wiredesk.Usable, "Keeper relights the lamp\n\n"+words
		a.Item.Headlines = []wiredesk.Content{{Value: "Keeper relights the lamp"}}
		a.Item.Bodies = []wiredesk.Content{{ContentType: "text/plain", Value: words}}
	}
	return a
}

func deliver(t *testing.T, s wiredesk.Sink, articles ...wiredesk.Article) {
	t.Helper()
	for _, a := range articles {
		if err := s.Deliver(t.Context(), a); err != nil {
			t.Fatalf("revision %d: %v", a.Revision, err)
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
}

// files are the names a reader of the folder sees.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name()[0] != '.' {
			names = append(names, e.Name())
		}
	}
	return names
}

// status reads a document as its own parser does.
func status(t *testing.T, parse wiredesk.Parser, doc string) string {
	t.Helper()
	stories, err := parse(wiredesk.Raw{Provider: "kestrel", Bytes: []byte(doc), Received: time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)})
	if err != nil || len(stories) != 1 {
		t.Fatalf("%d stories, %v from\n%s", len(stories), err, doc)
	}
	return stories[0].Item.Status()
}

func envelope(r wiredesk.Raw) ([]wiredesk.Story, error) {
	var a wiredesk.Article
	err := json.Unmarshal(r.Bytes, &a)
	return []wiredesk.Story{{Item: a.Item}}, err
}

func TestEveryFormatFollowsAStoryToItsEnd(t *testing.T) {
	for _, c := range []struct {
		format, more, name string
		parse              wiredesk.Parser
	}{
		{"article", "", ".json", envelope},
		{"ninjs", "", ".ninjs.json", ninjs.Parse},
		{"ninjs 2", `,"version":"2.1"`, ".ninjs.json", ninjs.Parse},
		{"ninjs 1", `,"version":"1.4"`, ".ninjs.json", ninjs.Parse},
		{"newsmlg2", "", ".newsml.xml", newsmlg2.Parse},
		{"nitf", "", ".nitf.xml", nitf.Parse},
	} {
		for event, want := range map[string]string{wiredesk.EventKill: wiredesk.Canceled, wiredesk.EventWithhold: wiredesk.Withheld} {
			t.Run(c.format+" "+event, func(t *testing.T) {
				dir, name := t.TempDir(), story+c.name
				format, _, _ := strings.Cut(c.format, " ")
				s := open(t, dir, `,"format":"`+format+`"`+c.more)
				deliver(t, s, revision(1, wiredesk.EventNew, "He climbed the stairs at dusk."))
				if doc := read(t, dir, name); !strings.Contains(doc, "at dusk") || status(t, c.parse, doc) != wiredesk.Usable {
					t.Errorf("a new story is\n%s", doc)
				}
				deliver(t, s, revision(2, wiredesk.EventCorrection, "He climbed the stairs at dawn."))
				doc := read(t, dir, name)
				if strings.Contains(doc, "at dusk") || !strings.Contains(doc, "at dawn") {
					t.Errorf("a correction is\n%s", doc)
				}
				if signal := strings.Contains(doc, `<signal qcode="sig:correction"`); signal != (format == "newsmlg2") {
					t.Errorf("sig:correction %v in\n%s", signal, doc)
				}
				deliver(t, s, revision(3, event, ""))
				doc = read(t, dir, name)
				if strings.Contains(doc, "stairs") || strings.Contains(doc, "lamp\"") || status(t, c.parse, doc) != want {
					t.Errorf("the notice of a %s is\n%s", event, doc)
				}
				if got := files(t, dir); !slices.Equal(got, []string{name}) {
					t.Errorf("the folder holds %q, want one file", got)
				}
			})
		}
	}
}

func TestRemovedWhereAskedForAndOfText(t *testing.T) {
	for more, name := range map[string]string{`,"format":"text"`: ".txt", `,"format":"nitf","kill":"remove"`: ".nitf.xml"} {
		for _, event := range []string{wiredesk.EventKill, wiredesk.EventWithhold, wiredesk.EventEmbargo} {
			dir := t.TempDir()
			s := open(t, dir, more)
			deliver(t, s, revision(1, wiredesk.EventNew, "He climbed."))
			if doc := read(t, dir, story+name); !strings.Contains(doc, "He climbed.") {
				t.Errorf("%s: new is %q", more, doc)
			}
			gone := revision(2, event, "")
			deliver(t, s, gone, gone)
			if got := files(t, dir); len(got) != 0 {
				t.Errorf("%s: after a %s the folder holds %q", more, event, got)
			}
			deliver(t, s, revision(1, wiredesk.EventNew, "He climbed."))
			if got := files(t, dir); len(got) != 0 {
				t.Errorf("%s: a late first revision brought %q back", more, got)
			}
		}
	}
}

func TestNeverAnOlderRevisionOverANewerOne(t *testing.T) {
	dir := t.TempDir()
	first, second := revision(1, wiredesk.EventNew, "At dusk."), revision(2, wiredesk.EventUpdate, "At dawn.")
	deliver(t, open(t, dir, `,"format":"text"`), second)
	s := open(t, dir, `,"format":"text"`) // as after a restart
	deliver(t, s, first, second, first)
	if doc := read(t, dir, story+".txt"); !strings.Contains(doc, "At dawn.") {
		t.Errorf("the file is %q, want the second revision", doc)
	}
	name := filepath.Join(dir, story+".txt")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	deliver(t, s, first, second)
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("what a reader took away came again: %q", got)
	}
	deliver(t, s, revision(3, wiredesk.EventUpdate, "At noon."))
	if doc := read(t, dir, story+".txt"); !strings.Contains(doc, "At noon.") {
		t.Errorf("the file is %q, want the third revision", doc)
	}
	anew := revision(1, wiredesk.EventNew, "A year on.")
	anew.Hops[0].At = anew.Hops[0].At.AddDate(1, 0, 0)
	deliver(t, s, anew)
	if doc := read(t, dir, story+".txt"); !strings.Contains(doc, "A year on.") {
		t.Errorf("the file is %q, want the story that began anew after the line had forgotten it", doc)
	}
}
