package line_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/line"
)

// BenchmarkPushToEvent pushes 200 stories a second and measures how long each takes to a reader of server-sent events,
// durable and relaxed. Run it with -benchtime 2000x.
func BenchmarkPushToEvent(b *testing.B) {
	for _, durability := range []string{config.Relaxed, config.Durable} {
		b.Run(durability, func(b *testing.B) { pushToEvent(b, durability) })
	}
}

func pushToEvent(b *testing.B, durability string) {
	c := config.Default()
	c.Data, c.HTTP.Listen, c.Durability = b.TempDir(), "127.0.0.1:0", durability
	l, err := line.Open(b.Context(), line.Options{Config: c, Roles: line.Everything(), Software: "wiredesk/bench", Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	ready, done := make(chan line.Address, 1), make(chan error, 1)
	go func() { done <- l.Run(ctx, func(a line.Address) { ready <- a }) }()
	defer func() { cancel(); <-done }()
	at := <-ready
	res, err := http.Get(at.HTTP + "/v1/stream/wire/*")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	arrived := make(chan int, b.N)
	go events(res, arrived)
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
			raw := wiredesk.Raw{Feed: "harbour", Bytes: []byte(fmt.Sprintf("Mill wheel %d turns again\n\nLUNDBY, Denmark (Reuters) - %s\n", n, words)), URI: fmt.Sprintf("urn:bench:%d", n)}
			n++
			go func() {
				if _, err := l.Take(ctx, raw); err != nil {
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
		_, rest, ok := strings.Cut(lines.Text(), `"uri":"urn:bench:`)
		var n int
		if _, err := fmt.Sscanf(rest, "%d", &n); ok && err == nil {
			arrived <- n
		}
	}
}
