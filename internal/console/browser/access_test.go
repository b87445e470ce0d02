package browser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/wiredesk/wiredesk/ingest/adapter"
)

func (p *tab) colours(scheme string) {
	p.t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, media); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) size(width, height int64) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		p.t.Fatal(err)
	}
}

// filled is a line with something on every page, and the pages' addresses with what each waits for.
func filled(t *testing.T) (*desk, map[string][2]string) {
	t.Helper()
	d := open(t, nil)
	d.push(t, "mill", plain("Mill wheel turns"), adapter.Document{URI: "urn:x:mill", Version: "1"})
	id := story(d.push(t, "mill", plain("Mill wheel turns on Tuesday"), adapter.Document{URI: "urn:x:mill", Version: "2"}))
	d.push(t, "mill", "Old ferry, new captain\n\nLUNDBY, Denmark (Reuters) - Gone.\n", adapter.Document{URI: "urn:x:gone", Version: "1"})
	d.push(t, "dpa", `{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:x:gone2","version":"1","type":"text","urgency":1,"language":"en","headlines":[{"value":"FLASH: Bridge opens"}],"bodies":[{"role":"main","value":"It opens."}]}`, adapter.Document{})
	d.push(t, "dpa", `{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:x:gone2","version":"2","type":"text","pubStatus":"canceled","edNote":"Do not use.","headlines":[{"value":"FLASH: Bridge opens"}]}`, adapter.Document{})
	d.push(t, "dpa", `{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:x:later","version":"1","type":"text","embargoedUntil":"2099-01-01T00:00:00Z","headlines":[{"value":"Atlas of moors"}],"bodies":[{"role":"main","value":"It is out."}]}`, adapter.Document{})
	d.push(t, "petra", "قافلة كتب تصل إلى القرى\n\nعمّان 14 أيار (بترا) - وصلت قافلة تحمل كتابا إلى مدرسة في البادية.\n", adapter.Document{})
	bury(t, d, "2:5: there is no \"end\"", "one\ntwo three\n")
	return d, map[string][2]string{
		"wire": {"/console/wire", "document.querySelectorAll('.row').length >= 4"}, "story": {"/console/story/" + id, "document.querySelectorAll('.timeline li').length === 2"},
		"feeds": {"/console/feeds", "document.querySelectorAll('tbody tr').length >= 3"}, "dead": {"/console/dead/1", "document.querySelector('.here mark')"},
		"holds": {"/console/holds", "document.querySelector('[data-until]')?.textContent"}, "routes": {"/console/routes?story=" + id, "document.querySelector('.subjects')"},
		"ticker": {"/console/wire?ticker=1", "document.querySelectorAll('.row').length >= 4"}, "unknown": {"/console/story/aaaaaaaaaaaaaaaaaaaaaaaa", "document.querySelector('.empty')"},
	}
}

// axe-core finds nothing on any page, light or dark, on a desk or in a hand.
func TestEverybodyCanUseIt(t *testing.T) {
	if *axe == "" {
		t.Fatal("name axe.min.js with -axe")
	}
	source, err := os.ReadFile(*axe)
	if err != nil {
		t.Fatal(err)
	}
	d, pages := filled(t)
	p := visit(t, "about:blank")
	for name, page := range pages {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1440, 390} {
				p.colours(scheme)
				p.size(width, 900)
				p.visit(d.at.HTTP + page[0])
				p.until(page[1])
				if name == "feeds" {
					alarmed(t, d, p)
				}
				if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[chromedp.Void](string(source)+";0")); err != nil {
					t.Fatal(err)
				}
				found := ask[[]string](p, `axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary.replaceAll('\n', ' ').slice(0, 300)).join('\n    ')))`)
				if len(found) > 0 {
					t.Errorf("%s, %s, %d wide: %s", name, scheme, width, strings.Join(found, "\n  "))
				}
				picture(t, p, name, scheme, width)
			}
		}
	}
}

// alarmed lets a flash and a kill come in under the page.
func alarmed(t *testing.T, d *desk, p *tab) {
	t.Helper()
	p.until("document.querySelector('.status').dataset.state === 'live'")
	n := strconv.FormatInt(time.Now().UnixNano(), 10)
	for version, more := range []string{`,"urgency":1,"headlines":[{"value":"FLASH: Bridge opens"}]`, `,"pubStatus":"canceled","edNote":"Do not use."`} {
		d.push(t, "dpa", fmt.Sprintf(`{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:x:%s","version":"%d","type":"text","bodies":[{"role":"main","value":"It opens."}]%s}`, n, version+1, more), adapter.Document{})
	}
	p.until("document.querySelector('.alarm.kill .note')")
}

func picture(t *testing.T, p *tab, name, scheme string, width int64) {
	t.Helper()
	if *shots == "" {
		return
	}
	image, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	kind := map[int64]string{1440: "desk", 390: "phone"}[width]
	if err := os.WriteFile(filepath.Join(*shots, name+"-"+scheme+"-"+kind+".png"), image, 0o600); err != nil {
		t.Fatal(err)
	}
}
