package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// say writes for the person who watches. Colours are ours; everything of a story's goes through shell.Printable first.
func (t *tour) say(format string, args ...any) { fmt.Fprintf(t.out, format, args...) }

func (t *tour) strong(text string) string {
	if !t.colour {
		return text
	}
	return bold + text + plain
}

func (t *tour) faint(text string) string {
	if !t.colour {
		return text
	}
	return dim + text + plain
}

// show is the subscriber's handler: every article that comes out, the visitor's own ones too.
func (t *tour) show(_ context.Context, d subscriber.Delivery) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := d.Article
	t.say("\n%s %s  %s\n", t.strong("▶ "+a.Provider), t.strong(shell.Cut(headline(&a), 90)), t.faint(fmt.Sprintf("%s, revision %d, %s", a.Event, a.Revision, shell.Printable(a.Reason))))
	if a.Text != "" {
		if err := marked(t.out, &a, false, t.colour); err != nil {
			return err
		}
	} else if a.Item.EdNote != "" {
		t.say("  │ %s\n", shell.Printable(a.Item.EdNote))
	}
	var on []string
	for _, f := range a.Audience {
		on = append(on, "news."+f+".*")
	}
	t.say("  %s\n", t.faint("on "+shell.Printable(strings.Join(on, "  "))))
	t.came[a.Receipt+a.Story] = a
	select {
	case t.news <- struct{}{}:
	default:
	}
	return nil
}

func (t *tour) welcome(n int) {
	t.say("%s  %d invented stories through ingest, enrich and publish, on a broker of their own\n", t.strong("wiredesk demo"), n)
	t.say("  HTTP  %s   push to %s/v1/push/FEED\n  NATS  %s   requests on wire.push.FEED, news on news.>\n", t.at.HTTP, t.at.HTTP, t.at.NATS)
	t.say("  page  %s/console/   the console, in a browser\n", t.at.HTTP)
	if t.at.Data != "" {
		t.say("  data  %s\n", t.at.Data)
	}
}

func (t *tour) summary(took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.say("\n%-12s %-5s %-15s %-52s %s\n", "FEED", "LANG", "FATE", "STORY", "CREDITS")
	fates := map[string]int{}
	for _, r := range t.rows {
		t.say("%-12s %-5s %-15s %s %s\n", r.feed, cmp.Or(r.language, "-"), r.fate, padded(r.headline, 52), shell.Cut(r.credits, 60))
		event, _, _ := strings.Cut(r.fate, " ")
		fates[event]++
	}
	var sums []string
	for _, f := range []string{wiredesk.EventNew, wiredesk.EventUpdate, wiredesk.EventCorrection, wiredesk.EventKill, "held", "duplicate", "stale", "filtered", "rejected"} {
		if fates[f] > 0 {
			sums = append(sums, fmt.Sprintf("%d %s", fates[f], f))
		}
	}
	t.say("%s\n", t.strong(fmt.Sprintf("%d in = %s, in %s", len(t.rows), strings.Join(sums, " + "), took.Round(10*time.Millisecond))))
}

// padded fills a column by what a terminal shows: characters of Chinese take two places.
func padded(text string, width int) string {
	var b strings.Builder
	used := 0
	for _, r := range shell.Cut(text, width) {
		w := 1
		if r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xff60 {
			w = 2
		}
		if used+w > width {
			break
		}
		b.WriteRune(r)
		used += w
	}
	return b.String() + strings.Repeat(" ", width-used)
}

func (t *tour) next() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.say(`
The line stays up until Ctrl-C. Try, in another terminal:

  printf 'Ferry sails again\n\nLATAKIA, Syria (SANA) - The ferry sails again, TASS reported.\n' | curl -sS --data-binary @- %[1]s/v1/push/harbour
  wiredesk tap --nats %[2]s --from current --text 'news.source.tass.*'
  wiredesk trace --nats %[2]s tag:demo.wiredesk.example,2031:map-prize
  wiredesk dead ls --nats %[2]s
  nats --server %[2]s sub 'news.lang.ar.*'

No wiredesk on the PATH yet? go install ./cmd/... puts it into $(go env GOPATH)/bin. And for good: wiredesk up

`, t.at.HTTP, t.at.NATS)
}
