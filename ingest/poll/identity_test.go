package poll_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wiredesk/wiredesk/ingest/poll"
)

// look is a document of a feed, with how many new and changed items it has; episode is several in a row, with how many
// stories there are in the end.
type look struct {
	stories        []story
	fresh, changed int
}

type episode struct {
	name    string
	looks   []look
	stories int
}

// one is a document with one story, changed.
func one(s story, change func(*story)) []story {
	change(&s)
	return []story{s}
}

const longer = " Passengers were offered places on the mail boat, which leaves the northern pier at noon, and on a bus over the causeway at low tide."

// decorated are feeds whose ids and links change although their stories do not, or not much.
func decorated() []episode {
	ferry := plain("ferry")[0]
	linked := func(s story) story { s.guid = s.link; return s }
	longer := ferry.text + longer
	return []episode{
		{"the same words", []look{{[]story{ferry}, 1, 0}, {[]story{ferry}, 0, 0}}, 1},
		{"a guid with trackers", []look{
			{[]story{linked(ferry)}, 1, 0},
			{one(linked(ferry), func(s *story) { s.guid += "?utm_source=rss&utm_medium=feed"; s.link = s.guid }), 0, 0},
			{one(linked(ferry), func(s *story) { s.guid += "?utm_campaign=evening"; s.link += "?fbclid=abc" }), 0, 0},
		}, 1},
		{"a link with trackers", []look{
			{[]story{ferry}, 1, 0},
			{one(ferry, func(s *story) { s.link += "?utm_source=rss" }), 0, 0},
		}, 1},
		{"only the time is newer", []look{
			{one(ferry, func(s *story) { s.date = "Tue, 06 May 2031 06:00:00 GMT" }), 1, 0},
			{one(ferry, func(s *story) { s.date = "Tue, 06 May 2031 06:30:00 GMT" }), 0, 0},
		}, 1},
		{"an edited text", []look{
			{[]story{ferry}, 1, 0},
			{one(ferry, func(s *story) { s.text = longer }), 0, 1},
			{one(ferry, func(s *story) { s.text = longer; s.title = "Island ferry is back" }), 0, 1},
		}, 1},
		{"an edit moves the link too", []look{
			{[]story{ferry}, 1, 0},
			{one(ferry, func(s *story) { s.text = longer; s.link += "-updated" }), 0, 1},
		}, 1},
		{"a flash grows, and its link moves", []look{
			{one(ferry, func(s *story) { s.text = "" }), 1, 0},
			{one(ferry, func(s *story) { s.link += "-in-full" }), 0, 1},
		}, 1},
	}
}

