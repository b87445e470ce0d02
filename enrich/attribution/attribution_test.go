package attribution_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/attribution"
	"github.com/wiredesk/wiredesk/enrich/dateline"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

func standard(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func read(t testing.TB, l *lexicon.Lexicon, text string) wiredesk.Article {
	t.Helper()
	v := l.Read(text)
	defer v.Release()
	a := wiredesk.Article{Text: text}
	for _, err := range []error{structure.Enrich(t.Context(), v, &a), dateline.Enrich(t.Context(), v, &a), attribution.Enrich(t.Context(), v, &a)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// line puts an attribution on one line: role, id, source, cue and content.
func line(text string, at wiredesk.Attribution) string {
	cue := ""
	if at.Cue != nil {
		cue = at.Cue.In(text)
	}
	var content []string
	for _, c := range at.Content {
		content = append(content, c.In(text))
	}
	return fmt.Sprintf("%s %s|%s|%s|%s", at.Role, at.Source.ID, at.Source.In(text), cue, strings.Join(content, " … "))
}

func TestGrammar(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The mayor said that the bridge was safe.", []string{"speaker |The mayor|said|that the bridge was safe"}},
		{"The bridge is safe, the mayor said.", []string{"speaker |the mayor|said|The bridge is safe"}},
		{"“The bridge is safe,” said Ada Brandt, the mayor.", []string{"speaker |Ada Brandt, the mayor|said|“The bridge is safe,”"}},
		{"The bridge, she noted, had been closed.", []string{"speaker |she|noted|The bridge … had been closed"}},
		{"Ada Brandt, the mayor, said the bridge was safe, adding that work would end in May.", []string{
			"speaker |Ada Brandt, the mayor|said|the bridge was safe", "speaker |Ada Brandt, the mayor|adding|that work would end in May",
		}},
		{"According to Reuters, the bridge is closed.", []string{"cited_outlet reuters|Reuters|According to|the bridge is closed"}},
		{"The bridge is closed, the mayor said, according to the state news agency SANA.", []string{
			"speaker |the mayor|said|The bridge is closed", "cited_outlet sana|the state news agency SANA|according to|The bridge is closed, the mayor said",
		}},
		{"Reuters reported, citing TASS, that the bridge was closed.", []string{
			"cited_outlet reuters|Reuters|reported|that the bridge was closed", "cited_outlet tass|TASS|citing|that the bridge was closed",
		}},
		{"Ada Brandt told the BBC that the bridge was closed.", []string{
			"speaker |Ada Brandt|told|that the bridge was closed", "venue bbc|the BBC|told|that the bridge was closed",
		}},
		{"The official Fars, a semi-official news agency, said that two men were aboard.", []string{
			"cited_outlet fars|The official Fars, a semi-official news agency|said|that two men were aboard",
		}},
		{"In a statement carried by the official SANA news agency, the ministry condemned the raid.", []string{
			"cited_outlet sana|the official SANA news agency|carried by|the ministry condemned the raid", "speaker |the ministry|condemned|the raid",
		}},
		{"Li Wei was quoted by Xinhua as saying that talks would resume.", []string{
			"speaker |Li Wei|was quoted by|that talks would resume", "cited_outlet xinhua|Xinhua|was quoted by|that talks would resume",
		}},
		{"The blast killed five, Interfax quoted a police spokesman as saying.", []string{
			"cited_outlet interfax|Interfax|quoted|The blast killed five", "speaker |a police spokesman|as saying|The blast killed five",
		}},
		{"Asked whether more would follow, the envoy said, “I cannot say.”", []string{"speaker |the envoy|said|“I cannot say.”"}},
		{"Neither the army nor the government commented on the Washington Post report.", nil},
		{"The Guardian, which first reported the story, said it had seen papers.", []string{
			"cited_outlet guardian|The Guardian|reported|the story",
			"cited_outlet guardian|The Guardian, which first reported the story|said|it had seen papers",
		}},
		{"An official who asked not to be named told AFP: “We had no choice.”", []string{
			"speaker |An official who asked not to be named|told|“We had no choice.”", "venue afp|AFP|told|“We had no choice.”",
		}},
		{"The minister did not respond to Reuters.", nil},
		{"A TASS journalist was detained near the bridge.", nil},
		{"The MENA region needs more bridges.", nil},
		{"He has no time for the mirror in the hall.", nil},
		{"Ministers want to say more about the bridge.", nil},
		{"The report of the council and its claims are old.", nil},
	} {
		a := read(t, l, c.text)
		var got []string
		for _, at := range a.Attributions {
			got = append(got, line(c.text, at))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestGrammarOfOtherLanguages(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"وحسب صحيفة «يديعوت أحرونوت»، فإن الحكومة ستبحث الخطة.", []string{"cited_outlet yedioth|صحيفة «يديعوت أحرونوت»|وحسب|فإن الحكومة ستبحث الخطة"}},
		{"ذكرت وكالة إنترفاكس نقلا عن وزارة الدفاع أن السفينة غرقت.", []string{
			"cited_outlet interfax|وكالة إنترفاكس|ذكرت|أن السفينة غرقت", "speaker |وزارة الدفاع|نقلا عن|أن السفينة غرقت",
		}},
		{"لم ترد الوزارة على أسئلة رويترز.", nil},
		{"Глава МИД в интервью телеканалу RT рассказал о планах.", []string{
			"venue rt|телеканалу RT|в интервью|о планах", "speaker |Глава МИД|рассказал|о планах",
		}},
		{"Газета The Guardian, ссылаясь на источники, пишет, что сделка близка.", []string{
			"speaker |источники|ссылаясь на|что сделка близка", "cited_outlet guardian|Газета The Guardian|пишет|что сделка близка",
		}},
		{"В компании отказались комментировать сообщение Bloomberg.", nil},
		{"据法新社3日报道，法国总统表示，谈判将继续。", []string{
			"cited_outlet afp|法新社|据|法国总统表示，谈判将继续", "speaker |法国总统|表示|谈判将继续",
		}},
		{"خبرگزاری رویترز به نقل از یک مقام آگاه گزارش داد که توافق نزدیک است.", []string{
			"speaker |یک مقام آگاه|به نقل از|که توافق نزدیک است", "cited_outlet reuters|خبرگزاری رویترز|گزارش داد|که توافق نزدیک است",
		}},
		{"El ministro aseguró este viernes en Madrid que la huelga terminará.", []string{"speaker |El ministro|aseguró|que la huelga terminará"}},
		{"Selon le journal « Le Monde », le texte est prêt.", []string{"cited_outlet le-monde|le journal « Le Monde »|Selon|le texte est prêt"}},
		{"Wie die „Bild“-Zeitung berichtet, ist der Text fertig.", []string{"cited_outlet bild|„Bild“-Zeitung|Wie die|ist der Text fertig"}},
		{"新华社此前援引港口负责人的话报道说，新码头将于五月启用。", []string{
			"cited_outlet xinhua|新华社|援引|新码头将于五月启用", "speaker |港口负责人|援引|新码头将于五月启用",
		}},
		{"法新社报道，码头已关闭。该社说，工人将于周五返回。", []string{
			"cited_outlet afp|法新社|报道|码头已关闭", "cited_outlet afp|该社|说|工人将于周五返回",
		}},
		{"据《圣保罗页报》网站5日消息，桥梁将关闭两周。", []string{"cited_outlet folha|圣保罗页报》|据|桥梁将关闭两周"}},
		{"Порт открыт, рассказали «Интерфаксу» в администрации города.", []string{
			"speaker |администрации города|рассказали|Порт открыт", "venue interfax|«Интерфаксу»|рассказали|Порт открыт",
		}},
		{"Порт закрыт. Об этом РИА Новости сообщил источник в порту.", []string{
			"speaker |источник в порту|сообщил|Порт закрыт", "venue ria-novosti|РИА Новости|сообщил|Порт закрыт",
		}},
		{"ذكرت صحيفة «الوطن» السورية أن الميناء أغلق. وأضافت الصحيفة أن العمل سيستأنف غدا.", []string{
			"cited_outlet al-watan-sy|صحيفة «الوطن» السورية|ذكرت|أن الميناء أغلق", "cited_outlet al-watan-sy|الصحيفة|وأضافت|أن العمل سيستأنف غدا",
		}},
		{"مدیر بندر به ایسنا گفت که کشتی‌ها فردا می‌رسند.", []string{
			"speaker |مدیر بندر|گفت|که کشتی‌ها فردا می‌رسند", "venue isna|ایسنا|گفت|که کشتی‌ها فردا می‌رسند",
		}},
		{"Según fuentes portuarias citadas por la agencia EFE, el muelle está cerrado.", []string{
			"speaker |fuentes portuarias|Según|el muelle está cerrado", "cited_outlet efe|la agencia EFE|citadas por|el muelle está cerrado",
		}},
		{"Contactée par Le Monde, la direction du port a refusé de commenter.", nil},
		{"Die Verhandlungen laufen nach Angaben der Agentur Reuters noch immer.", []string{
			"cited_outlet reuters|Agentur Reuters|nach Angaben der|Die Verhandlungen laufen … noch immer",
		}},
		{"Liman müdürü Can Aras, AA muhabirine yaptığı açıklamada, kanalın açıldığını söyledi.", []string{
			"speaker |Liman müdürü Can Aras|söyledi|kanalın açıldığını", "venue anadolu|AA muhabirine|söyledi|kanalın açıldığını",
		}},
		{"Reuters'ın bir yetkiliye dayandırdığı haberine göre, liman kapandı.", []string{
			"speaker |bir yetkiliye|dayandırdığı haberine|liman kapandı", "cited_outlet reuters|Reuters'ın|haberine göre|liman kapandı",
		}},
		{"Anadolu Ajansı'nın (AA) haberine göre, bakan toplantıya katıldı.", []string{
			"cited_outlet anadolu|Anadolu Ajansı'nın (AA)|haberine göre|bakan toplantıya katıldı",
		}},
	} {
		a := read(t, l, c.text)
		var got []string
		for _, at := range a.Attributions {
			got = append(got, line(c.text, at))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestChainsAndParents(t *testing.T) {
	a := read(t, standard(t), "The bridge is closed, the mayor said, according to TASS.")
	if len(a.Attributions) != 2 || a.Attributions[0].Parent != a.Attributions[1].ID {
		t.Errorf("got %+v; want the mayor's words within what TASS reports", a.Attributions)
	}
}

func TestSectionsForgetWhoSpoke(t *testing.T) {
	l := standard(t)
	first := "Bridge closed for repairs\n\nMayor Ada Brandt said the bridge would be closed for the whole of the summer."
	second := "\n\nSchools look for teachers\n\nHe said the town needed forty teachers before the autumn came around."
	a := read(t, l, first+second)
	last := a.Attributions[len(a.Attributions)-1]
	if last.Source.Name != "He" {
		t.Errorf("got speaker %q after a section head, want the pronoun left alone", last.Source.Name)
	}
	a = read(t, l, first+"\n\nShe added that ferries would run every half hour until late at night.")
	if got := a.Attributions[len(a.Attributions)-1].Source.Name; got != "Ada Brandt" {
		t.Errorf("got speaker %q, want Ada Brandt", got)
	}
}

func TestQuotes(t *testing.T) {
	l := standard(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{`He said "no" twice.`, []string{`"no"`}},
		{"Er sagte: „Wir gehen.“", []string{"„Wir gehen.“"}},
		{"Il a dit : « Nous partons. »", []string{"« Nous partons. »"}},
		{"他说：“我们走。”", []string{"“我们走。”"}},
		{"He called it a ‘serious threat’ to Ada's work.", []string{"‘serious threat’"}},
		{"The workers' rights and the town's bridges don't matter.", nil},
		{"“This goes on\n\n“and on.”", []string{"“This goes on", "“and on.”"}},
	} {
		a := read(t, l, c.text)
		var got []string
		for _, q := range a.Quotes {
			got = append(got, q.In(c.text))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q: got quotes %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTablesAreSound(t *testing.T) {
	if err := attribution.Check(); err != nil {
		t.Error(err)
	}
}

func FuzzEnrich(f *testing.F) {
	l := standard(f)
	for _, s := range []string{
		"PARIS (AFP) - \"C,\" said X, according to TASS.", "«C», — сказал X. Об этом сообщает ТАСС", "قال X إن «C»، بحسب سانا",
		"据新华社报道，“C”，X说。", "X, \"C\" dedi. Reuters'a göre C", "a: b: c - d\n\n(Reporting by A; Editing by B)", "'a 'b \"c «d „e “f\n\n“g",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		a := read(t, l, text)
		check := func(what string, s wiredesk.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(text) || !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("%s %+v is out of range or cuts a character of %q", what, s, text)
			}
		}
		for _, at := range a.Attributions {
			check("source", at.Source.Span)
			if at.Cue != nil {
				check("cue", at.Cue.Span)
			}
			for _, c := range at.Content {
				check("content", c)
			}
			if at.Score < 0 || at.Score > 1 || at.Parent == at.ID {
				t.Fatalf("confidence %v or parent %q of %s is impossible", at.Score, at.Parent, at.ID)
			}
		}
		for _, q := range a.Quotes {
			check("quote", q.Span)
		}
	})
}
