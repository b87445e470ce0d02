package crashtest

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

// Feed is the feed, and the provider, that all stories come by.
const Feed = "crash"

// Plan is one story of a run: how many versions it has, and whether it is killed at last.
type Plan struct {
	URI      string
	Versions int
	Kill     bool
}

// Last is the number of its last version.
func (p Plan) Last() int {
	if p.Kill {
		return p.Versions + 1
	}
	return p.Versions
}

// Plans are n stories: one in five has two versions, one in ten has three, one in twelve is killed.
func Plans(n int, r *rand.Rand) []Plan {
	out := make([]Plan, n)
	for i := range out {
		out[i] = Plan{URI: fmt.Sprint("urn:crash:", i), Versions: 1}
		switch x := r.IntN(10); {
		case x < 2:
			out[i].Versions = 2
		case x < 3:
			out[i].Versions = 3
		}
		out[i].Kill = r.IntN(12) == 0
	}
	return out
}

// document is one version of a story in ninjs.
func (p Plan) document(version int) []byte {
	item := map[string]any{
		"standard": map[string]string{"name": "ninjs", "version": "3.1"}, "uri": p.URI, "version": fmt.Sprint(version), "type": "text",
	}
	if version > p.Versions {
		item["pubStatus"] = "canceled"
	} else {
		item["headlines"] = []map[string]string{{"value": "Harbour of " + p.URI + " reopens, version " + fmt.Sprint(version)}}
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

// Adapters push from outside: each keeps to one of the intakes, and to the order of a story's versions.
type Adapters struct {
	Intakes  []string // addresses over HTTP
	Many     int
	Deadline time.Time
	Receipts *Pulse // beats with each receipt; may be nil
}

// Push sends every version of every story, each until it has its receipt. It returns how many have none.
func (a Adapters) Push(t *testing.T, all []Plan) (unknown int) {
	t.Helper()
	ctx, cancel := context.WithDeadline(t.Context(), a.Deadline)
	defer cancel()
	var missing atomic.Int64
	var wg sync.WaitGroup
	work := make(chan Plan)
	for i := range a.Many {
		client, err := adapter.New(a.Intakes[i%len(a.Intakes)], Feed,
			adapter.Backoff(50*time.Millisecond, 500*time.Millisecond), adapter.Attempt(5*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for p := range work {
				missing.Add(a.story(ctx, t, client, p))
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

func (a Adapters) story(ctx context.Context, t *testing.T, client *adapter.Client, p Plan) (missing int64) {
	for v := 1; v <= p.Last(); v++ {
		if _, err := client.Push(ctx, p.document(v), adapter.Document{}); err != nil {
			t.Errorf("%s version %d has no receipt: %v", p.URI, v, err)
			missing++
			continue
		}
		a.Receipts.Beat()
	}
	return missing
}
