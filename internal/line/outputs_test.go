package line_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/file"
)

func folder(name, path, format string, subjects ...string) config.Output {
	return config.Output{
		Name: name, Kind: "file", From: "current", Subjects: subjects, Settings: file.Settings{Path: path, Format: format, Version: "3.1"},
	}
}

func mill(number, version int, status, words string) string {
	return fmt.Sprintf(`{"uri":"urn:mill:%d","standard":{"name":"ninjs","version":"3.1"},"type":"text","version":"%d","pubStatus":%q,
		"versionCreated":"2031-04-07T10:0%d:00Z","language":"en","headlines":[{"value":"Mill wheel"}],
		"bodies":[{"contentType":"text/plain","value":%q}]}`, number, version, status, version, words)
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s", what)
		}
		<-time.After(10 * time.Millisecond)
	}
}

// held is what the one file of that ending in the folder says; empty where there is none.
func held(dir, ending string) string {
	names, err := filepath.Glob(filepath.Join(dir, "*"+ending))
	if err != nil || len(names) != 1 {
		return ""
	}
	doc, _ := os.ReadFile(names[0])
	return string(doc)
}

// TestOutputsFollowAStoryThroughTheLine has one folder that is missing beside three that work.
func TestOutputsFollowAStoryThroughTheLine(t *testing.T) {
	c := settings(t)
	one, two, missing := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "mount")
	c.Outputs = []config.Output{
		folder("desk", one, "newsmlg2"), folder("plain", two, "text", "news.lang.en.*"), folder("away", missing, "article"),
		folder("other", two, "ninjs", "news.lang.fr.*"),
	}
	r := start(t, c, line.Everything()...)
	send := func(version int, status, words string) {
		t.Helper()
		if _, err := push(t, r, "harbour", mill(1, version, status, words), adapter.Document{}); err != nil {
			t.Fatal(err)
		}
	}
	send(1, "usable", "The wheel turned at dusk.")
	until(t, "both folders have the story", func() bool {
		return strings.Contains(held(one, ".newsml.xml"), "at dusk") && strings.Contains(held(two, ".txt"), "at dusk")
	})
	send(2, "usable", "The wheel turned at dawn.")
	until(t, "both folders have the update", func() bool {
		return strings.Contains(held(one, ".newsml.xml"), "at dawn") && strings.Contains(held(two, ".txt"), "at dawn")
	})
	send(3, "canceled", "")
	until(t, "the kill ends the text", func() bool {
		doc := held(one, ".newsml.xml")
		return strings.Contains(doc, `qcode="stat:canceled"`) && !strings.Contains(doc, "wheel turned") && held(two, ".txt") == ""
	})
	if held(two, ".ninjs.json") != "" {
		t.Error("a story went to a subject that it is not on")
	}
	for _, want := range []string{
		`wiredesk_deliveries_total{outcome="delivered",output="desk"} 3`, `wiredesk_deliveries_total{outcome="retried",output="away"}`,
		`wiredesk_delivery_seconds_count{output="plain"} 3`, `wiredesk_lag_messages{stage="out-desk"} 0`, `wiredesk_in_hand_messages{stage="out-away"} 1`,
	} {
		until(t, "the figures say "+want, func() bool {
			_, body := get(t, r.at.HTTP+"/metrics")
			return strings.Contains(body, want)
		})
	}
	if err := os.Mkdir(missing, 0o755); err != nil {
		t.Fatal(err)
	}
	until(t, "the folder that came back has the notice", func() bool { return strings.Contains(held(missing, ".json"), `"event":"kill"`) })
	if doc := held(missing, ".json"); strings.Contains(doc, "wheel turned") {
		t.Errorf("the folder that came back holds killed text:\n%s", doc)
	}
}

// TestPublishWorkersShareOutputs stops one of two publish workers in the middle.
func TestPublishWorkersShareOutputs(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	dir := t.TempDir()
	elsewhere := func() *config.Config {
		c := settings(t)
		c.NATS.URL, c.Outputs = b.Server.URL(), []config.Output{folder("files", dir, "text")}
		return c
	}
	in := start(t, elsewhere(), line.Ingest, line.Enrich)
	first := start(t, elsewhere(), line.Publish)
	start(t, elsewhere(), line.Publish)
	const stories, versions = 10, 3
	for v := 1; v <= versions; v++ {
		for n := range stories {
			if _, err := push(t, in, "harbour", mill(n, v, "usable", fmt.Sprintf("Wheel %d, take %d.", n, v)), adapter.Document{}); err != nil {
				t.Fatal(err)
			}
		}
		if v == 2 {
			if err := first.stop(); err != nil {
				t.Errorf("Run = %v", err)
			}
		}
	}
	until(t, "every file says the last version", func() bool {
		names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil || len(names) != stories {
			return false
		}
		for _, name := range names {
			if doc, err := os.ReadFile(name); err != nil || !strings.Contains(string(doc), fmt.Sprintf("take %d.", versions)) {
				return false
			}
		}
		return true
	})
}
