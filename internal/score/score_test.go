package score_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/score"
)

var shared = filepath.Join("..", "..", "..", "shared")

func reader(t testing.TB) score.Reader {
	t.Helper()
	read, err := score.Engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func print(t *testing.T, table *score.Table) {
	t.Helper()
	var b strings.Builder
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
}

func half() score.Half {
	if os.Getenv("WIREDESK_TUNING") != "" {
		return score.Tuning
	}
	return score.Held
}

func corpus(t *testing.T, name string, measure func(path string, half score.Half, read score.Reader) (*score.Table, error)) *score.Table {
	t.Helper()
	path := filepath.Join(shared, "corpora", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("../shared/corpora/%s is absent: %v", name, err)
	}
	table, err := measure(path, half(), reader(t))
	if err != nil {
		t.Fatal(err)
	}
	print(t, table)
	return table
}

func atLeast(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want {
		t.Errorf("%s: got %.3f, want at least %.3f", what, got, want)
	}
}

// The floors lie a little under what the rules reach on the held halves, so that a rule that costs something is seen.

func TestFakes(t *testing.T) {
	table := corpus(t, "fakes/articles.jsonl", score.Fakes)
	atLeast(t, "precision of credited outlets of the key", table.Total("credited outlets, those of the key").Precision(), 0.8)
	atLeast(t, "recall of credited outlets", table.Total("credited outlets of a document").Recall(), 0.9)
}

func TestReuters(t *testing.T) {
	table := corpus(t, "reuters21578/stories.jsonl", score.Reuters)
	atLeast(t, "recall of datelines", table.Total("dateline, exact").Recall(), 0.985)
	atLeast(t, "precision of the agency of origin", table.Total("agency of origin").Precision(), 0.99)
	atLeast(t, "recall of the agency of origin", table.Total("agency of origin").Recall(), 0.92)
	atLeast(t, "paragraphs without a false dateline", table.Total("no dateline in later paragraphs").Precision(), 0.998)
}

func TestPolNeAR(t *testing.T) {
	table := corpus(t, "polnear/train.jsonl", score.PolNeAR)
	atLeast(t, "exact F1 of source", table.Total("source, exact").F1(), 0.585)
	atLeast(t, "exact F1 of cue", table.Total("cue, exact").F1(), 0.535)
	atLeast(t, "overlap F1 of content", table.Total("content, overlap").F1(), 0.655)
	atLeast(t, "share right where confidence is .9 or more", table.Total("right where confidence ≥ .9").Precision(), 0.935)
}

func TestGerman(t *testing.T) {
	table := corpus(t, "german-quotes/train.jsonl", score.German)
	atLeast(t, "overlap F1 of content", table.Total("content, overlap").F1(), 0.4)
}

func TestSeed(t *testing.T) {
	dir := filepath.Join(shared, "seed")
	stories, err := score.Stories(dir)
	if err != nil {
		t.Skipf("../shared/seed is absent: %v", err)
	}
	read := reader(t)
	print(t, score.Own(stories, read))
	s := stories[0]
	a := read(s.Text)
	found, _ := score.Match(s.Text, a.Attributions, s.Gold.Attributions)
	right := 0
	for i, f := range found {
		if f >= 0 {
			right++
		} else {
			g := s.Gold.Attributions[i]
			t.Logf("not found: %s %s %q", g.ID, g.Role, g.Source.Name)
		}
	}
	if right < 29 {
		t.Errorf("got %d of %d attributions, want 29", right, len(found))
	}
	if got, want := strings.Join(score.Credited(&a), " "), strings.Join(s.Gold.Outlets, " "); got != want {
		t.Errorf("got outlets %s, want %s", got, want)
	}
	if d := a.Dateline; d == nil || d.Span != s.Gold.Dateline.Span || d.City != "Bishkek" || d.Country != "KG" || d.Date != "" {
		t.Errorf("got dateline %+v, want %+v", d, s.Gold.Dateline)
	}
	if b := a.Byline; b == nil || b.Name != s.Gold.Byline.Name || b.Span != s.Gold.Byline.Span {
		t.Errorf("got byline %+v, want %+v", b, s.Gold.Byline)
	}
	for i, g := range s.Gold.Sections {
		if i >= len(a.Sections) || a.Sections[i] != g.Part {
			t.Errorf("section %d: got %+v, want %+v", i, a.Sections, g.Part)
		}
	}
	mustNot(t, s, &a)
}

// mustNot holds the article to what the gold forbids.
func mustNot(t *testing.T, s score.Story, a *wiredesk.Article) {
	t.Helper()
	for _, at := range a.Attributions {
		if at.Role == wiredesk.RoleOrigin {
			t.Errorf("got an agency of origin, %q; the text names none", at.Source.Name)
		}
		for _, m := range s.Gold.MustNot {
			if m.Span == nil {
				continue
			}
			source := at.Source.Span
			if m.What == "speaker" && source == *m.Span || m.What == "credited outlet" && source.Overlaps(*m.Span) {
				t.Errorf("%s %q: %s", at.Role, source.In(s.Text), m.Why)
			}
			for _, c := range at.Content {
				if m.What == "unattributed background" && c.Overlaps(*m.Span) {
					t.Errorf("%s %q covers background: %s", at.Role, at.Source.Name, m.Why)
				}
			}
		}
	}
}
