package places_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/places"
)

func newLexicon(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	terms, err := places.Terms()
	if err != nil {
		t.Fatal(err)
	}
	given := []lexicon.Entry{
		{Kind: lexicon.Cue, ID: "Michael", Form: "Michael", Tags: lexicon.Given}, {Kind: lexicon.Cue, ID: "Jack", Form: "Jack", Tags: lexicon.Given},
	}
	lex, err := lexicon.Standard(terms, given)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func find(t testing.TB, lex *lexicon.Lexicon, a *wiredesk.Article) string {
	t.Helper()
	v := lex.Read(a.Text)
	defer v.Release()
	if err := places.Enrich(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range a.Places {
		found = append(found, p.In(a.Text)+"="+p.Name+"/"+p.Country)
	}
	return strings.Join(found, " ")
}

func TestTableIsComplete(t *testing.T) {
	terms, err := places.Terms()
	if err != nil {
		t.Fatal(err)
	}
	names, countries := map[string]bool{}, map[string]bool{}
	for _, e := range terms {
		names[e.ID] = true
		countries[e.Country] = true
	}
	if len(names) < 1700 || len(countries) < 195 {
		t.Errorf("%d places in %d countries; want at least 1700 in 195", len(names), len(countries))
	}
	t.Logf("%d forms of %d places in %d countries", len(terms), len(names), len(countries))
}

func TestPlaces(t *testing.T) {
	lex := newLexicon(t)
	for _, c := range []struct{ text, want string }{
		{"Syrian officials flew from Damascus to Bishkek.", "Syrian=Syria/SY Damascus=Damascus/SY Bishkek=Bishkek/KG"},
		{"The U.S. and the UK signed it; US envoys left London.", "U.S.=United States/US UK=United Kingdom/GB US=United States/US London=London/GB"},
		{"Tell us more about turkey farming in chad-like dust.", ""},
		{"Protests in Tbilisi: Georgia votes on Sunday, Georgian media said.", "Tbilisi=Tbilisi/GE Georgia=Georgia/GE Georgian=Georgia/GE"},
		{"Voters in Georgia and Ohio queued in Atlanta.", "Georgia=Georgia/US Ohio=Ohio/US Atlanta=Atlanta/US"},
		{"They met in Georgia.", "Georgia=Georgia/"},
		{"Michael Jordan scored; Mr. London and Jack London did not.", ""},
		{"Jordan closed its border with Syria.", "Jordan=Jordan/JO Syria=Syria/SY"},
		{"Nice people kept reading. A truck drove into a crowd in Nice, France.", "Nice=Nice/FR France=France/FR"},
		{"Reading is fun. He was held near Reading, England.", "Reading=Reading/GB England=United Kingdom/GB"},
		{"Fighting near Sana'a, the agency SANA said; Sanaa was calm.", "Sana'a=Sanaa/YE Sanaa=Sanaa/YE"},
		{"Clashes in Tripoli spread through Lebanon and Beirut.", "Tripoli=Tripoli/LB Lebanon=Lebanon/LB Beirut=Beirut/LB"},
		{"Clashes in Tripoli, Libya.", "Tripoli=Tripoli/LY Libya=Libya/LY"},
		{"The New York Times reported from New York.", "New York=New York/US"},
		{"Paris Hilton visited Paris in France.", "Paris=Paris/FR France=France/FR"},
		{"Latin American leaders met in Lima.", "Latin American=Latin America/ Lima=Lima/PE"},
		{"قال مصدر في دمشق إن الوفد السوري وصل إلى موسكو وبيروت.", "دمشق=Damascus/SY سوري=Syria/SY موسكو=Moscow/RU بيروت=Beirut/LB"},
		{"Встреча в Москве: сирийская делегация прибыла из Дамаска.", "Москве=Moscow/RU сирийская=Syria/SY Дамаска=Damascus/SY"},
		{"وزیر خارجه ایران در تهران با هیئت سوری دیدار کرد.", "ایران=Iran/IR تهران=Tehran/IR سوری=Syria/SY"},
		{"中国外交部长在北京会见了叙利亚代表团。", "中国=China/CN 北京=Beijing/CN 叙利亚=Syria/SY"},
		{"Le président syrien est arrivé à Moscou, en Russie.", "syrien=Syria/SY Moscou=Moscow/RU Russie=Russia/RU"},
		{"El presidente ruso viajó a Damasco, Siria.", "ruso=Russia/RU Damasco=Damascus/SY Siria=Syria/SY"},
		{"Die syrische Regierung in Damaskus wies das zurück, auch in Köln.", "syrische=Syria/SY Damaskus=Damascus/SY Köln=Cologne/DE"},
		{"Suriye heyeti Ankara'da Türk bakanla görüştü.", "Suriye=Syria/SY Ankara=Ankara/TR Türk=Turkey/TR"},
	} {
		a := wiredesk.Article{Text: c.text}
		got := find(t, lex, &a)
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestDatelineIsBeyondDoubt(t *testing.T) {
	lex := newLexicon(t)
	text := "NICE (AFP) - A storm flooded streets."
	a := wiredesk.Article{Text: text, Dateline: &wiredesk.Line{Span: wiredesk.Span{End: 12}}}
	if got, want := find(t, lex, &a), "NICE=Nice/FR"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestAPlaceInAPersonsNameIsNone(t *testing.T) {
	lex := newLexicon(t)
	text := "Anne Val Tilburg left Tilburg."
	a := wiredesk.Article{Text: text, People: []wiredesk.Named{{Name: "Anne Val Tilburg", Span: wiredesk.Span{End: 16}}}}
	if got, want := find(t, lex, &a), "Tilburg=Tilburg/NL"; got != want || a.Places[0].Start != 22 {
		t.Errorf("got %q; want %q, the second one", got, want)
	}
}

func BenchmarkEnrich(b *testing.B) {
	lex := newLexicon(b)
	text := strings.Repeat("Syrian officials flew from Damascus to Bishkek, where leaders of Russia, China and India met on Friday to discuss trade and the war. ", 31)
	v := lex.Read(text)
	var a wiredesk.Article
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := places.Enrich(b.Context(), v, &a); err != nil {
			b.Fatal(err)
		}
	}
}
