package dateline_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

func place(name, country string, forms ...string) (all []lexicon.Entry) {
	for _, f := range append(forms, name) {
		all = append(all, lexicon.Entry{Kind: lexicon.Place, ID: name, Name: name, Form: f, Country: country, Case: lexicon.CapCase})
	}
	return all
}

func reader(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Standard(
		place("Kyrgyzstan", "KG"), place("Beirut", "LB", "بيروت"), place("Damascus", "SY", "دمشق"), place("Moscow", "RU", "Москва"),
		place("Beijing", "CN", "北京"), place("Berlin", "DE"), place("Ankara", "TR"), place("Tehran", "IR", "تهران"), place("Paris", "FR"),
		place("London", "GB"), place("Cairo", "EG", "القاهرة"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func read(t testing.TB, l *lexicon.Lexicon, text string) *wiredesk.Line {
	t.Helper()
	v := l.Read(text)
	defer v.Release()
	a := wiredesk.Article{Text: text}
	for _, enrich := range []func() error{
		func() error { return structure.Enrich(t.Context(), v, &a) },
		func() error { return dateline.Enrich(t.Context(), v, &a) },
	} {
		if err := enrich(); err != nil {
			t.Fatal(err)
		}
	}
	return a.Dateline
}

func TestDatelines(t *testing.T) {
	l := reader(t)
	const rest = " The council met to talk about the bridge that the town has wanted for twenty years."
	for _, c := range []struct{ line, city, country, date, credits string }{
		{"OSHVILLE, Kyrgyzstan-", "Oshville", "KG", "", ""},
		{"BEIRUT (Reuters) -", "Beirut", "LB", "", "reuters"},
		{"BEIRUT, Jan 3 (IANS/AFP)", "Beirut", "LB", "--01-03", "ians afp"},
		{"DAMASCUS, (ST) -", "Damascus", "SY", "", "syria-times"},
		{"MOSCOW, June 14. /TASS/.", "Moscow", "RU", "--06-14", "tass"},
		{"MOSCOW, 14 June 2019 (AP) --", "Moscow", "RU", "2019-06-14", "ap"},
		{"PORT HAVEN (NA).-", "Port Haven", "", "", "na-ar"},
		{"ST. ADA, Minn., Oct. 9 (UPI) -", "St. Ada", "US", "--10-09", "upi"},
		{"NEW HAMPTON, Feb 26 -", "New Hampton", "", "--02-26", ""},
		{"Beirut - 12 June 2019 (AFP) –", "Beirut", "LB", "2019-06-12", "afp"},
		{"Aug 27 (Reuters) -", "", "", "--08-27", "reuters"},
		{"دمشق-سانا", "Damascus", "SY", "", "sana"},
		{"بيروت (رويترز) -", "Beirut", "LB", "", "reuters"},
		{"القاهرة، 14 حزيران (رويترز) -", "Cairo", "EG", "--06-14", "reuters"},
		{"МОСКВА, 14 июн - РИА Новости.", "Moscow", "RU", "--06-14", "ria-novosti"},
		{"МОСКВА, 14 июня. /ТАСС/.", "Moscow", "RU", "--06-14", "tass"},
		{"Москва. 14 июня. INTERFAX.RU -", "Moscow", "RU", "--06-14", "interfax"},
		{"新华社北京9月8日电（记者王明）", "Beijing", "CN", "--09-08", "xinhua"},
		{"法新社北京八月二十三日电", "Beijing", "CN", "--08-23", "afp"},
		{"中新社临河9月3日电 （记者 王明）", "临河", "", "--09-03", "cns"},
		{"بيروت، 5 حزيران/يونيو (أ ف ب) -", "Beirut", "LB", "--06-05", "afp"},
		{"ANKARA (AA) -", "Ankara", "TR", "", "anadolu"},
		{"Berlin (dpa) -", "Berlin", "DE", "", "dpa"},
		{"Paris, 14 juin (AFP) -", "Paris", "FR", "--06-14", "afp"},
		{"Paris, 14 jun (EFE).-", "Paris", "FR", "--06-14", "efe"},
		{"تهران - ایرنا -", "Tehran", "IR", "", "irna"},
	} {
		got := read(t, l, "Council meets\n\n"+c.line+rest)
		if got == nil {
			t.Errorf("%s: no dateline found", c.line)
			continue
		}
		text := "Council meets\n\n" + c.line + rest
		if s := got.In(text); s != c.line {
			t.Errorf("%s: got span %q", c.line, s)
		}
		if credits := strings.Join(got.Credits, " "); got.City != c.city || got.Country != c.country || got.Date != c.date || credits != c.credits {
			t.Errorf("%s: got %q %q %q %q, want %q %q %q %q", c.line, got.City, got.Country, got.Date, credits, c.city, c.country, c.date, c.credits)
		}
	}
}

func TestNoDateline(t *testing.T) {
	l := reader(t)
	for _, text := range []string{
		"NOTE - all times are local, and the desk will move a longer story before noon today.",
		"M-1-A, which counts cash, rose by a tenth in the last week of the month, the bank said.",
		"London is a city that has waited for the bridge, and it will wait some more, he said.",
		"UN-backed talks between the two sides go on in the old town hall, said the envoy there.",
		"The council (AP) - which met on Monday - talked about the bridge for many hours then.",
	} {
		if got := read(t, l, "Council meets\n\n"+text); got != nil {
			t.Errorf("%q: got dateline %q, want none", text, got.In("Council meets\n\n"+text))
		}
	}
}
