package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// A story's page marks its credits, explains each to mouse and keyboard, tells its revisions apart, and has the bytes.
func TestAStoryIsExplained(t *testing.T) {
	d := open(t, nil)
	d.push(t, "harbour", plain("Ferry sails"), adapter.Document{URI: "urn:x:ferry", Version: "1"})
	id := story(d.push(t, "harbour", strings.Replace(plain("Ferry sails"), "Monday", "Tuesday", 1), adapter.Document{URI: "urn:x:ferry", Version: "2"}))
	p := visit(t, d.at.HTTP+"/console/story/"+id)
	p.until("document.querySelectorAll('.timeline li').length === 2")
	if got := ask[string](p, "[...document.querySelectorAll('.mark.m-outlet')].map((m) => m.textContent).join('|')"); !strings.HasPrefix(got, "Reuters") {
		t.Errorf("marked outlets %q, want Reuters first", got)
	}
	ask[bool](p, "(document.querySelector('.mark.m-outlet').dispatchEvent(new FocusEvent('focus')), true)")
	p.until("!document.querySelector('.tip').hidden && /Rules/.test(document.querySelector('.tip').textContent) && /\\d %/.test(document.querySelector('.tip').textContent)")
	p.keys("\x1b")
	p.until("document.querySelector('.tip').hidden")
	p.click(".timeline button[aria-expanded]")
	p.until("document.querySelector('.changes del')?.textContent === 'Monday' && document.querySelector('.changes ins')?.textContent === 'Tuesday'")
	p.click("details summary")
	p.until("document.querySelector('pre.paper')?.textContent.includes('LUNDBY, Denmark')")
	if got := ask[int](p, "document.querySelectorAll('table tbody tr').length"); got < 4 {
		t.Errorf("%d steps on its way, want the arrivals, the decisions and the news", got)
	}
	p.until("document.querySelector('main').textContent.includes('news.source.reuters.')")
	p.unhurt()
}

// Arabic reads from right to left, in the list and on its page.
func TestRightToLeft(t *testing.T) {
	d := open(t, nil)
	text := "قافلة كتب تصل إلى القرى\n\nعمّان 14 أيار (بترا) - وصلت قافلة تحمل كتابا إلى مدرسة في البادية.\n"
	id := story(d.push(t, "petra", text, adapter.Document{}))
	p := visit(t, d.at.HTTP+"/console/wire")
	p.until("document.querySelector('.headline')")
	if got := ask[string](p, "getComputedStyle(document.querySelector('.headline')).direction"); got != "rtl" {
		t.Errorf("the headline's direction is %s", got)
	}
	p.visit(d.at.HTTP + "/console/story/" + id)
	p.until("document.querySelector('.copy p')")
	if got := ask[string](p, "[...document.querySelectorAll('.copy > *, h1')].map((e) => getComputedStyle(e).direction).join()"); strings.Contains(got, "ltr") {
		t.Errorf("directions %s, want all from right to left", got)
	}
	if got := ask[string](p, "document.querySelector('.copy').lang"); got != "ar" {
		t.Errorf("lang %q, want ar", got)
	}
}

// hostile copy tries to run in every field that it can reach.
var hostile = []string{
	`<script>window.owned="script"</script> in a headline`,
	`<img src=x onerror="window.owned='image'"> in a headline`,
	`"><svg onload=window.owned='svg'>`,
	`javascript:window.owned='link'`,
	"Safe\u202e gnihton syas siht",
	`{{constructor.constructor("window.owned='template'")()}}`,
}

func TestHostileCopyDoesNotRun(t *testing.T) {
	d := open(t, nil)
	var ids []string
	for i, h := range hostile {
		text := h + "\n\nLUNDBY, Denmark (Reuters) - " + h + ", said <b onclick=\"window.owned=1\">Holm</b>.\n\n" + h + "\n"
		ids = append(ids, story(d.push(t, "mill", text, adapter.Document{Format: "text", URI: "javascript:window.owned='uri" + fmt.Sprint(i) + "'"})))
	}
	js, err := jetstream.New(d.Conn())
	if err != nil {
		t.Fatal(err)
	}
	letter := stream.Message{Subject: "wire.dead.ingest.mill", Data: []byte(hostile[0] + hostile[1]), Header: map[string][]string{
		stream.HStage: {"ingest"}, stream.HFeed: {"mill"}, stream.HReason: {stream.HeaderValue("1:3: " + hostile[1])}, stream.HName: {stream.HeaderValue(hostile[2])},
	}}
	if _, err := js.PublishMsg(t.Context(), letter.NATS()); err != nil {
		t.Fatal(err)
	}
	p := visit(t, d.at.HTTP+"/console/wire")
	p.until(fmt.Sprintf("document.querySelectorAll('.row').length === %d", len(hostile)))
	if got := list(ask[[]string](p, rowTexts)); !strings.Contains(got, hostile[0]) || strings.Contains(got, "\u202e") {
		t.Errorf("the list shows %s; want the text as it is, and no turning mark", got)
	}
	pages := []string{"/console/wire", "/console/feeds", "/console/dead/1", "/console/holds", "/console/routes?story=" + ids[0]}
	for _, id := range ids {
		pages = append(pages, "/console/story/"+id)
	}
	for _, address := range pages {
		p.visit(d.at.HTTP + address)
		p.until("document.querySelector('main h1, main h2, main .row') && document.querySelector('main').innerText.length > 40")
		if got := ask[string](p, `[...document.querySelectorAll('main script, main img, main svg:not(.bars), main iframe, main b, a:not([href^="/console/"]):not([href^="#"])')].map((e) => e.outerHTML).join()`); got != "" {
			t.Errorf("%s: copy became markup: %s", address, got)
		}
		ask[bool](p, "(document.querySelectorAll('main a').forEach((a) => a.dispatchEvent(new Event('auxclick'))), true)")
		p.unhurt()
	}
	if got := ask[string](p, "(() => { try { document.body.innerHTML = '<p>x'; return 'taken'; } catch (e) { return e.name; } })()"); got != "TypeError" {
		t.Errorf("innerHTML with a plain string: %s, want a refusal by Trusted Types", got)
	}
}
