package language_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/language"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
)

const (
	english = "The mayor said on Monday that the old bridge would be closed for three months while it is repaired."
	arabic  = "قال رئيس البلدية إن الجسر القديم سيغلق لمدة ثلاثة أشهر من أجل أعمال الإصلاح."
)

func enrich(t *testing.T, a *wiredesk.Article) {
	t.Helper()
	lex, err := lexicon.New()
	if err != nil {
		t.Fatal(err)
	}
	v := lex.Read(a.Text)
	defer v.Release()
	if err := language.Enrich(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
}

func TestEnrichFillsWhatTheSenderLeftOut(t *testing.T) {
	a := wiredesk.Article{Text: english}
	enrich(t, &a)
	if a.Item.Language != "en" || len(a.Languages) != 0 {
		t.Errorf("language %q, %v; want en and no others", a.Item.Language, a.Languages)
	}
}

func TestEnrichKeepsWhatTheSenderStates(t *testing.T) {
	a := wiredesk.Article{Text: english, Item: wiredesk.Item{Language: "en-GB"}}
	enrich(t, &a)
	if a.Item.Language != "en-GB" || len(a.Languages) != 0 || len(a.Repairs) != 0 {
		t.Errorf("language %q, %v, %q; want en-GB alone", a.Item.Language, a.Languages, a.Repairs)
	}
}

func TestEnrichSaysThatTheSenderIsWrong(t *testing.T) {
	a := wiredesk.Article{Text: arabic, Item: wiredesk.Item{Language: "en"}}
	enrich(t, &a)
	if a.Item.Language != "en" {
		t.Errorf("language %q; want the stated en", a.Item.Language)
	}
	want := wiredesk.Tongue{Language: "ar", Span: wiredesk.Span{End: len(arabic)}}
	if len(a.Languages) != 1 || a.Languages[0] != want {
		t.Errorf("languages %v; want %v", a.Languages, want)
	}
	if len(a.Repairs) != 1 || !strings.Contains(a.Repairs[0], `"ar"`) {
		t.Errorf("repairs %q; want one that names ar", a.Repairs)
	}
}

func TestEnrichTellsSectionsApart(t *testing.T) {
	text := english + "\n\n" + english + "\n\n" + arabic
	cut := len(text) - len(arabic)
	a := wiredesk.Article{Text: text, Sections: []wiredesk.Part{{Span: wiredesk.Span{End: cut}}, {Span: wiredesk.Span{Start: cut, End: len(text)}}}}
	enrich(t, &a)
	want := wiredesk.Tongue{Language: "ar", Span: wiredesk.Span{Start: cut, End: len(text)}}
	if a.Item.Language != "en" || len(a.Languages) != 1 || a.Languages[0] != want {
		t.Errorf("language %q, %v; want en and %v", a.Item.Language, a.Languages, want)
	}
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat(english+" ", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := language.Detect(text); err != nil {
			b.Fatal(err)
		}
	}
}
