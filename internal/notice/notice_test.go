package notice_test

import (
	"slices"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/notice"
	"github.com/wiredesk/wiredesk/internal/wiretime"
)

// received is a Wednesday.
var received = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestEmbargoesThatStateTheirEnd(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		line string
		zone *time.Location
		want string // RFC 3339 in UTC; empty when the end is unknown
	}{
		{"EMBARGOED UNTIL 0001 GMT Friday", nil, "2026-03-06T00:01:00Z"},
		{"Embargoed until 00:01 GMT, Friday, March 6, 2026", nil, "2026-03-06T00:01:00Z"},
		{"*** STRICTLY EMBARGOED UNTIL 10 a.m. ET Monday ***", nil, "2026-03-09T14:00:00Z"},
		{"(EMBARGO: 6 March 1800 GMT)", nil, "2026-03-06T18:00:00Z"},
		{"Eds: Embargoed for release until 7.30 p.m. London time on 31 March.", nil, "2026-03-31T18:30:00Z"},
		{"Sperrfrist: 09. Oktober 14.20 Uhr", berlin, "2026-10-09T12:20:00Z"},
		{"Sperrfrist 09. März 14.20 Uhr - Minister tritt zurück", berlin, "2026-03-09T13:20:00Z"},
		{"Sous embargo jusqu'au 6 mars à 10h00", berlin, "2026-03-06T09:00:00Z"},
		{"EMBARGO jusqu'à vendredi 6 mars 2026, 18 heures GMT", nil, "2026-03-06T18:00:00Z"},
		{"Embargado hasta el 6 de marzo a las 10:00", berlin, "2026-03-06T09:00:00Z"},
		{"Embargado até 6 de março de 2026 às 10h30", time.UTC, "2026-03-06T10:30:00Z"},
		{"ЭМБАРГО ДО 10:00 МСК 6 марта", nil, "2026-03-06T07:00:00Z"},
		{"Не публиковать до 18.00 6 марта 2026 г.", time.UTC, "2026-03-06T18:00:00Z"},
		{"Не публікувати до 18.00", time.UTC, "2026-03-04T18:00:00Z"},
		{"Не публікувати до 18.00 6 березня 2026", time.UTC, "2026-03-06T18:00:00Z"},
		{"Не публікувати до 18.00 6 бяразьня 2026", nil, ""},
		{"Embargoed until 10:00 on 6 March 2026", nil, ""},
		{"Sperrfrist: 09. Oktober 14.20 Uhr", nil, ""},
		{"NOT FOR PUBLICATION BEFORE 2026-03-06T10:00:00", nil, ""},
		{"Embargoed until 10 a.m. local time on 6 March", nil, ""},
		{"Attention editors - Note to subscribers: this story is under strict embargo until 10:00 GMT on 6 March", nil, "2026-03-06T10:00:00Z"},
		{"محظور النشر حتى الساعة ١٠:٠٠ بتوقيت غرينتش ٦ مارس ٢٠٢٦", nil, "2026-03-06T10:00:00Z"},
		{"تا ساعت ۱۰:۰۰ ۶ مارس منتشر نشود", time.UTC, "2026-03-06T10:00:00Z"},
		{"解禁时间：2026年3月6日10时", time.UTC, "2026-03-06T10:00:00Z"},
		{"NOT FOR PUBLICATION BEFORE 2026-03-06T10:00:00+01:00", nil, "2026-03-06T09:00:00Z"},
		{"HOLD FOR RELEASE at noon GMT Thursday", nil, "2026-03-05T12:00:00Z"},
		{"FOR RELEASE: 6 March 2026, 10:00 GMT+3", nil, "2026-03-06T07:00:00Z"},
		{"EMBARGOED UNTIL 0001 GMT", nil, "2026-03-05T00:01:00Z"},
		{"Embargoed until midnight Friday", time.UTC, "2026-03-07T00:00:00Z"},
		{"Embargoed until 31 December 23:00 GMT", nil, "2026-12-31T23:00:00Z"},
		{"Embargoed until 28 February 23:00 GMT", nil, "2026-02-28T23:00:00Z"},
		{"Embargoed until 25 October 2026 02:30", berlin, "2026-10-25T01:30:00Z"},
		{"EMBARGOED UNTIL 0001 GMT Wednesday", nil, "2026-03-04T00:01:00Z"},
		{"URGENT - Sous embargo jusqu'à vendredi 6 mars 2026, 18 heures GMT - Le pont fermé", nil, "2026-03-06T18:00:00Z"},
		{"FW: [EXT] EMBARGOED UNTIL 0001 GMT Friday: seals return", nil, "2026-03-06T00:01:00Z"},
		{"Seals return to the estuary (EMBARGOED until 0001 GMT Friday)", nil, "2026-03-06T00:01:00Z"},
		{"Seals return to the estuary - EMBARGOED UNTIL 0001 GMT Friday", nil, "2026-03-06T00:01:00Z"},
		{"Eilmeldung: Sperrfrist 09. März 14.20 Uhr - Minister tritt zurück", berlin, "2026-03-09T13:20:00Z"},
		{"[External] Embargo: seals return, not before Friday", nil, ""},
		{"EMBARGOED", nil, ""},
		{"EMBARGOED UNTIL DELIVERY", nil, ""},
		{"HOLD FOR RELEASE", nil, ""},
		{"Embargoed until 03/04/2026 10:00 GMT", nil, ""},
		{"Embargoed until Friday", nil, ""},
		{"Embargoed until 10:00 IST Friday", nil, ""},
		{"Embargoed until 10:00 Mars time Friday", nil, ""},
		{"Embargoed until 31 February 2026 10:00 GMT", nil, ""},
		{"Embargoed until Monday, 6 March 2026 10:00 GMT", nil, ""},
		{"Sous embargo", nil, ""},
		{"Sperrfrist: Beginn der Rede", berlin, ""},
		{"Advance for Sunday, March 8", nil, ""},
	} {
		n := notice.Line(c.line, notice.Clock{Received: received, Zone: c.zone})
		got := ""
		if !n.Until.IsZero() {
			got = n.Until.UTC().Format(time.RFC3339)
		}
		if !n.Embargo || got != c.want {
			t.Errorf("%q: embargo %v until %q, want until %q", c.line, n.Embargo, got, c.want)
		}
		if n.NotForPublication != "" || n.Status != "" {
			t.Errorf("%q: also %q %q, want an embargo only", c.line, n.NotForPublication, n.Status)
		}
	}
}