// reused are feeds whose ids say little about which story it is.
func reused() []episode {
	p := plain("ferry", "bakery", "comet", "bridge", "choir")
	ferry := p[0]
	constant := func(i int) story { s := p[i]; s.guid = "lantern-item"; return s }
	longer := ferry.text + longer
	return []episode{
		{"one id for the whole feed, one item at a time", []look{
			{[]story{constant(0)}, 1, 0},
			{[]story{constant(1)}, 1, 0},
			{[]story{constant(1)}, 0, 0},
			{[]story{constant(2)}, 1, 0},
			{[]story{constant(0)}, 0, 0},
		}, 3},
		{"one id for the whole feed, many items", []look{
			{[]story{constant(0)}, 1, 0},
			{[]story{constant(1), constant(0)}, 1, 0},
			{[]story{constant(2), constant(1), constant(0)}, 1, 0},
			{[]story{constant(2)}, 0, 0},
		}, 3},
		{"one id and no links", []look{
			{one(constant(0), func(s *story) { s.link = "" }), 1, 0},
			{one(constant(1), func(s *story) { s.link = "" }), 1, 0},
			{one(constant(1), func(s *story) { s.link = "" }), 0, 0},
		}, 2},
		{"one id, and links to the front page", []look{
			{one(constant(0), func(s *story) { s.link = "http://lantern.example/" }), 1, 0},
			{one(constant(1), func(s *story) { s.link = "http://lantern.example/" }), 1, 0},
		}, 2},
		{"an id is given to another story years after", []look{
			{[]story{ferry}, 1, 0},
			{one(p[3], func(s *story) { s.guid = ferry.guid }), 1, 0},
			{append(one(p[3], func(s *story) { s.guid = ferry.guid }), ferry), 0, 0},
		}, 2},
		{"ids that change with every edit", []look{
			{[]story{p[1], ferry}, 2, 0},
			{append(one(ferry, func(s *story) { s.guid += "/rev2"; s.text = longer }), p[1]), 1, 0}, // the habit shows: one story is doubled
			{append(one(ferry, func(s *story) { s.guid += "/rev3"; s.text = longer + " It rained." }), p[1]), 0, 1},
			{append(one(ferry, func(s *story) { s.guid += "/rev4"; s.text = longer + " It rained again." }), p[1]), 0, 1},
			{one(p[4], func(s *story) { s.guid += "/rev1" }), 1, 0},
			{one(p[4], func(s *story) { s.guid += "/rev2"; s.text += " Tickets are free." }), 0, 1},
		}, 4},
		{"ids that change, with links that are decorated", []look{
			{[]story{ferry}, 1, 0},
			{one(ferry, func(s *story) { s.guid += "/2"; s.link += "?utm_source=a" }), 1, 0},
			{one(ferry, func(s *story) { s.guid += "/3"; s.link += "?utm_source=b" }), 0, 0},
		}, 2},
	}
}

// arriving are feeds whose items come and go out of order.
func arriving() []episode {
	p := plain("ferry", "bakery")
	ferry := p[0]
	longer := ferry.text + longer
	return []episode{
		{"an item and its edit side by side", []look{
			{append(one(ferry, func(s *story) { s.text = longer }), ferry), 1, 0},
			{append(one(ferry, func(s *story) { s.text = longer }), ferry), 0, 0},
			{append(one(ferry, func(s *story) { s.text = longer + " It rained." }), ferry), 0, 1},
		}, 1},
		{"a back-dated item", []look{
			{one(ferry, func(s *story) { s.date = "Tue, 06 May 2031 06:00:00 GMT" }), 1, 0},
			{append(one(p[1], func(s *story) { s.date = "Fri, 02 May 2031 06:00:00 GMT" }), ferry), 1, 0},
		}, 2},
		{"items without any id", []look{
			{one(ferry, func(s *story) { s.guid, s.link = "", "" }), 1, 0},
			{append(one(p[1], func(s *story) { s.guid, s.link = "", "" }), one(ferry, func(s *story) { s.guid, s.link = "", "" })...), 1, 0},
		}, 2},
		{"an item that leaves and comes back", []look{
			{[]story{p[1], ferry}, 2, 0}, {[]story{p[1]}, 0, 0}, {[]story{p[1], ferry}, 0, 0},
		}, 2},
	}
}

// TestItemsSeenAgain plays feeds whose ids and links are not what they should be.
func TestItemsSeenAgain(t *testing.T) {
	for _, e := range slices.Concat(decorated(), reused(), arriving()) {
		t.Run(e.name+"/rss", func(t *testing.T) { e.play(t, channel) })
		t.Run(e.name+"/jsonfeed", func(t *testing.T) { e.play(t, jsonFeed) })
	}
}

func (e episode) play(t *testing.T, write func(...story) string) {
	r := newRoom(t, nil)
	var ids []string
	for i, l := range e.looks {
		r.agency.serves(write(l.stories...))
		round := r.poll()
		if round.New != l.fresh || round.Changed != l.changed || round.Err != nil {
			t.Errorf("look %d: %d new and %d changed (%v); want %d and %d", i+1, round.New, round.Changed, round.Err, l.fresh, l.changed)
		}
		got := r.stories()
		if len(got) != l.fresh+l.changed {
			t.Errorf("look %d: %d documents taken; want %d", i+1, len(got), l.fresh+l.changed)
		}
		ids = append(ids, got...)
		r.restart(nil) // what is known must not live in memory alone
	}
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != e.stories {
		t.Errorf("%d stories in the end; want %d", n, e.stories)
	}
}

