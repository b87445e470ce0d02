package route_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/publish/route"
)

// story is an invented article that says something in every field.
func story() *wiredesk.Article {
	a := &wiredesk.Article{
		Provider: "sana", Feed: "sana-en", Event: "new", Alert: "urgent", Keywords: []string{"grain"},
		Text:         "Silos reopen at the port of Lundby.\n\nThe harbour office said two grain ships had docked.",
		Attributions: []wiredesk.Attribution{origin("sana"), cited("tass")},
		Topics:       []wiredesk.Topic{{Code: "medtop:04000000", Name: "economy, business and finance"}, {Code: "medtop:20000210", Name: "shipping and postal service"}},
		Places:       []wiredesk.Place{{Name: "Lundby", Country: "SY"}}, People: []wiredesk.Named{{Name: "Ada Holt"}},
		Organisations: []wiredesk.Named{{Name: "Harbour Office"}},
		Languages:     []wiredesk.Tongue{{Language: "ar"}},
		Hops:          []wiredesk.Hop{{Stage: "enrich", At: time.Date(2031, 3, 7, 22, 30, 0, 0, time.UTC)}}, // a Friday
	}
	a.Item = wiredesk.Item{
		Language: "en-GB", Urgency: 2, Slugline: "SILOS", UsageTerms: "No text and data mining (PROHIBITED)",
		RightsInfo: &wiredesk.RightsInfo{LinkedRights: "https://rights.example/terms"},
		Headlines:  []wiredesk.Content{{Value: "Silos reopen"}}, Genres: []wiredesk.Concept{{Name: "Current", URI: "http://cv.iptc.org/newscodes/genre/Current"}},
		Subjects: []wiredesk.Subject{{Name: "guerrilla activity", URI: "http://cv.iptc.org/newscodes/subjectcode/16009003"}},
	}
	return a
}

func origin(id string) wiredesk.Attribution {
	return wiredesk.Attribution{Role: wiredesk.RoleOrigin, Source: wiredesk.Source{ID: id}}
}

func cited(id string) wiredesk.Attribution {
	return wiredesk.Attribution{Role: wiredesk.RoleCited, Source: wiredesk.Source{ID: id}}
}

func TestExpressions(t *testing.T) {
	for when, want := range map[string]bool{
		`"sana" in sources and "SY" in places and urgency <= 3`: true,
		`"tass" in sources and "tass" not in origin`:            true,
		`"sana" in origin`:                                            true,
		`"reuters" in sources`:                                        false,
		`topic("economy-business-finance")`:                           true,
		`topic("conflict-war-peace")`:                                 true, // above the provider's own subject code
		`topic("subj:16009000")`:                                      true,
		`topic("medtop:20000210") and topic("guerrilla-activity")`:    true,
		`topic("shipping-and-postal-service")`:                        true,
		`topic("sport") or "medtop:04000000" in topics`:               true,
		`lang == "en" and "ar" in languages and "en-GB" in languages`: true,
		`lang in ["fr", "en"]`:                                        true,
		`lang in ["fr", "de"]`:                                        false,
		`provider == "sana" and "sana-en" == feed`:                    true,
		`alert != "" and alert == "urgent" and event == "new"`:        true,
		`"genre:Current" in genres and "Current" in genres`:           true,
		`"grain" in keywords and slugline startsWith "SIL"`:           true,
		`headline matches "(?i)^silos"`:                               true,
		`text matches "grain ships? had"`:                             true,
		`text contains "Wheat"`:                                       false,
		`"Ada Holt" in people and "Harbour Office" in organisations`:  true,
		`mining`:                      false,
		`usage contains "PROHIBITED"`: true,
		`rights startsWith "https:"`:  true,
		`any(keywords, # startsWith "gr") and count(places, # == "SY") == 1`: true,
		`lower(slugline) == "silos" and len(people) == 1`:                    true,
		`weekday("mon-fri", "UTC")`:                                          true,
		`weekday("fri", "Asia/Damascus")`:                                    false, // there it is Saturday by now
		`weekday("sat,sun", "Asia/Damascus")`:                                true,
		`weekday("sat-mon", "UTC")`:                                          false,
		`between("22:00", "06:00", "Europe/London")`:                         true,
		`between("23:00", "06:00", "Europe/London")`:                         false,
		`between("00:00", "02:00", "Asia/Damascus")`:                         true,
		`between("22:30", "22:31", "UTC")`:                                   true,
		`between("22:00", "22:30", "UTC")`:                                   false,
		`between("18:00", "24:00", "UTC")`:                                   true,
		`not topic("sport")`:                                                 true,
		`urgency > 3 ? true : provider == "sana"`:                            true,
	} {
		table, err := route.New([]route.Desk{{Name: "desk", When: when}})
		if err != nil {
			t.Errorf("%s: %v", when, err)
			continue
		}
		desks, failed := table.Desks(story())
		if got := len(desks) == 1; got != want || len(failed) > 0 {
			t.Errorf("%s = %v, failed %v; want %v", when, got, failed, want)
		}
		if e := table.Explain(story())[0]; e.Matches != want || e.Error != "" {
			t.Errorf("%s is explained as %v (%s); want %v", when, e.Matches, e.Error, want)
		}
	}
}

