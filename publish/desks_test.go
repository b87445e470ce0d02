package publish_test

import (
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/route"
)

// routed is a desk whose publish stage knows these routes.
func routed(t *testing.T, routes ...route.Desk) (*desk, *route.Live) {
	t.Helper()
	live := &route.Live{}
	live.Set(table(t, routes...))
	d := newDesk(t)
	d.route = live
	d.run()
	return d, live
}

func table(t *testing.T, routes ...route.Desk) *route.Table {
	t.Helper()
	all, err := route.New(routes)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (d *desk) holds(t *testing.T, want map[string]string) {
	t.Helper()
	d.settled()
	for subject, want := range want {
		if got := strings.Join(d.news(subject), " "); got != want {
			t.Errorf("%s holds %q; want %q", subject, got, want)
		}
	}
}

// TestDesksFollowTheStory has a story that a desk wanted once: it gets what becomes of it, and the kill.
func TestDesksFollowTheStory(t *testing.T) {
	d, _ := routed(t,
		route.Desk{Name: "grain", When: `text contains "grain"`}, route.Desk{Name: "Port & Sea", When: `headline contains "port"`},
		route.Desk{Name: "broken", When: `topics[3] == "sport"`}, route.Desk{Name: "killed", When: `event == "kill" or event == "embargo"`},
	)
	d.article("one", 1, "new", "grain ships", true, "wire.sana")
	d.article("one", 2, "update", "ships in port", true, "wire.sana")
	d.holds(t, map[string]string{
		"news.wire.sana.one": "1:new 2:update", "news.desk.grain.one": "1:new 2:update", "news.desk._50ort_20_26_20_53ea.one": "2:update",
		"news.desk.broken.one": "",
	})
	d.article("one", 3, "kill", "grain in port", true, "wire.sana")
	d.article("two", 1, "embargo", "grain", false, "wire.sana")
	d.holds(t, map[string]string{
		"news.wire.sana.one": "3:kill", "news.desk.grain.one": "3:kill", "news.desk._50ort_20_26_20_53ea.one": "3:kill",
		"news.desk.killed.*": "", "news.desk.*.two": "",
	})
	for _, m := range d.messages("news.desk.grain.one") {
		if strings.Contains(string(m.Data()), "grain") {
			t.Errorf("the desk's notice of the kill carries its text: %s", m.Data())
		}
	}
}

// TestNewDesksTakeOver replaces the table while the stage runs: who had the story keeps getting it.
func TestNewDesksTakeOver(t *testing.T) {
	d, live := routed(t, route.Desk{Name: "before", When: `provider == "sana"`})
	d.article("one", 1, "new", "text", true, "wire.sana")
	d.settled()
	live.Set(table(t, route.Desk{Name: "after", When: `provider == "sana"`}))
	d.article("one", 2, "update", "more text", true, "wire.sana")
	d.article("two", 1, "new", "text", true, "wire.sana")
	d.holds(t, map[string]string{
		"news.desk.before.one": "1:new 2:update", "news.desk.after.one": "2:update", "news.desk.before.two": "", "news.desk.after.two": "1:new",
	})
}

// TestDesksAreToldAfterNewsForgot has NEWS lose a story to its retention before the kill comes: the desk that had the
// text is told all the same, and one that never had it is not.
func TestDesksAreToldAfterNewsForgot(t *testing.T) {
	d, _ := routed(t, route.Desk{Name: "grain", When: `text contains "grain"`}, route.Desk{Name: "held", When: `text contains "secret"`})
	d.article("one", 1, "new", "grain ships", true, "wire.sana")
	d.article("one", 2, "update", "secret", false, "wire.sana") // an advisory
	d.holds(t, map[string]string{"news.desk.grain.one": "1:new"})
	s, err := d.JS.Stream(t.Context(), stream.NEWS)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.article("one", 3, "kill", "", true, "wire.sana")
	d.holds(t, map[string]string{"news.wire.sana.one": "3:kill", "news.desk.grain.one": "3:kill", "news.desk.held.one": ""})
}