func jsonFeed(stories ...story) string {
	var items []string
	for _, s := range stories {
		var fields []string
		for _, f := range [][2]string{{"id", s.guid}, {"url", s.link}, {"title", s.title}, {"content_text", s.text}} {
			if f[1] != "" {
				fields = append(fields, fmt.Sprintf("%q:%q", f[0], f[1]))
			}
		}
		if s.date != "" {
			day := map[bool]string{true: "2031-05-06T06:00:00Z", false: "2031-05-02T06:00:00Z"}[strings.Contains(s.date, "06 May")]
			fields = append(fields, fmt.Sprintf(`"date_published":%q`, day))
		}
		items = append(items, "{"+strings.Join(fields, ",")+"}")
	}
	return `{"version":"https://jsonfeed.org/version/1.1","title":"The Lantern","home_page_url":"http://lantern.example/","items":[` + strings.Join(items, ",") + `]}`
}

func TestATombstoneIsHandedOn(t *testing.T) {
	const head = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>L</title><id>tag:l,2031:f</id><updated>2031-05-06T07:00:00Z</updated>`
	r := newRoom(t, nil)
	entry := `<entry><id>tag:l,2031:1</id><title>Ferry stays in port</title><updated>2031-05-06T06:00:00Z</updated><content>The ferry stays in port.</content></entry>`
	other := `<entry><id>tag:l,2031:2</id><title>Comet over the valley</title><updated>2031-05-06T06:00:00Z</updated><content>A comet was seen.</content></entry>`
	r.agency.serves(head + entry + other + "</feed>")
	want(t, r.poll(), poll.OutcomeChanged, 2, 0)
	first := r.stories()
	r.agency.serves(head + other + "</feed>")
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	r.agency.serves(head + other + `<at:deleted-entry ref="tag:l,2031:1" when="2031-05-06T08:00:00Z"/></feed>`)
	want(t, r.poll(), poll.OutcomeChanged, 0, 1)
	if got := r.stories(); len(got) != 1 || !slices.Contains(first, got[0]) {
		t.Errorf("the tombstone is of %v; want one of %v", got, first)
	}
}

func TestACacheThatLagsBehindChangesNothingBack(t *testing.T) {
	r := newRoom(t, nil)
	serve := func(modified string, stories ...story) {
		r.agency.says(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Last-Modified", modified)
			fmt.Fprint(w, channel(stories...))
		})
	}
	ferry := plain("ferry")[0]
	edited := ferry
	edited.text += " The crack is repaired."
	serve("Tue, 06 May 2031 06:00:00 GMT", ferry)
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	serve("Tue, 06 May 2031 07:00:00 GMT", edited)
	want(t, r.poll(), poll.OutcomeChanged, 0, 1)
	serve("Tue, 06 May 2031 06:00:00 GMT", append(plain("comet"), ferry)...)
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	serve("Tue, 06 May 2031 07:00:00 GMT", edited)
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	serve("Tue, 06 May 2031 08:00:00 GMT", ferry)
	want(t, r.poll(), poll.OutcomeChanged, 0, 1)
}

func TestNumbersInAddressesAreNoEdit(t *testing.T) {
	r := newRoom(t, nil)
	serve := func(address string) {
		s := plain("ferry")[0]
		s.text = `<![CDATA[<p>The ferry was cancelled, <a href="` + address + `">the timetable</a> says.</p>]]>`
		r.agency.serves(channel(s))
	}
	serve("http://lantern.example/times?n=1")
	want(t, r.poll(), poll.OutcomeChanged, 1, 0)
	serve("http://lantern.example/times?n=2&v=9")
	want(t, r.poll(), poll.OutcomeUnchanged, 0, 0)
	serve("http://lantern.example/other?n=2")
	want(t, r.poll(), poll.OutcomeChanged, 0, 1)
}
