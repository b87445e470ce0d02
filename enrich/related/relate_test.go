package related_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/enrich/related"
)

func card(t *testing.T, story, provider, text string, minute int) related.Card {
	t.Helper()
	s, ok := related.Of(text)
	if !ok {
		t.Fatalf("no sketch of %.40q", text)
	}
	at := time.Date(2026, 1, 2, 3, minute, 0, 0, time.UTC)
	return related.Card{Story: story, Provider: provider, First: at, Latest: at, Sketch: s}
}

// long is invented text of so many sentences, no two alike.
func long(seed string, sentences int) string {
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "In chapter %d of %s the clerk counted %d barrels, %d sacks and one %s lamp. ", i, seed, i*7, i*13, seed)
	}
	return b.String()
}

func TestRelate(t *testing.T) {
	whole := long("amber", 40)
	for _, c := range []struct {
		name, provider, text, other, otherText, want string
	}{
		{"same text elsewhere", "north", whole, "south", whole, related.Duplicate},
		{"same text, other marks and case", "north", whole, "south", strings.ToUpper(strings.ReplaceAll(whole, ",", ";")), related.Duplicate},
		{"a new last paragraph elsewhere", "north", whole + long("copper", 2), "south", whole, related.Duplicate},
		{"the same agency goes on", "north", whole + long("copper", 2), "north", whole, related.Update},
		{"the same agency corrects a word", "north", strings.Replace(whole, "sacks", "bags", 1), "north", whole, related.Update},
		{"the same agency sends it twice", "north", whole, "north", whole, related.Duplicate},
		{"shortened elsewhere", "north", long("amber", 28), "south", whole, related.Reprint},
		{"a small part elsewhere", "north", long("amber", 12), "south", whole, related.Excerpt},
		{"another story", "north", long("copper", 40), "south", whole, ""},
	} {
		mine, other := card(t, "a", c.provider, c.text, 9), card(t, "b", c.other, c.otherText, 5)
		if got, score := related.Relate(&mine, &other); got != c.want {
			t.Errorf("%s: %q, %.2f; want %q", c.name, got, score, c.want)
		}
	}
}

func TestAnUpdateOfTheSameAgencyElsewhereIsNoDuplicate(t *testing.T) {
	whole := long("amber", 30)
	later, before := card(t, "a", "paper", whole+long("copper", 9), 9), card(t, "b", "radio", whole, 5)
	later.Agency, before.Agency = 77, 77
	if got, score := related.Relate(&later, &before); got != related.Update {
		t.Errorf("%q, %.2f; want an update", got, score)
	}
}

func TestShortCopyHasNoSketch(t *testing.T) {
	if _, ok := related.Of("Bridge closed after crash", "Nobody was hurt"); ok {
		t.Error("a sketch of eight words; want none: it would meet everything")
	}
}

func TestIndexPutsWhoWasFirstFirst(t *testing.T) {
	x := related.New(related.Options{})
	text := long("amber", 10)
	for _, c := range []related.Card{card(t, "second", "south", text, 20), card(t, "first", "north", text, 10), card(t, "third", "west", text, 30)} {
		x.Add(c)
	}
	got := x.Find(card(t, "new", "east", text, 40))
	if len(got) != 3 || got[0].Story != "first" || got[2].Story != "third" {
		t.Errorf("found %v; want first, second, third", got)
	}
}

func TestARevisionKeepsWhenItsStoryWasFirst(t *testing.T) {
	x := related.New(related.Options{})
	text := long("amber", 10)
	x.Add(card(t, "first", "north", text, 10))
	x.Add(card(t, "second", "south", text, 20))
	x.Add(card(t, "first", "north", text, 50))
	got := x.Find(card(t, "new", "east", text, 55))
	if len(got) != 2 || got[0].Story != "first" {
		t.Errorf("found %v; want the story that came first, then the other, each once", got)
	}
}

func TestIndexForgets(t *testing.T) {
	x := related.New(related.Options{Window: time.Hour})
	text := long("amber", 10)
	old := card(t, "old", "north", text, 0)
	x.Add(old)
	fresh := card(t, "new", "south", text, 0)
	fresh.Latest = old.Latest.Add(61 * time.Minute)
	if got := x.Find(fresh); len(got) != 0 {
		t.Errorf("found %v; want nothing older than an hour", got)
	}
	for i := range 30 {
		c := card(t, fmt.Sprint("s", i), "north", long(fmt.Sprint("x", i), 5), 0)
		c.Latest = old.Latest.Add(time.Duration(i) * 10 * time.Minute)
		x.Add(c)
	}
	if n := x.Len(); n > 9 {
		t.Errorf("%d stories remembered; want about an hour of them", n)
	}
}

func TestIndexIsBounded(t *testing.T) {
	x := related.New(related.Options{Most: 60})
	for i := range 300 {
		x.Add(card(t, fmt.Sprint("s", i), "north", long(fmt.Sprint("x", i), 3), i%50))
	}
	if n := x.Len(); n > 70 {
		t.Errorf("%d stories remembered; want about 60", n)
	}
}

func BenchmarkEnrich(b *testing.B) {
	x := related.New(related.Options{})
	texts := make([]string, 2048)
	for i := range texts {
		texts[i] = long(fmt.Sprint("seed", i), 55)[:4096]
	}
	b.SetBytes(4096)
	now := time.Now()
	for i := 0; b.Loop(); i++ {
		a := article("north", fmt.Sprint("urn:", i%len(texts)), texts[i%len(texts)], now)
		if err := x.Enrich(b.Context(), nil, &a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	text := long("amber", 55)[:4096]
	b.SetBytes(4096)
	for b.Loop() {
		related.Of(text)
	}
}
