package browser_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/config"
)

// The list shows what stood and what comes, the newest first, an update in its story's place; it is filtered by words and
// facets, which stand in the address, and is worked by keys alone.
func TestTheWireIsLive(t *testing.T) {
	d := open(t, nil)
	d.push(t, "mill", plain("Mill wheel turns"), adapter.Document{URI: "urn:x:mill", Version: "1"})
	p := visit(t, d.at.HTTP+"/")
	p.until("document.querySelectorAll('.row').length === 1 && document.querySelector('.status').dataset.state === 'live'")
	d.push(t, "harbour", plain("Harbour opens"), adapter.Document{})
	p.until("document.querySelectorAll('.row').length === 2")
	d.push(t, "mill", plain("Mill wheel stands"), adapter.Document{URI: "urn:x:mill", Version: "2"})
	p.until("document.querySelector('.row.is-update')")
	if got, want := ask[[]string](p, rowTexts), []string{"Mill wheel stands", "Harbour opens"}; !slices.Equal(got, want) {
		t.Errorf("the list is %s; want %s", list(got), list(want))
	}
	if got := ask[string](p, "document.querySelector('.row .credits').textContent"); got != "ReutersAssociated Press" && got != "Reuters" {
		t.Errorf("credits %q; want Reuters among them", got)
	}
	p.keys("/")
	p.until("document.activeElement.id === 'words'")
	ask[bool](p, "(document.activeElement.value = '', true)") // the driver types what a page prevents
	p.keys("harbour")
	p.until("document.querySelectorAll('.row').length === 1 && location.search === '?q=harbour'")
	p.keys("\x1b")
	p.keys("\x1b")
	p.until("document.querySelectorAll('.row').length === 2 && location.search === ''")
	p.click(".row .chip.provider")
	p.until("location.search === '?wire=mill' && document.querySelectorAll('.row').length === 1")
	p.visit(d.at.HTTP + "/console/wire?wire=harbour")
	p.until("document.querySelectorAll('.row').length === 1 && document.querySelector('.headline').textContent === 'Harbour opens'")
	p.keys("j")
	p.until("document.activeElement.classList.contains('row')")
	p.keys("\r")
	p.until("location.pathname.startsWith('/console/story/') && document.querySelector('.mark')")
	p.keys("gf")
	p.until("location.pathname === '/console/feeds' && document.querySelectorAll('tbody tr').length === 2")
	p.unhurt()
}

// The broker goes away under an open page and comes back: the page says so, and has each story once.
func TestTheBrokerGoesAwayUnderAnOpenPage(t *testing.T) {
	b := brokertest.New(t, brokertest.Listen())
	d := open(t, func(c *config.Config) { c.NATS.URL = b.Server.URL() })
	for i := range 5 {
		d.push(t, "mill", plain("Before "+strconv.Itoa(i)), adapter.Document{})
	}
	p := visit(t, d.at.HTTP+"/console/wire")
	p.until("document.querySelectorAll('.row').length === 5 && document.querySelector('.status').dataset.state === 'live'")
	for round := range 2 {
		b.Stop()
		p.until("document.querySelector('.status').dataset.state === 'away'")
		if code := status(t, d.at.HTTP+"/console/api/dead"); code != http.StatusServiceUnavailable {
			t.Errorf("a question while the broker is away: %d, want 503", code)
		}
		b.Start(t)
		for i := range 5 {
			d.push(t, "mill", plain(fmt.Sprintf("After %d.%d", round, i)), adapter.Document{})
		}
		p.until(fmt.Sprintf("document.querySelectorAll('.row').length === %d && document.querySelector('.status').dataset.state === 'live'", 10+5*round))
	}
	ids := ask[[]string](p, "window.ids")
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			t.Errorf("event %s came twice: %v", id, ids)
		}
	}
	if len(ids) != 15 {
		t.Errorf("%d events, want 15: %v", len(ids), ids)
	}
	p.unhurt()
}

// While 1,000 stories a minute arrive, only what is in view is in the document, and no story is missed.
func TestThousandStoriesAMinute(t *testing.T) {
	d := open(t, nil)
	p := visit(t, d.at.HTTP+"/console/wire")
	p.until("document.querySelector('.status').dataset.state === 'live'")
	ask[bool](p, `(window.gaps = [], window.tasks = [], new PerformanceObserver((l) => l.getEntries().forEach((e) => window.tasks.push(e.duration))).observe({type: 'longtask'}),
		(function next(then) { requestAnimationFrame((now) => { if (then) window.gaps.push(now - then); next(now); }); })(), true)`)
	tick := time.NewTicker(time.Minute / 1000)
	defer tick.Stop()
	n := 0
	for end := time.Now().Add(*frames); time.Now().Before(end); n++ {
		<-tick.C
		d.push(t, "feed-"+strconv.Itoa(n%20), plain(fmt.Sprintf("Story number %d of the minute", n)), adapter.Document{})
	}
	p.until(fmt.Sprintf("import('/console/web/live.js').then((m) => m.wire.order.length === %d)", n))
	if got := ask[int](p, "document.querySelectorAll('.row').length"); got > 60 {
		t.Errorf("%d rows stand in the document, want no more than a screenful", got)
	}
	gaps := ask[[]float64](p, "window.gaps")
	tasks := ask[[]float64](p, "window.tasks")
	slices.Sort(gaps)
	at := func(q float64) float64 { return gaps[int(q*float64(len(gaps)-1))] }
	t.Logf("%d stories in %s: %d frames, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms; %d tasks over 50 ms %v", n, *frames, len(gaps), at(.5), at(.95), at(.99), at(1), len(tasks), tasks)
}

// The first paint of the wire fits into 200 kB, and does not ask anybody else for anything.
func TestFirstPaintIsSmall(t *testing.T) {
	d := open(t, nil)
	p := visit(t, d.at.HTTP+"/console/wire")
	p.until("document.querySelector('.status').dataset.state === 'live'")
	type sent struct {
		Name string
		Size int
	}
	all := ask[[]sent](p, `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((e) => ({Name: e.name, Size: e.transferSize}))`)
	total := 0
	for _, s := range all {
		total += s.Size
	}
	t.Logf("%d bytes in %d answers", total, len(all))
	if total == 0 || total > 200_000 {
		t.Errorf("%d bytes for the first paint, want more than none and less than 200 kB: %+v", total, all)
	}
	if got := ask[int](p, fmt.Sprintf("performance.getEntriesByType('resource').filter((e) => !e.name.startsWith(%q)).length", d.at.HTTP)); got != 0 {
		t.Errorf("%d things were asked of others", got)
	}
}
