package people_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/people"
	"github.com/wiredesk/wiredesk/enrich/places"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

func newLexicon(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	terms, err := people.Terms()
	if err != nil {
		t.Fatal(err)
	}
	where, err := places.Terms()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Standard(terms, where)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func enrich(t testing.TB, lex *lexicon.Lexicon, a *wiredesk.Article) {
	t.Helper()
	v := lex.Read(a.Text)
	defer v.Release()
	if err := structure.Enrich(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
	if err := people.Enrich(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
}

func list(text string, all []wiredesk.Named) string {
	var out []string
	for _, n := range all {
		out = append(out, n.In(text)+"="+n.Name)
	}
	return strings.Join(out, "; ")
}

func TestPeople(t *testing.T) {
	lex := newLexicon(t)
	for _, c := range []struct{ text, want string }{
		{"Russian President Vladimir Putin met Iran's Masoud Pezeshkian. Putin said the talks were useful.", "Vladimir Putin=Vladimir Putin; Masoud Pezeshkian=Masoud Pezeshkian; Putin=Vladimir Putin"},
		{"The harbour master, Robert Halloway, said nobody was hurt. Halloway blamed the fog.", "Robert Halloway=Robert Halloway; Halloway=Robert Halloway"},
		{"Faisal al-Dabbas told reporters that al-Dabbas Street was closed.", "Faisal al-Dabbas=Faisal al-Dabbas; Dabbas=Faisal al-Dabbas"},
		{"Eric Trump opened a hotel.", "Eric Trump=Eric Trump"},
		{"Former president Bill Clinton spoke. Clinton left early.", "Bill Clinton=Bill Clinton; Clinton=Bill Clinton"},
		{"Clinton is a town of nine thousand.", ""},
		{"The New York Times and Wall Street said little. Port Authority said nothing.", ""},
		{"Mr. Oduya and Ms Lindqvist signed for the owners.", "Oduya=Oduya; Lindqvist=Lindqvist"},
		{"Martin O'Dowdall and Mayor Kim Won-soon left. O'Dowdall came back.", "Martin O'Dowdall=Martin O'Dowdall; Kim Won-soon=Kim Won-soon; Dowdall=Martin O'Dowdall"},
		{"Wanda Brzoza, 47, was found by a neighbour.", "Wanda Brzoza=Wanda Brzoza"},
		{"Путин встретился с Эрдоганом. Мэр города Сергей Курочкин подал в отставку.", "Путин=Vladimir Putin; Эрдоганом=Recep Tayyip Erdogan; Сергей Курочкин=Сергей Курочкин"},
		{"قال وزير الري محمد الدباس إن بوتين سيزور دمشق.", "محمد الدباس=محمد الدباس; بوتين=Vladimir Putin"},
		{"رئیس جمهور ایران، مسعود پزشکیان با پوتین گفت‌وگو کرد.", "مسعود پزشکیان=Masoud Pezeshkian; پوتین=Vladimir Putin"},
		{"黎巴嫩首都贝鲁特发生爆炸，弗朗索瓦·贝鲁没有回应。", ""},
		{"习近平会见普京。", "习近平=Xi Jinping; 普京=Vladimir Putin"},
		{"Le président Emmanuel Macron a reçu Jean-Paul Durivage. Macron a salué l'accord.", "Emmanuel Macron=Emmanuel Macron; Jean-Paul Durivage=Jean-Paul Durivage; Macron=Emmanuel Macron"},
		{"Bundeskanzler Friedrich Merz sagte am Abend, der Minister Hans Oberlechner habe recht.", "Friedrich Merz=Friedrich Merz; Hans Oberlechner=Hans Oberlechner"},
	} {
		a := wiredesk.Article{Text: c.text}
		enrich(t, lex, &a)
		if got := list(c.text, a.People); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestOrganisations(t *testing.T) {
	lex := newLexicon(t)
	for _, c := range []struct{ text, want string }{
		{"NATO and the UN Security Council met; the Syrian government objected.", "NATO=NATO; UN Security Council=United Nations Security Council; Syrian government=Syria government"},
		{"The Trump administration and Iran's parliament traded words.", "Trump administration=United States government; Iran's parliament=Iran parliament"},
		{"The government resigned.", ""},
		{"The RSF shelled the town.", ""},
		{"The Rapid Support Forces shelled the town, and the RSF denied it.", "Rapid Support Forces=Rapid Support Forces; RSF=Rapid Support Forces"},
		{"Le gouvernement syrien et l'Union européenne négocient.", "gouvernement syrien=Syria government; Union européenne=European Union"},
		{"Die syrische Regierung und die Bundeswehr schwiegen.", "syrische Regierung=Syria government; Bundeswehr=Bundeswehr"},
		{"El gobierno ruso y la OTAN no respondieron.", "gobierno ruso=Russia government; OTAN=NATO"},
		{"قال الجيش اللبناني إن حزب الله انسحب، وأدان مجلس الأمن القصف.", "الجيش اللبناني=Lebanon army; حزب الله=Hezbollah; مجلس الأمن=United Nations Security Council"},
		{"Совет Безопасности ООН и правительство Сирии, сообщил МИД России.", "Совет Безопасности ООН=United Nations Security Council; правительство Сирии=Syria government; МИД России=Russian Foreign Ministry"},
		{"联合国安理会与叙利亚政府举行会谈。", "联合国安理会=United Nations Security Council; 叙利亚政府=Syria government"},
	} {
		a := wiredesk.Article{Text: c.text}
		enrich(t, lex, &a)
		if got := list(c.text, a.Organisations); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	terms, err := people.Terms()
	if err != nil {
		t.Fatal(err)
	}
	count := map[lexicon.Kind]map[string]bool{lexicon.Person: {}, lexicon.Organisation: {}, lexicon.Cue: {}}
	for _, e := range terms {
		count[e.Kind][e.ID] = true
	}
	t.Logf("%d people, %d organisations and bodies, %d given names, %d forms",
		len(count[lexicon.Person]), len(count[lexicon.Organisation]), len(count[lexicon.Cue]), len(terms))
	if len(count[lexicon.Person]) < 300 || len(count[lexicon.Organisation]) < 200 {
		t.Errorf("the tables are smaller than they were")
	}
}

func TestSeed(t *testing.T) {
	const seed = "../../../shared/seed/sco-summit"
	text, err := os.ReadFile(seed + ".txt")
	if err != nil {
		t.Skip("measurement data ../shared/seed is absent")
	}
	data, err := os.ReadFile(seed + ".gold.json")
	if err != nil {
		t.Fatal(err)
	}
	type name struct {
		Name       string
		Required   bool
		Start, End int
	}
	var gold struct{ People, Organisations []name }
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	a := wiredesk.Article{Text: string(text)}
	enrich(t, newLexicon(t), &a)
	check := func(kind string, want []name, got []wiredesk.Named, may int) {
		found := map[wiredesk.Span]string{}
		for _, n := range got {
			found[n.Span] = n.Name
		}
		missed := 0
		for _, w := range want {
			span := wiredesk.Span{Start: w.Start, End: w.End}
			if w.Required && found[span] != w.Name {
				missed++
				t.Logf("%s %q at %d: got %q", kind, w.Name, w.Start, found[span])
			}
			delete(found, span)
		}
		for span, n := range found {
			t.Logf("%s beside the gold: %q at %d as %s", kind, span.In(a.Text), span.Start, n)
		}
		if missed > may {
			t.Errorf("%s: %d of %d missed", kind, missed, len(want))
		}
	}
	check("person", gold.People, a.People, 0)
	check("organisation", gold.Organisations, a.Organisations, 3) // three are outlets, which attribution finds
}

func BenchmarkEnrich(b *testing.B) {
	lex := newLexicon(b)
	text := strings.Repeat("Russian President Vladimir Putin met the harbour master Robert Halloway on Monday, the mayor said, and the Syrian government sent NATO a note about farming. ", 27)
	var a wiredesk.Article
	v := lex.Read(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := people.Enrich(b.Context(), v, &a); err != nil {
			b.Fatal(err)
		}
	}
}
