package lexicon_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

func standard(t testing.TB, more ...[]lexicon.Entry) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Standard(more...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestOutletsAreFoundInEveryScript(t *testing.T) {
	l := standard(t)
	for _, c := range []struct{ text, id, surface string }{
		{"officials told Reuters on Monday", "reuters", "Reuters"},
		{"according to press TV.", "press-tv", "press TV"},
		{"وبحسب وكالة رويترز للأنباء", "reuters", "رويترز"},
		{"وقال لرويترز إن", "reuters", "رويترز"},
		{"Об этом сообщает ТАСС.", "tass", "ТАСС"},
		{"据新华社北京电", "xinhua", "新华社"},
		{"Reuters'a konuşan", "reuters", "Reuters"},
		{"AGENCE FRANCE-PRESSE SAID", "afp", "AGENCE FRANCE-PRESSE"},
	} {
		v := l.Read(c.text)
		hits := v.Hits(lexicon.Outlet)
		if len(hits) == 0 {
			t.Errorf("%q: no outlet found, want %s", c.text, c.id)
			continue
		}
		h := hits[0]
		if got := v.Entry(h).ID; got != c.id {
			t.Errorf("%q: got outlet %s, want %s", c.text, got, c.id)
		}
		if got := c.text[h.Start:h.End]; got != c.surface {
			t.Errorf("%q: got surface %q, want %q", c.text, got, c.surface)
		}
		v.Release()
	}
}

func TestOutletsOfEveryRegion(t *testing.T) {
	rooms, err := lexicon.Newsrooms()
	if err != nil {
		t.Fatal(err)
	}
	if len(rooms) < 250 {
		t.Errorf("got %d outlets, want at least 250", len(rooms))
	}
	countries, scripts := map[string]bool{}, map[string]int{}
	for _, r := range rooms {
		countries[r.Country] = true
		for _, n := range r.Names {
			scripts[n.Lang]++
		}
	}
	if len(countries) < 100 {
		t.Errorf("got outlets of %d countries, want at least 100", len(countries))
	}
	for _, lang := range []string{"en", "ar", "ru", "fa", "fr", "es", "de", "tr", "zh", "ja", "ko", "he", "el", "hi"} {
		if scripts[lang] == 0 {
			t.Errorf("no outlet has a name in %s", lang)
		}
	}
}

func TestCommonSpellingsAreNoAcronyms(t *testing.T) {
	l := standard(t)
	for _, text := range []string{"a map of the town", "She saw Sana there", "an app for that", "uni and ani"} {
		v := l.Read(text)
		if got := v.Hits(lexicon.Outlet); len(got) != 0 {
			t.Errorf("%q: got %d outlets, want none", text, len(got))
		}
	}
}

func TestParagraphs(t *testing.T) {
	l := standard(t)
	wrapped := "The council met on Monday to talk about the new bridge over\nthe river, which the town has wanted for some twenty years\nnow.\nNext to it a school will stand, the mayor said, and for that\nmoney has been found.\n"
	for _, c := range []struct {
		text string
		want int
	}{
		{"One.\n\nTwo.\n\n\nThree.", 3},
		{"A line that is a paragraph.\nAnother one.\nA third.", 3},
		{wrapped, 2},
		{"   The first paragraph of old copy begins with three blanks and\ngoes on here for a while.\n   The second does the same thing.", 2},
	} {
		v := l.Read(c.text)
		if got := len(v.Blocks); got != c.want {
			t.Errorf("%q: got %d paragraphs, want %d", c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		text string
		want int
	}{
		{"Mr. Smith met Gen. Jones in the U.S. capital. He left at 3.15 p.m. on Jan. 5.", 2},
		{"“We will go.” She stayed.", 2},
		{"It fell in the U.S. The rest held.", 2},
		{"他说。她走了。", 2},
		{"قال الوزير ذلك. وأضاف أنه بخير.", 2},
		{"J. K. Rowling wrote it.", 1},
	} {
		v := l.Read(c.text)
		if got := len(v.Sentences); got != c.want {
			t.Errorf("%q: got %d sentences, want %d", c.text, got, c.want)
		}
	}
}

func TestExtendLeavesTheFirstLexiconAlone(t *testing.T) {
	l := standard(t)
	room := lexicon.Newsroom{
		ID: "valley-herald", Kind: "newspaper", Country: "NZ", Name: "Valley Herald",
		Names: []lexicon.Name{{Lang: "en", Form: "Valley Herald"}},
	}
	next, err := l.Extend([]lexicon.Newsroom{room})
	if err != nil {
		t.Fatal(err)
	}
	const text = "the Valley Herald reported"
	if got := len(l.Read(text).Hits(lexicon.Outlet)); got != 0 {
		t.Errorf("old lexicon: got %d hits, want 0", got)
	}
	v := next.Read(text)
	if got := len(v.Hits(lexicon.Outlet)); got != 1 {
		t.Fatalf("new lexicon: got %d hits, want 1", got)
	}
	if got := v.Newsroom(v.Hits(lexicon.Outlet)[0]); got == nil || got.ID != room.ID {
		t.Errorf("new lexicon: got newsroom %v, want %s", got, room.ID)
	}
}

func TestFaultyFilesNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"a\tagency\tXX", "outlets:1: want id"},
		{"# x\nA B\tagency\tFR\t-\ten:Abe", "outlets:2: id"},
		{"abe\tplace\tFR\t-\ten:Abe", "unknown kind"},
		{"abe\tagency\tFrance\t-\ten:Abe", "no ISO 3166-1"},
		{"abe\tagency\tFR\t-\ten:Abe^D", "unknown class"},
		{"abe\tagency\tFR\t-\ten:Abe\nobe\tagency\tFR\t-\ten:Abe", "outlets:2: form \"Abe\" (en) stands twice, first for abe"},
	} {
		_, err := lexicon.ReadNewsrooms("outlets", c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got error %v, want %q in it", c.data, err, c.want)
		}
	}
	if _, err := lexicon.ReadCues("cues", "nonsense\ten\tsaid"); err == nil || !strings.Contains(err.Error(), `cues:1: unknown class "nonsense"`) {
		t.Errorf("got error %v, want the unknown class named", err)
	}
}

func FuzzRead(f *testing.F) {
	l := standard(f)
	for _, s := range []string{"", "said Reuters.", "«قال» لرويترز", "a\xffb\r\n\r\n–", "据新华社 · ٣ م", strings.Repeat("a ", 90) + "\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		v := l.Read(text)
		defer v.Release()
		check := func(what string, start, end int32) {
			if start < 0 || start >= end || int(end) > len(text) || !utf8.ValidString(text[start:end]) {
				t.Fatalf("%s [%d,%d) is out of range or cuts a character of %q", what, start, end, text)
			}
		}
		at := int32(0)
		for _, tok := range v.Tokens {
			check("token", tok.Start, tok.End)
			if tok.Start < at {
				t.Fatalf("token at %d begins before %d", tok.Start, at)
			}
			at = tok.End
		}
		for k := range lexicon.Alert + 1 {
			for _, h := range v.Hits(k) {
				check("hit", h.Start, h.End)
			}
		}
		for _, s := range v.Sentences {
			check("sentence", s.Start, s.End)
		}
		for _, b := range v.Blocks {
			check("block", b.Start, b.End)
		}
	})
}
