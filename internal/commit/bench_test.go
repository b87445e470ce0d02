package commit_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/commit"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// BenchmarkPut stores 4 KB messages, by how many Puts wait at the same time.
func BenchmarkPut(b *testing.B) {
	for _, mode := range []string{"relaxed", "durable"} {
		for _, together := range []int{1, 4, 8, 16, 32, 64, 256} {
			b.Run(fmt.Sprintf("%s/%d", mode, together), func(b *testing.B) {
				opts := []brokertest.Option{}
				if mode == "durable" {
					opts = append(opts, brokertest.Durable())
				}
				broker := brokertest.New(b, opts...)
				c := commit.New(broker.NC, commit.Options{Grouped: mode == "durable"})
				data := make([]byte, 4096)
				var next atomic.Int64
				var wg sync.WaitGroup
				b.ResetTimer()
				for range together {
					wg.Go(func() {
						for {
							i := next.Add(1)
							if i > int64(b.N) {
								return
							}
							m := stream.Message{Subject: stream.ArticleSubject(fmt.Sprint("s", i)), Data: data, Expect: stream.Last(0)}
							if _, err := c.Put(b.Context(), m); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				wg.Wait()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
			})
		}
	}
}
