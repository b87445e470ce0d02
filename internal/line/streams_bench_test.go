package line_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/publish/webhook"
)

// BenchmarkPushToEvent pushes 200 stories a second and measures how long each takes to a reader of server-sent events,
// durable and relaxed. Run it with -benchtime 2000x.
func BenchmarkPushToEvent(b *testing.B) {
	for _, durability := range []string{config.Relaxed, config.Durable} {
		b.Run(durability, func(b *testing.B) {
			c := config.Default()
			c.Durability = durability
			l, at := begin(b, c)
			res, err := http.Get(at.HTTP + "/v1/stream/wire/*")
			if err != nil {
				b.Fatal(err)
			}
			defer res.Body.Close()
			arrived := make(chan int, b.N)
			go events(res, arrived)
			measure(b, l, arrived)
		})
	}
}

// BenchmarkPushToWebhook does the same to a webhook, until it has the whole signed body.
func BenchmarkPushToWebhook(b *testing.B) {
	for _, durability := range []string{config.Relaxed, config.Durable} {
		b.Run(durability, func(b *testing.B) {
			arrived := make(chan int, b.N)
			receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if n, ok := numbered(string(body)); ok && err == nil && r.Header.Get("webhook-signature") != "" {
					arrived <- n
				}
			}))
			defer receiver.Close()
			s := webhook.Defaults()
			s.URL, s.Secrets, s.AllowPrivate = receiver.URL, []webhook.Secret{webhook.Secret(canary())}, true
			c := config.Default()
			c.Durability, c.Outputs = durability, []config.Output{{Name: "cms", Kind: "webhook", From: "new", Settings: s}}
			l, _ := begin(b, c)
			measure(b, l, arrived)
		})
	}
}

// begin runs a line with these settings until the benchmark ends.
func begin(b *testing.B, c *config.Config) (*line.Line, line.Address) {
	c.Data, c.HTTP.Listen = b.TempDir(), "127.0.0.1:0"
	l, err := line.Open(b.Context(), line.Options{Config: c, Roles: line.Everything(), Software: "wiredesk/bench", Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan line.Address, 1), make(chan error, 1)
	go func() { done <- l.Run(ctx, func(a line.Address) { ready <- a }) }()
	b.Cleanup(func() { cancel(); <-done })
	return l, <-ready
}

// measure pushes b.N stories at their pace, and reports how long they took until their numbers arrived.
func measure(b *testing.B, l *line.Line, arrived <-chan int) {
	began, took := make([]time.Time, b.N), make([]time.Duration, 0, b.N)
	words := strings.Repeat("The wheel of the village mill turned on Monday. ", 80)
	tick := time.NewTicker(time.Second / 200)
	defer tick.Stop()
	b.ResetTimer()
	for n, left := 0, b.N; left > 0; {
		pace := tick.C
		if n == b.N {
			pace = nil
		}
		select {
		case <-pace:
			began[n] = time.Now()
			raw := wiredesk.Raw{Feed: "harbour", Bytes: fmt.Appendf(nil, "Mill wheel %d turns again\n\nLUNDBY, Denmark (Reuters) - %s\n", n, words), URI: fmt.Sprintf("urn:bench:%d", n)}
			n++
			go func() {
				if _, err := l.Take(b.Context(), raw); err != nil {
					b.Error(err)
				}
			}()
		case got := <-arrived:
			took = append(took, time.Since(began[got]))
			left--
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// events tells the number of each story that arrives.
func events(res *http.Response, arrived chan<- int) {
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if n, ok := numbered(lines.Text()); ok {
			arrived <- n
		}
	}
}

// numbered is the number of the story in some text.
func numbered(text string) (n int, ok bool) {
	_, rest, _ := strings.Cut(text, `"uri":"urn:bench:`)
	_, err := fmt.Sscanf(rest, "%d", &n)
	return n, err == nil
}
