package enrich_test

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

// tagged is invented copy in several scripts, with every kind of tag in it.
const tagged = "URGENT - Envoys meet in Geneva\n\nGENEVA, June 3 (AFP) - Russian Foreign Minister Sergei Lavrov and the Syrian government's envoy, " +
	"Robert Halloway, discussed a ceasefire on Monday, the United Nations said. Halloway left for Damascus.\n\n" +
	"قال وزير الري محمد الدباس في دمشق إن مجلس الأمن سيناقش وقف إطلاق النار.\n\n" +
	"Путин обсудил санкции с Эрдоганом в Анкаре.\n\n习近平在北京会见普京，讨论地震救援。"

func tags(t testing.TB, lex *lexicon.Lexicon, text string) wiredesk.Article {
	t.Helper()
	v := lex.Read(text)
	defer v.Release()
	a := wiredesk.Article{Text: text}
	for _, e := range enrich.Enrichers() {
		if err := e.Enrich(t.Context(), v, &a); err != nil {
			t.Fatalf("%s: %v", e.Name, err)
		}
	}
	return a
}

func spans(a *wiredesk.Article) []wiredesk.Span {
	var all []wiredesk.Span
	for _, p := range a.Places {
		all = append(all, p.Span)
	}
	for _, n := range append(append([]wiredesk.Named(nil), a.People...), a.Organisations...) {
		all = append(all, n.Span)
	}
	for _, topic := range a.Topics {
		all = append(all, topic.Evidence...)
	}
	for _, l := range a.Languages {
		all = append(all, l.Span)
	}
	return all
}

func FuzzTagSpans(f *testing.F) {
	lex, err := enrich.NewLexicon()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(tagged)
	f.Add(strings.ToUpper(tagged))
	f.Add("Mr. \u00a0\u200bVladimir\u00ad Putin's\nPutin’s U.S.\r\n\"Syrian\" (AFP) Sana'a\xff\xfe")
	f.Add("وزير محمد\u200f بن \u0640سلمان")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		a := tags(t, lex, text)
		for _, s := range spans(&a) {
			if s.Start < 0 || s.End > len(text) || s.Empty() || !utf8.ValidString(s.In(text)) {
				t.Fatalf("span %v of %q is no part of it", s, text)
			}
		}
	})
}

func TestEveryTagIsFound(t *testing.T) {
	lex, err := enrich.NewLexicon()
	if err != nil {
		t.Fatal(err)
	}
	a := tags(t, lex, tagged)
	if a.Item.Language != "en" || a.Alert == "" || len(a.Topics) == 0 || len(a.Places) < 6 || len(a.People) < 6 || len(a.Organisations) < 3 {
		t.Errorf("language %q, alert %q, %d topics, %d places, %d people, %d organisations",
			a.Item.Language, a.Alert, len(a.Topics), len(a.Places), len(a.People), len(a.Organisations))
	}
	facets := map[string]bool{}
	for _, facet := range a.Facets() {
		facets[facet.String()] = true
	}
	for _, want := range []string{"place.sy", "place.ch", "lang.en", "topic.conflict-war-peace"} {
		if !facets[want] {
			t.Errorf("no facet %s in %v", want, facets)
		}
	}
}

// TestTablesAreSmall keeps all tables together within 60 MB of heap.
func TestTablesAreSmall(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, start := heap(), time.Now()
	lex, err := enrich.NewLexicon()
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	after := heap()
	t.Logf("%d forms, %d MB, built in %s", lex.Len(), (max(after, before)-before)>>20, took)
	if after > before+60<<20 {
		t.Errorf("the tables take %d MB; want at most 60", (after-before)>>20)
	}
	runtime.KeepAlive(lex)
}

func BenchmarkTags(b *testing.B) {
	lex, err := enrich.NewLexicon()
	if err != nil {
		b.Fatal(err)
	}
	story := "Envoys meet in Geneva\n\n" + strings.Repeat("The harbour master of Port Ellery told reporters on Tuesday that two fishing boats had collided in thick fog, "+
		"but nobody was hurt. Officials in Damascus said the Syrian government would send Robert Halloway to the talks about the ceasefire. ", 17)
	for name, size := range map[string]int{"4KB": 4 << 10, "1MB": 1 << 20} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(story, size/len(story)+1)[:size]
			v := lex.Read(text)
			b.SetBytes(int64(size))
			for b.Loop() {
				a := wiredesk.Article{Text: text, Item: wiredesk.Item{Language: "en"}}
				for _, e := range enrich.Enrichers() {
					switch e.Name {
					case "language", "alert", "people", "places", "topics":
						if err := e.Enrich(b.Context(), v, &a); err != nil {
							b.Fatal(err)
						}
					}
				}
			}
		})
	}
}
