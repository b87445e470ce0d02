// Package browser_test drives the console in a real Chromium, against a real line. Without -chromium there is nothing to
// run: .ci/console finds or installs the browser and axe-core, and says where they are.
package browser_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

var (
	chromium = flag.String("chromium", "", "the browser's program; without it nothing is run")
	axe      = flag.String("axe", "", "the file axe.min.js of axe-core")
	frames   = flag.Duration("frames", 8*time.Second, "how long 1,000 stories a minute arrive while frames are timed")
	shots    = flag.String("shots", "", "a directory to leave pictures of each page in")

	parent context.Context // of the one browser that all tests share
)

func TestMain(m *testing.M) {
	flag.Parse()
	if *chromium == "" {
		os.Exit(0)
	}
	os.Exit(browse(m))
}

func browse(m *testing.M) int {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(*chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, end := chromedp.NewContext(ctx)
	defer end()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	parent = ctx
	return m.Run()
}

// desk is a line at work.
type desk struct {
	*line.Line
	at line.Address
}

func open(t *testing.T, change func(*config.Config)) *desk {
	t.Helper()
	c := config.Default()
	c.Data, c.HTTP.Listen, c.Durability = t.TempDir(), "127.0.0.1:0", config.Relaxed
	c.Desks = []config.Desk{{Name: "ferries", When: `text contains "ferry" and urgency <= 4`}, {Name: "sport", When: `topic("sport")`}}
	if change != nil {
		change(c)
	}
	log := zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel)
	l, err := line.Open(t.Context(), line.Options{Config: c, Roles: line.Everything(), Software: "wiredesk/test", Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan line.Address, 1), make(chan error, 1)
	go func() { done <- l.Run(ctx, func(a line.Address) { ready <- a }) }()
	d := &desk{Line: l, at: <-ready}
	t.Cleanup(func() { cancel(); <-done })
	return d
}

// push sends a document, and again while the line says that it cannot take it now.
func (d *desk) push(t *testing.T, feed, document string, about adapter.Document) wiredesk.Receipt {
	t.Helper()
	client, err := adapter.New(d.at.HTTP, feed)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r, err := client.Push(ctx, []byte(document), about)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tab is a page of the console in the browser.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// recorder keeps the ids of the events that a page was sent, and what its policy had to stop.
const recorder = `window.ids = []; window.stopped = [];
document.addEventListener('securitypolicyviolation', (e) => window.stopped.push(e.violatedDirective + ' ' + e.blockedURI));
const Plain = window.EventSource;
window.EventSource = class extends Plain { constructor(...a) { super(...a); this.addEventListener('article', (e) => window.ids.push(e.lastEventId)); } };`

func visit(t *testing.T, address string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: recorder}); err != nil {
		t.Fatal(err)
	}
	p := &tab{t, ctx}
	p.visit(address)
	return p
}

func (p *tab) visit(address string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Navigate(address)); err != nil {
		p.t.Fatal(err)
	}
}

// ask evaluates an expression in the page, and waits for a promise.
func ask[T any](p *tab, expression string) T {
	p.t.Helper()
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// until waits for an expression to be true.
func (p *tab) until(expression string) {
	p.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		got, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("!!("+expression+")", chromedp.EvalAwaitPromise))
		if err == nil && got {
			return
		}
		if time.Now().After(deadline) {
			text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.body.innerText"))
			at, _ := chromedp.Run(p.ctx, chromedp.Location())
			p.t.Fatalf("at %s it does not come about that %s (%v); the page says\n%s", at, expression, err, text)
		}
		<-time.After(25 * time.Millisecond)
	}
}

// keys are pressed one after another.
func (p *tab) keys(all string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.KeyEvent(all)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) click(selector string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.querySelector(%q)", selector))
	ask[bool](p, fmt.Sprintf("(document.querySelector(%q).click(), true)", selector))
}

// unhurt sees that nothing of the page's policy had to step in, and that nothing ran.
func (p *tab) unhurt() {
	p.t.Helper()
	if got := ask[string](p, "window.stopped.join('; ') + (window.owned ? ' owned: ' + window.owned : '')"); got != "" {
		p.t.Errorf("the policy stopped, or something ran: %s", got)
	}
}

const rowTexts = `[...document.querySelectorAll('.row')].sort((a, b) => a.getAttribute('aria-posinset') - b.getAttribute('aria-posinset')).map((r) => r.querySelector('.headline').textContent)`

// plain is a text story with a headline.
func plain(headline string) string {
	return headline + "\n\nLUNDBY, Denmark, March 7 (Reuters) - The ferry sails again on Monday, its captain Ada Holm said.\n\n\"We are ready,\" Holm told the Associated Press.\n"
}

func status(t *testing.T, url string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func story(r wiredesk.Receipt) string { return r.Stories[0].Story }

func list(all []string) string { return strings.Join(all, " | ") }