func TestAnEmbargoWithoutAZoneSaysWhichSettingGivesItOne(t *testing.T) {
	for line, want := range map[string]bool{
		"Embargoed until Friday, 6 March, 10:00": true, "Embargoed until 10:00 GMT on 6 March": false, "EMBARGOED UNTIL DELIVERY": false,
	} {
		var s wiredesk.Story
		n := notice.Read(line+"\n\nQuay reopens\n", notice.Clock{Received: received})
		n.Apply(&s)
		if n.Zoneless != want || slices.Contains(s.Repairs, wiretime.Zoneless) != want || s.EmbargoUnknown != n.Until.IsZero() {
			t.Errorf("%q: zoneless %v, held %v with %q; want %v", line, n.Zoneless, s.EmbargoUnknown, s.Repairs, want)
		}
	}
}

func TestKillsCorrectionsAndPrivateCopy(t *testing.T) {
	clock := notice.Clock{Received: received}
	for line, want := range map[string]notice.Notice{
		"KILL MANDATORY":        {Status: wiredesk.Canceled},
		"KILL: BC-Harbour fire": {Status: wiredesk.Canceled},
		"BULLETIN KILL":         {Status: wiredesk.Canceled},
		"Editors: please kill the story slugged FIRE": {Status: wiredesk.Canceled},
		"BC-Harbour-Fire, KILL":                       {Status: wiredesk.Canceled},
		"Meldung zurückgezogen":                       {Status: wiredesk.Canceled},
		"ANNULATION":                                  {Status: wiredesk.Canceled},
		"АННУЛИРОВАНИЕ":                               {Status: wiredesk.Canceled},
		"إلغاء خبر":                                   {Status: wiredesk.Canceled},
		"WITHDRAWN":                                   {Status: wiredesk.Withheld},
		"This story has been withdrawn.":              {Status: wiredesk.Withheld},
		"CORRECTION:":                                 {Correction: true},
		"(CORRECTS death toll in para 2)":             {Correction: true},
		"CORRECTED - Minister resigns":                {Correction: true},
		"Berichtigung:":                               {Correction: true},
		"RECTIFICATIF":                                {Correction: true},
		"Corrección:":                                 {Correction: true},
		"تصحيح":                                       {Correction: true},
		"NOT FOR PUBLICATION":                         {NotForPublication: "not for publication"},
		"TEST LINE - PLEASE IGNORE":                   {NotForPublication: "test line"},
		"TEST":                                        {NotForPublication: "test line"},
		"LINE CHECK":                                  {NotForPublication: "test line"},
		"MEDIA ADVISORY":                              {NotForPublication: "advisory"},
		"ADVISORY:":                                   {NotForPublication: "advisory"},
		"DAYBOOK":                                     {NotForPublication: "daybook"},
		"Harbour News Digest":                         {NotForPublication: "news schedule"},
		"Nicht zur Veröffentlichung":                  {NotForPublication: "not for publication"},
	} {
		got := notice.Line(line, clock)
		got.Said = nil
		if got.Status != want.Status || got.Correction != want.Correction || got.Embargo || got.NotForPublication != want.NotForPublication {
			t.Errorf("%q: got %+v, want %+v", line, got, want)
		}
	}
}

