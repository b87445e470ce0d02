package crashtest

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// readerName is the durable consumer of the reader.
const readerName = "ledger"

// entry is a revision as a subject shows it.
type entry struct {
	revision int
	version  string
	event    string
}

// Reader follows the canonical copies for the whole run, through every outage, as a subscriber would.
type Reader struct {
	Pulse Pulse // beats with each delivery

	mu   sync.Mutex
	seen map[string][]entry // by story
}

// Follow begins to read, until ctx ends; then the channel has the subscriber's verdict.
func Follow(ctx context.Context, nc *nats.Conn) (*Reader, <-chan error) {
	r := &Reader{seen: map[string][]entry{}}
	done := make(chan error, 1)
	go func() {
		o := subscriber.Options{Name: readerName, Subjects: []string{"news.wire." + Feed + ".*"}, From: subscriber.All}
		done <- subscriber.Follow(ctx, nc, o, r.take)
	}()
	return r, done
}

func (r *Reader) take(_ context.Context, d subscriber.Delivery) error {
	r.Pulse.Beat()
	r.mu.Lock()
	defer r.mu.Unlock()
	a := d.Article
	r.seen[a.Story] = append(r.seen[a.Story], entry{a.Revision, a.Item.Version, a.Event})
	return nil
}

// shelves are what a stream holds, by subject, in order.
func shelves(t *testing.T, js jetstream.JetStream, name, filter string) map[string][]entry {
	t.Helper()
	c, err := js.OrderedConsumer(t.Context(), name, jetstream.OrderedConsumerConfig{FilterSubjects: []string{filter}, HeadersOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	info, err := c.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	messages, err := c.Messages(jetstream.PullMaxMessages(1000))
	if err != nil {
		t.Fatal(err)
	}
	defer messages.Stop()
	out := map[string][]entry{}
	for range info.NumPending {
		m, err := messages.Next()
		if err != nil {
			t.Fatalf("%s: %v", filter, err)
		}
		n, _ := strconv.Atoi(m.Headers().Get(stream.HRevision))
		out[m.Subject()] = append(out[m.Subject()], entry{n, m.Headers().Get(stream.HVersion), m.Headers().Get(stream.HEvent)})
	}
	return out
}