// TestUnsaid holds what an article does not say.
func TestUnsaid(t *testing.T) {
	a := &wiredesk.Article{Provider: "sana"}
	for when, want := range map[string]bool{
		`urgency == 5`: true, `urgency <= 3`: false, `mining`: true, `lang == ""`: true, `len(sources) == 0`: true, `alert == ""`: true,
	} {
		table, err := route.New([]route.Desk{{Name: "desk", When: when}})
		if err != nil {
			t.Fatal(err)
		}
		if desks, _ := table.Desks(a); (len(desks) == 1) != want {
			t.Errorf("%s = %v, want %v", when, !want, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		when   string
		offset int
		want   string
	}{
		{`"sana" in sources and urgencyy <= 3`, 22, `no field "urgencyy"`},
		{`urgency <= "3"`, 8, "mismatched types int and string"},
		{`urgency`, 0, "expected bool, but got int"},
		{`"sana" in`, 8, "unexpected token"},
		{`"sy" in places`, 0, "capitals, like SY"},
		{`lang == "en" and text matches "("`, 30, "missing closing )"},
		{`text matches headline`, 13, "is to be a text in quotes"},
		{`1 in 1..100000000`, 6, "ranges are not allowed"},
		{`repeat(text, 1000000) == ""`, 0, "the function repeat is not allowed here"},
		{`now() == now()`, 0, "the function now is not allowed here"},
		{`any(people, any(keywords, # == "x"))`, 0, "another list"},
		{`count(places) == 1`, 0, "use len"},
		{`let x = 1; x == 1`, 4, "no variables"},
		{`weekday("mon-fry", "UTC")`, 8, `no days "mon-fry"`},
		{`weekday("mon-fri", "Asia/Damaskus")`, 19, `no time zone "Asia/Damaskus"`},
		{`between("6", "12:00", "UTC")`, 8, `no time of day "6"`},
		{`between("06:00", "12:00")`, 0, "wants 3 texts"},
		{`weekday(lang, "UTC")`, 8, "texts in quotes"},
		{`at == at`, 0, `no field "at"`},
		{`Sources == sources`, 0, `no field "Sources"`},
		{` `, 0, "an empty expression"},
		{strings.Repeat("!", route.MaxExpression) + "mining", 0, "the limit is 4096"},
		{strings.Repeat("mining and ", 300) + "mining", 0, "exceeds maximum allowed nodes"},
	} {
		_, err := route.Compile(c.when)
		var f *route.Fault
		if !errors.As(err, &f) || !strings.Contains(f.Reason, c.want) || c.offset != f.Offset && !strings.Contains(c.want, "nodes") {
			t.Errorf("%.60s: %#v; want %q at %d", c.when, err, c.want, c.offset)
		}
	}
}

// TestOneBadRouteHarmsNoOther has a route that fails on an article without places.
func TestOneBadRouteHarmsNoOther(t *testing.T) {
	table, err := route.New([]route.Desk{{Name: "first", When: `places[0] == "SY"`}, {Name: "second", When: `provider == "sana"`}})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	live := route.Live{Failed: func(desk, story string, err error) { told = append(told, desk+" "+story+": "+err.Error()) }}
	live.Set(table)
	if got, err := live.Desks([]byte(`{"provider":"sana","story":"one"}`)); err != nil || len(got) != 1 || got[0] != "second" {
		t.Errorf("desks %v, %v; want second", got, err)
	}
	if len(told) != 1 || !strings.HasPrefix(told[0], "first one: ") || !strings.Contains(told[0], "out of range") {
		t.Errorf("told %q, want the failure of first", told)
	}
	if e := table.Explain(&wiredesk.Article{})[0]; e.Matches || !strings.Contains(e.Error, "out of range") {
		t.Errorf("explained as %+v, want the failure", e)
	}
}

// TestMining reads what keeps text and data mining back, wherever the item says so.
func TestMining(t *testing.T) {
	table, err := route.New([]route.Desk{{Name: "desk", When: "mining"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		item wiredesk.Item
		want bool
	}{
		{wiredesk.Item{}, true},
		{wiredesk.Item{UsageTerms: "For editorial use."}, true},
		{wiredesk.Item{UsageTerms: "Text and data mining is not permitted."}, false},
		{wiredesk.Item{CopyrightNotice: "All rights reserved, also for data mining."}, false},
		{wiredesk.Item{RightsInfo: &wiredesk.RightsInfo{EncodedRights: `{"prohibition":[{"action":"http://example/tdm/mine"}]}`}}, false},
		{wiredesk.Item{RightsInfo: &wiredesk.RightsInfo{LinkedRights: "https://example/licence"}}, true},
	} {
		a := wiredesk.Article{Item: tt.item}
		if desks, failed := table.Desks(&a); len(desks) == 1 != tt.want || len(failed) > 0 {
			t.Errorf("%+v: mining is %v, %v; want %v", tt.item, desks, failed, tt.want)
		}
	}
}
