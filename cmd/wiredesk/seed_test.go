package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// seedFolder is the annotated article that lies beside the repository.
func seedFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "seed")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("../shared/seed is absent: the annotated article to compare with")
	}
	return dir
}

type gold struct {
	Dateline struct {
		wiredesk.Span
		City, Country string
	}
	Byline struct {
		wiredesk.Span
		Name string
	}
	Sections     []wiredesk.Part
	Attributions []struct {
		Role   string
		Source wiredesk.Source
	}
}

func readGold(t *testing.T, dir string) (string, gold) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "sco-summit.txt"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(dir, "sco-summit.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(key, &g); err != nil {
		t.Fatal(err)
	}
	return string(text), g
}

// TestSeed sends the annotated article down the whole line, over HTTP and over NATS, and holds every copy that comes out
// against the annotation.
func TestSeed(t *testing.T) {
	text, want := readGold(t, seedFolder(t))
	s := serve(t)
	nc, err := nats.Connect(s.NATS)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if code, answer := curl(t, s.HTTP+"/v1/push/curled", text); code != 202 {
		t.Fatalf("HTTP: %d %s", code, answer)
	}
	if m, err := nc.Request("wire.push.requested", []byte(text), 10*time.Second); err != nil || m.Header.Get("Nats-Service-Error-Code") != "" {
		t.Fatalf("NATS: %v, %v", m, err)
	}
	for _, feed := range []string{"curled", "requested"} {
		story := ""
		for _, subject := range []string{"news.wire." + feed + ".*", "news.source.sana.*", "news.source.press-tv.*", "news.source.tass.*"} {
			a := firstOf(t, nc, subject, feed)
			if story == "" {
				story = a.Story
			}
			if a.Story != story || a.Text != text {
				t.Errorf("%s: story %s with %d bytes of text; want %s and the article", subject, a.Story, len(a.Text), story)
			}
			compareSeed(t, subject, a, want)
		}
	}
}

// firstOf is the first article of a feed at a subject.
func firstOf(t *testing.T, nc *nats.Conn, subject, feed string) wiredesk.Article {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var found wiredesk.Article
	err := subscriber.Follow(ctx, nc, subscriber.Options{Subjects: []string{subject}, From: subscriber.All}, func(_ context.Context, d subscriber.Delivery) error {
		if d.Article.Feed == feed {
			found = d.Article
			cancel()
		}
		return nil
	})
	if err != nil || found.Story == "" {
		t.Fatalf("%s: nothing of %s: %v", subject, feed, err)
	}
	return found
}

func compareSeed(t *testing.T, subject string, a wiredesk.Article, want gold) {
	t.Helper()
	if d := a.Dateline; d == nil || d.Span != want.Dateline.Span || d.City != want.Dateline.City || d.Country != want.Dateline.Country || d.Date != "" {
		t.Errorf("%s: dateline %+v; want %+v", subject, d, want.Dateline)
	}
	if b := a.Byline; b == nil || b.Span != want.Byline.Span || b.Name != want.Byline.Name {
		t.Errorf("%s: byline %+v; want %+v", subject, b, want.Byline)
	}
	if len(a.Sections) != len(want.Sections) {
		t.Fatalf("%s: %d sections; want %d", subject, len(a.Sections), len(want.Sections))
	}
	outlets := map[string]wiredesk.Span{}
	for _, at := range a.Attributions {
		if at.Role == wiredesk.RoleCited || at.Role == wiredesk.RoleOrigin {
			outlets[at.Source.ID] = at.Source.Span
		}
	}
	n := 0
	for _, at := range want.Attributions {
		if at.Role != wiredesk.RoleCited {
			continue
		}
		if got := outlets[at.Source.ID]; got != at.Source.Span {
			t.Errorf("%s: %s credited at %v; want %v", subject, at.Source.ID, got, at.Source.Span)
		}
		if section := a.Sections[n]; section.Title != want.Sections[n].Title || !section.Covers(at.Source.Span) {
			t.Errorf("%s: %s stands outside section %d, %q", subject, at.Source.ID, n, section.Title)
		}
		n++
	}
	if len(outlets) != n {
		t.Errorf("%s: credits %v; want the three of the text and no publisher", subject, outlets)
	}
}
