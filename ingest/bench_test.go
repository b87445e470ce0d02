package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/intake"
)

// BenchmarkTake is a document of 4 KB from its bytes to its receipt, many at a time.
func BenchmarkTake(b *testing.B) {
	for name, options := range map[string][]brokertest.Option{"relaxed": nil, "durable": {brokertest.Durable()}} {
		b.Run(name, func(b *testing.B) {
			broker := brokertest.New(b, options...)
			lines, err := intake.Feeds{}.Lines()
			if err != nil {
				b.Fatal(err)
			}
			store := commit.New(broker.NC, commit.Options{Grouped: name == "durable"})
			desk := ingest.New(ingest.Options{
				Raw: store, Dead: store, Feeds: lines,
				Gate: ingest.NewBacklog(broker.JS, ingest.BacklogOptions{Messages: 1 << 40}),
			})
			body := strings.Repeat("The quay reopened on Monday after a week of repairs.\n", 75)
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					text := fmt.Sprintf("QUAY %d %d\n\n%s", time.Now().UnixNano(), b.N, body)
					if _, err := desk.Take(b.Context(), doc(text)); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

// BenchmarkRead is the same document recognised, cut and parsed.
func BenchmarkRead(b *testing.B) {
	body := []byte(strings.Repeat("The quay reopened on Monday after a week of repairs.\n", 75))
	r := ingest.NewReader(ingest.Formats(), 0)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := r.Read(wiredesk.Raw{Feed: "kestrel", Provider: "kestrel", Bytes: body}); err != nil {
			b.Fatal(err)
		}
	}
}
