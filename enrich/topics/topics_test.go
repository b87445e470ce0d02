package topics_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
	"github.com/wiredesk/wiredesk/enrich/topics"
)

func newLexicon(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	terms, err := topics.Terms()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Standard(terms)
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
	if err := topics.Enrich(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
}

// vocabulary is the published one, where it is at hand.
func vocabulary(t *testing.T) map[string]struct{ retired, broader string } {
	t.Helper()
	data, err := os.ReadFile("../../../shared/corpora/media-topics/media-topics.jsonl")
	if err != nil {
		t.Skip("measurement data ../shared/corpora/media-topics is absent")
	}
	all := map[string]struct{ retired, broader string }{}
	for line := range strings.Lines(string(data)) {
		var topic struct {
			Code, Broader string
			Retired       any
		}
		if err := json.Unmarshal([]byte(line), &topic); err != nil {
			t.Fatal(err)
		}
		retired, _ := topic.Retired.(string)
		all[topic.Code] = struct{ retired, broader string }{retired, topic.Broader}
	}
	return all
}

func TestTableIsLive(t *testing.T) {
	published := vocabulary(t)
	table, err := topics.Table()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range table {
		p, known := published[topic.Code]
		if !known || p.retired != "" {
			t.Errorf("%s %s: not a live topic, retired %q", topic.Code, topic.Name, p.retired)
		}
		if p.broader != topic.Parent {
			t.Errorf("%s %s: parent %q; published %q", topic.Code, topic.Name, topic.Parent, p.broader)
		}
	}
}

func TestTableIsLarge(t *testing.T) {
	terms, err := topics.Terms()
	if err != nil {
		t.Fatal(err)
	}
	with := map[string]map[string]bool{}
	for _, e := range terms {
		if with[e.ID] == nil {
			with[e.ID] = map[string]bool{}
		}
		with[e.ID][e.Lang] = true
	}
	if len(with) < 200 {
		t.Errorf("%d topics with terms; want at least 200", len(with))
	}
	for code, langs := range with {
		if len(langs) < 9 {
			t.Errorf("%s has terms in %d languages only; want 9", code, len(langs))
		}
	}
	t.Logf("%d topics, %d forms", len(with), len(terms))
}

func TestTopics(t *testing.T) {
	lex := newLexicon(t)
	for _, c := range []struct{ lang, text, want, top string }{
		{"en", "Quake kills 12 in hill towns\n\nA magnitude 6.1 earthquake struck before dawn, and rescuers dug through rubble as aftershocks went on.", "20000153", "03000000"},
		{"en", "Voters queue for runoff\n\nPolling stations opened at eight for the presidential election, the first since the ballot was redrawn.", "20000579", "11000000"},
		{"en", "Central bank lifts key rate\n\nThe central bank raised interest rates for the third time this year to fight inflation.", "20000371", "04000000"},
		{"ar", "زلزال يضرب شمال البلاد\n\nضرب زلزال بقوة ست درجات المنطقة فجر اليوم وتلته هزات ارتدادية.", "20000153", "03000000"},
		{"ar", "مقتل أربعة في قصف على المدينة\n\nقتل أربعة مدنيين في غارات على أطراف المدينة رغم وقف إطلاق النار.", "20000056", "16000000"},
		{"ru", "Забастовка в порту\n\nДокеры продолжили забастовку, профсоюз требует поднять зарплату.", "20000530", "09000000"},
		{"ru", "Суд вынес приговор бывшему мэру\n\nБывший мэр получил семь лет за взятку, сообщила прокуратура.", "20000094", "02000000"},
		{"fa", "زلزله در شمال\n\nزلزله‌ای به بزرگی پنج ریشتر شهر را لرزاند و چند پس‌لرزه داشت.", "20000153", "03000000"},
		{"fr", "Grève générale des cheminots\n\nLes syndicats ont appelé à une grève générale contre la réforme des retraites.", "20000530", "09000000"},
		{"es", "Elecciones presidenciales el domingo\n\nLos electores acuden a las urnas en la segunda vuelta de las elecciones presidenciales.", "20000579", "11000000"},
		{"de", "Waldbrand außer Kontrolle\n\nDer Waldbrand breitete sich am Abend aus, die Feuerwehr brachte zwei Dörfer in Sicherheit.", "20001202", "03000000"},
		{"tr", "Merkez bankası faiz kararını açıkladı\n\nMerkez bankası politika faizini sabit tuttu, enflasyon beklentisi yükseldi.", "20000350", "04000000"},
		{"zh", "山区发生地震\n\n昨晚发生里氏六级地震，余震不断，救援人员赶往灾区。", "20000153", "03000000"},
	} {
		a := wiredesk.Article{Text: c.text, Item: wiredesk.Item{Language: c.lang}}
		enrich(t, lex, &a)
		found := map[string]wiredesk.Topic{}
		for _, topic := range a.Topics {
			found[topic.Code] = topic
		}
		got, ok := found["medtop:"+c.want]
		if !ok || len(got.Evidence) == 0 {
			t.Errorf("%s %.60q: no %s with evidence in %v", c.lang, c.text, c.want, a.Topics)
		}
		if top, ok := found["medtop:"+c.top]; !ok || top.Score <= 0 {
			t.Errorf("%s %.60q: no top level %s with a score", c.lang, c.text, c.top)
		}
	}
}

func TestTheHeadlineCountsMore(t *testing.T) {
	lex := newLexicon(t)
	points := func(text string) float64 {
		a := wiredesk.Article{Text: text, Item: wiredesk.Item{Language: "en"}}
		enrich(t, lex, &a)
		for _, topic := range a.Topics {
			if topic.Code == "medtop:20000153" {
				return topic.Score
			}
		}
		return 0
	}
	above := points("Earthquake hits the hills\n\nPeople ran into the streets when the walls shook and the tiles fell.")
	below := points("People ran into the streets\n\nAn earthquake hit the hills, the walls shook and the tiles fell.")
	if above <= below {
		t.Errorf("score %.2f with the word in the headline, %.2f without; want more", above, below)
	}
}

func TestAnOperatorsOwnTerm(t *testing.T) {
	lex, err := newLexicon(t).Extend(nil, []lexicon.Entry{{Kind: lexicon.Topic, ID: "medtop:20000153", Form: "the big wobble", Weight: 2}})
	if err != nil {
		t.Fatal(err)
	}
	a := wiredesk.Article{Text: "The big wobble again\n\nPeople ran into the streets.", Item: wiredesk.Item{Language: "en"}}
	enrich(t, lex, &a)
	if len(a.Topics) == 0 || a.Topics[0].Code != "medtop:20000153" {
		t.Errorf("topics %v; want the earthquake first", a.Topics)
	}
}

func TestNothingSpeaksForATopic(t *testing.T) {
	a := wiredesk.Article{Text: "Hello there\n\nThe quick brown fox jumps over the lazy dog near a river of words."}
	enrich(t, newLexicon(t), &a)
	if len(a.Topics) != 0 {
		t.Errorf("topics %v; want none", a.Topics)
	}
}

func BenchmarkEnrich(b *testing.B) {
	lex := newLexicon(b)
	text := "Quake kills 12\n\n" + strings.Repeat("Rescuers dug through rubble on Monday after an earthquake, the mayor said, and the government promised aid to farmers. ", 34)
	a := wiredesk.Article{Text: text, Item: wiredesk.Item{Language: "en"}}
	v := lex.Read(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := topics.Enrich(b.Context(), v, &a); err != nil {
			b.Fatal(err)
		}
	}
}
