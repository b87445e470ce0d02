package crash_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/adapter"
)

// plan is one story of the run: how many versions it has, and whether it is killed at last.
type plan struct {
	uri      string
	versions int
	kill     bool
}

func (p plan) last() int {
	if p.kill {
		return p.versions + 1
	}
	return p.versions
}

func plans(n int, r *rand.Rand) []plan {
	out := make([]plan, n)
	for i := range out {
		out[i] = plan{uri: fmt.Sprint("urn:crash:", i), versions: 1}
		switch x := r.IntN(10); {
		case x < 2:
			out[i].versions = 2
		case x < 3:
			out[i].versions = 3
		}
		out[i].kill = r.IntN(12) == 0
	}
	return out
}

// document is one version of a story in ninjs.
func (p plan) document(version int) []byte {
	item := map[string]any{
		"standard": map[string]string{"name": "ninjs", "version": "3.1"}, "uri": p.uri, "version": fmt.Sprint(version), "type": "text",
	}
	if version > p.versions {
		item["pubStatus"] = "canceled"
	} else {
		item["headlines"] = []map[string]string{{"value": "Harbour of " + p.uri + " reopens, version " + fmt.Sprint(version)}}
		body := strings.Repeat("The port authority said on Monday that ferries run again, according to SANA. ", 8)
		item["bodies"] = []map[string]string{{"contentType": "text/plain", "value": "LATAKIA, Syria - " + body}}
		item["language"] = "en"
	}
	doc, err := json.Marshal(item)
	if err != nil {
		return nil
	}
	return doc
}

// push sends every version of every story, in order a story, each until it has its receipt. It returns how many have
// none.
func push(t *testing.T, c *city, all []plan, deadline time.Time) (unknown int) {
	ctx, cancel := context.WithDeadline(t.Context(), deadline)
	defer cancel()
	var missing atomic.Int64
	var wg sync.WaitGroup
	work := make(chan plan)
	for i := range 24 {
		client, err := adapter.New(c.intakes[i%len(c.intakes)], "crash",
			adapter.Backoff(50*time.Millisecond, 500*time.Millisecond), adapter.Attempt(5*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for p := range work {
				for v := 1; v <= p.last(); v++ {
					if _, err := client.Push(ctx, p.document(v), adapter.Document{}); err != nil {
						t.Errorf("%s version %d has no receipt: %v", p.uri, v, err)
						missing.Add(1)
					}
				}
			}
		})
	}
	for _, p := range all {
		work <- p
	}
	close(work)
	wg.Wait()
	return int(missing.Load())
}
