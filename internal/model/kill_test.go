package model_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// everywhere lets every story go to twenty subjects: its wire, its language and eighteen countries.
func everywhere() enrich.Enricher {
	return enrich.Enricher{
		Name: "places", Enrich: func(_ context.Context, _ *lexicon.View, a *wiredesk.Article) error {
			a.Places = nil
			for i := range 18 {
				a.Places = append(a.Places, wiredesk.Place{Name: "somewhere", Country: "a" + string(rune('a'+i))})
			}
			return nil
		},
		Take: func(to, from *wiredesk.Article) { to.Places = from.Places },
	}
}

// TestKillProof kills every one of many stories at a random moment of its way to twenty subjects and five outputs, of
// which one is dead and one is slow: once the line has settled no word of any of them can be had, and whoever had one has
// the notice or is listed. The long form: go test ./internal/model -run KillProof -long -v.
func TestKillProof(t *testing.T) {
	together(t)
	n := 120
	if *long {
		n = 1000
	}
	l := newLine(t)
	defer l.end()
	l.chain.Enrichers = []enrich.Enricher{everywhere()}
	l.crashes.Store(8)
	for range 2 {
		l.enrich()
		l.publish()
	}
	removed, replaced := l.folder("removed"), l.articles("replaced")
	quick, slow := l.record("quick"), l.slow("slow")
	l.output("dead", sink(func(context.Context, wiredesk.Article) error { return fmt.Errorf("nobody answers") }))
	began := time.Now()
	l.killAtRandom(n)
	l.crashes.Store(0)
	alive := []string{"quick", "slow", "removed", "replaced"}
	var ways []string
	for _, name := range alive {
		ways = append(ways, stream.OutputPrefix+name)
	}
	eventually(t, "the line settles", 4*time.Minute, func() bool { return l.quiet(stages(ways...)) })
	took := time.Since(began)

	messages := l.noWord(n)
	files := noWordIn(t, removed) + noWordIn(t, replaced)
	sent := map[string]map[string][]sight{"quick": quick.sights(), "slow": slow.sights()}
	for i := range n {
		subject := "news.wire.model." + wiredesk.StoryID("model", killURI(i))
		for name, all := range sent {
			if seen := all[subject]; len(seen) == 0 || seen[len(seen)-1].token != "" {
				t.Errorf("output %s was last sent of story %d: %v; want the notice", name, i, seen)
			}
		}
	}
	all, err := kills.New(l.JS).Outstanding(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, x := range all {
		by[x.Sink]++
	}
	if by["dead"] != n || len(by) != 1 {
		t.Errorf("outstanding are %v; want %d of the dead output, and nothing else", by, n)
	}
	t.Logf("%d stories, 20 subjects and 5 outputs each, killed at random moments: %d messages in NEWS and %d files, no killed word; outstanding %v; settled in %s",
		n, messages, files, by, took.Round(time.Millisecond))
}

func killURI(i int) string { return fmt.Sprintf("urn:kill:%d", i) }

// killAtRandom pushes stories, some of them twice, and kills each, by its sender's word or the operator's.
func (l *line) killAtRandom(n int) {
	var busy sync.WaitGroup
	turns := make(chan int)
	for range 24 {
		busy.Go(func() {
			for i := range turns {
				l.pushAndKill(i)
			}
		})
	}
	for i := range n {
		turns <- i
	}
	close(turns)
	busy.Wait()
}

func (l *line) pushAndKill(i int) {
	h := history{uri: killURI(i)}
	pause := func() { <-time.After(time.Duration(rand.IntN(120)) * time.Millisecond) }
	after := uint64(0)
	for v := range 1 + rand.IntN(3) {
		s := step{doc: doc{Version: v + 1, Lang: "en", Token: fmt.Sprintf("token%dx%dend", i, v)}}
		body, _ := s.body(h.uri, time.Now())
		after = l.push("first", h.story(), after, body)
		pause()
	}
	if i%2 == 0 {
		s := step{doc: doc{Version: 1, Lang: "en", Token: fmt.Sprintf("token%dx9end", i), Status: wiredesk.Canceled}}
		body, _ := s.body(h.uri, time.Now())
		l.push("first", h.story(), after, body)
		return
	}
	e := edict.Edict{Act: edict.Kill, URI: h.uri, Provider: "model", Reason: "a wrong name", By: "night desk"}
	eventually(l.t, "the operator's kill", 30*time.Second, func() bool {
		_, err := edict.Issue(l.t.Context(), l.JS, e)
		return err == nil
	})
}

// noWord searches everything that subscribers may read, and returns how much that is. Each story stands as one notice on
// each of its twenty subjects.
func (l *line) noWord(n int) int {
	l.t.Helper()
	all := l.stored(stream.NEWS, "news.>")
	count := map[string]int{}
	for _, m := range all {
		if found := tokens.FindString(fmt.Sprint(m.Subject(), m.Headers(), string(m.Data()))); found != "" {
			l.t.Errorf("%s has %q", m.Subject(), found)
		}
		if m.Headers().Get(stream.HEvent) == wiredesk.EventKill {
			count[stream.LastToken(m.Subject())]++
		}
	}
	for i := range n {
		if got := count[wiredesk.StoryID("model", killURI(i))]; got != 20 {
			l.t.Errorf("story %d stands as a notice on %d subjects; want 20", i, got)
		}
	}
	return len(all)
}

// noWordIn searches a folder and everything below it, and returns how many files there are.
func noWordIn(t *testing.T, dir string) int {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		body, err := os.ReadFile(path)
		if found := tokens.FindString(string(body)); found != "" {
			t.Errorf("%s has %q", strings.TrimPrefix(path, dir), found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
