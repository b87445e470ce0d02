package structure_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

func read(t *testing.T, text string) (a wiredesk.Article) {
	t.Helper()
	l, err := lexicon.Standard()
	if err != nil {
		t.Fatal(err)
	}
	v := l.Read(text)
	a.Text = text
	if err := structure.Enrich(t.Context(), v, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func in(text string, s *wiredesk.Span) string {
	if s == nil {
		return ""
	}
	return s.In(text)
}

const body = "The harbour council has approved a plan to deepen the channel by two metres before the summer ends."

func TestTop(t *testing.T) {
	for _, c := range []struct{ name, text, kicker, headline, byline string }{
		{"headline", "Council deepens channel\n\n" + body + "\n\n" + body, "", "Council deepens channel", ""},
		{"kicker above", "URGENT\n\nCouncil deepens channel\n\n" + body, "URGENT", "Council deepens channel", ""},
		{"kicker inside", "عاجل: المجلس يوافق على تعميق القناة\n\n" + body, "عاجل", "المجلس يوافق على تعميق القناة", ""},
		{"russian kicker", "Молния\n\nСовет углубит канал\n\n" + body, "Молния", "Совет углубит канал", ""},
		{"byline above", "Council deepens channel\nBy Ada Brandt and Jon de Vries\n" + body, "", "Council deepens channel", "Ada Brandt and Jon de Vries"},
		{"byline below", "Council deepens channel\n\n" + body + "\n\nAda Brandt", "", "Council deepens channel", "Ada Brandt"},
		{"no headline", body + "\n\n" + body, "", "", ""},
		{"outlet below is no byline", "Council deepens channel\n\n" + body + "\n\nPress Trust of India", "", "Council deepens channel", ""},
	} {
		a := read(t, c.text)
		by := ""
		if a.Byline != nil {
			by = a.Byline.Name
		}
		if k, h := in(c.text, a.Kicker), in(c.text, a.Headline); k != c.kicker || h != c.headline || by != c.byline {
			t.Errorf("%s: got kicker %q, headline %q, byline %q; want %q, %q, %q", c.name, k, h, by, c.kicker, c.headline, c.byline)
		}
	}
}

func TestSections(t *testing.T) {
	text := "Council deepens channel\n\n" + body + "\n\nBrandt: work begins in March\n\n" + body + "\n\n- a list item\n\n" + body + "\n\n(Reporting by Ada Brandt; Editing by Jon Rand)"
	a := read(t, text)
	if len(a.Sections) != 2 {
		t.Fatalf("got %d sections, want 2: %+v", len(a.Sections), a.Sections)
	}
	if got, want := a.Sections[1].Title, "Brandt: work begins in March"; got != want {
		t.Errorf("got title %q, want %q", got, want)
	}
	if got, want := a.Sections[0].In(text), body; got != want {
		t.Errorf("got first section %q, want %q", got, want)
	}
	if end := text[:a.Sections[1].End]; end[len(end)-len(body):] != body {
		t.Errorf("the sign-off belongs to no section; the last ends with %q", end[len(end)-20:])
	}
}
