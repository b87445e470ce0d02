package crash_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// entry is a revision as a subject shows it.
type entry struct {
	revision int
	version  string
	event    string
}

// reader follows the canonical copies for the whole run, through every outage, as a subscriber would.
type reader struct {
	mu   sync.Mutex
	seen map[string][]entry // by story
}

func follow(ctx context.Context, t *testing.T, nc *nats.Conn) (*reader, <-chan error) {
	r := &reader{seen: map[string][]entry{}}
	done := make(chan error, 1)
	go func() {
		done <- subscriber.Follow(ctx, nc, subscriber.Options{Name: "ledger", Subjects: []string{"news.wire.crash.*"}, From: subscriber.All},
			func(_ context.Context, d subscriber.Delivery) error {
				r.mu.Lock()
				defer r.mu.Unlock()
				a := d.Article
				r.seen[a.Story] = append(r.seen[a.Story], entry{a.Revision, a.Item.Version, a.Event})
				return nil
			})
	}()
	return r, done
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

// ledger is the account of one subject's audience over the whole run.
type ledger struct {
	name                                     string
	ok, lost, unknown, duplicate, disordered int
	overtaken, taken                         int // accepted behind a newer version; taken back by a kill before it was read
	notes                                    []string
}

func (l *ledger) note(format string, args ...any) {
	if len(l.notes) < 12 {
		l.notes = append(l.notes, fmt.Sprintf(format, args...))
	}
}

func (l *ledger) String() string {
	return fmt.Sprintf("%-20s ok %6d  lost %d  unknown %d  duplicate %d  disordered %d  (taken back by a kill %d, overtaken by a newer version %d)",
		l.name, l.ok, l.lost, l.unknown, l.duplicate, l.disordered, l.taken, l.overtaken)
}

// account compares what was accepted with what stands, or stood, at a subject. Revisions that a kill took back need not
// have been seen.
func (l *ledger) account(story string, accepted, seen []entry) {
	kill := 0
	for _, e := range accepted {
		if e.event == wiredesk.EventKill {
			kill = e.revision
		}
	}
	count := map[int]int{}
	last := 0
	for _, e := range seen {
		count[e.revision]++
		if e.revision < last {
			l.disordered++
			l.note("%s: revision %d after %d", story, e.revision, last)
		}
		last = e.revision
	}
	for _, e := range accepted {
		switch n := count[e.revision]; {
		case n == 1:
			l.ok++
		case n > 1:
			l.duplicate++
			l.note("%s: revision %d seen %d times", story, e.revision, n)
		case e.revision < kill:
			l.taken++
		default:
			l.lost++
			l.note("%s: revision %d (%s) never seen", story, e.revision, e.event)
		}
		delete(count, e.revision)
	}
	for revision := range count {
		l.duplicate++
		l.note("%s: revision %d seen, but never accepted", story, revision)
	}
}

func (l *ledger) check(t *testing.T) {
	t.Helper()
	t.Log(l)
	if l.lost+l.unknown+l.duplicate+l.disordered > 0 {
		t.Errorf("%s\n%s", l, strings.Join(l.notes, "\n"))
	}
}