func TestNewsIsNoNotice(t *testing.T) {
	for _, line := range []string{
		"Sanctions embargo hits harbour trade",
		"Embargo on grain exports lifted after talks",
		"Embargo: how an island lived with it for sixty years",
		"Embargoed arms reach rebels, UN panel says",
		"Kill Bill returns to cinemas",
		"Kill the bill, protesters chant outside parliament",
		"KILL SWITCH FOR PHONES BECOMES LAW",
		"Killed soldier named",
		"Was killed, family says",
		"Test match: hosts collapse on first day",
		"Test results delayed at harbour clinic",
		"TEST: hosts 310 for 4 at lunch",
		"Corrections officer hurt in prison fire",
		"Correction in share prices deepens",
		"Travel advisory issued for northern coast",
		"Budget: what it means for families",
		"Withdrawn troops return home",
		"Release of prisoners expected on Friday",
		"For release of hostages, mediators meet Friday",
		"For immediate release",
		"Hold on, mayor tells commuters",
		"Recall of 20,000 cars ordered",
		"Under pressure, minister keeps silent until Friday",
		"Advance on the city slows",
		"Frei nach Schiller",
		"URGENT - Sanctions embargo hits harbour trade",
		"FLASH: Floods kill 12 on the coast",
		"Grain exports resume (embargo lifted after talks)",
		"Harbour trade - WHAT the embargo means",
		"Fuel prices - EU weighs oil embargo",
	} {
		if n := notice.Line(line, notice.Clock{Received: received}); n.Any() {
			t.Errorf("%q: got %+v, want no notice", line, n)
		}
	}
}

func TestReadLooksAboveTheStoryAndNotIntoIt(t *testing.T) {
	clock := notice.Clock{Received: received}
	story := "Ministers argue over ban\n\nPORT ELLEN, March 4 - Ministers argued on Wednesday over a ban on imports that has divided the coalition since the winter.\n\nEMBARGOED UNTIL 0001 GMT Friday was the stamp on the paper, one said.\n"
	if n := notice.Read(story, clock); n.Any() {
		t.Errorf("running prose: got %+v, want none", n)
	}
	n := notice.Read("URGENT\nEMBARGOED UNTIL 0001 GMT Friday\nCORRECTION:\n\n"+story, clock)
	if !n.Embargo || n.Until.IsZero() || !n.Correction {
		t.Errorf("lines above the story: got %+v, want embargo and correction", n)
	}
	n = notice.Read(story+"\n(EMBARGOED UNTIL 0001 GMT Friday)\n", clock)
	if !n.Embargo {
		t.Errorf("bracketed last line: got %+v, want an embargo", n)
	}
}

func TestCutEndsWhereTheTextSaysSo(t *testing.T) {
	text := "Harbour reopens\n\nThe harbour reopened.\n\n"
	if got := notice.Cut(text + "NOT FOR PUBLICATION\nContact: the desk\n"); got != len(text) {
		t.Errorf("got %d, want %d", got, len(text))
	}
	if whole := "NOT FOR PUBLICATION\n\nHarbour reopens\n"; notice.Cut(whole) != len(whole) {
		t.Errorf("a mark above everything: got %d, want the whole text %d", notice.Cut(whole), len(whole))
	}
}

func TestApplyOnlyTightens(t *testing.T) {
	s := wiredesk.Story{Item: wiredesk.Item{PubStatus: wiredesk.Canceled, EmbargoedUntil: received.Add(48 * time.Hour)}, NotForPublication: "daybook"}
	notice.Notice{Status: wiredesk.Withheld, Embargo: true, Until: received, NotForPublication: "advisory"}.Apply(&s)
	if s.Item.PubStatus != wiredesk.Canceled || !s.Item.EmbargoedUntil.Equal(received.Add(48*time.Hour)) || s.NotForPublication != "daybook" {
		t.Errorf("got %q %v %q, want what stood there", s.Item.PubStatus, s.Item.EmbargoedUntil, s.NotForPublication)
	}
}

func TestADayBeforeAColonIsRead(t *testing.T) {
	clock := notice.Clock{Received: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)}
	for _, line := range []string{
		"EMBARGOED until 0600 GMT March 5: Budget doubles", "EMBARGOED until 0600 GMT 5 March: Budget doubles", "EMBARGOED until 0600 GMT (March 5) Budget doubles",
	} {
		want := time.Date(2026, 3, 5, 6, 0, 0, 0, time.UTC)
		if n := notice.Line(line, clock); !n.Embargo || !n.Until.Equal(want) {
			t.Errorf("%q: embargo %v until %s, want until %s", line, n.Embargo, n.Until, want)
		}
	}
	if n := notice.Line("EMBARGOED until 0600 GMT March 5/6: Budget", clock); !n.Embargo || !n.Until.IsZero() {
		t.Errorf("a day that cannot be read: until %s, want an unknown end", n.Until)
	}
}
