package ingest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func TestTheGateClosesOnBacklog(t *testing.T) {
	r := newRoom(t, nil, nil)
	gate := ingest.NewBacklog(r.broker.JS, ingest.BacklogOptions{Messages: 3, Every: time.Nanosecond})
	for _, text := range []string{"one", "two", "three"} {
		if _, err := r.Take(t.Context(), doc(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := gate.Admit(t.Context()); err != nil {
		t.Errorf("at the limit: %v; want it open", err)
	}
	if _, err := r.Take(t.Context(), doc("four")); err != nil {
		t.Fatal(err)
	}
	var busy *intake.Busy
	if err := gate.Admit(t.Context()); !errors.As(err, &busy) || !strings.Contains(busy.Why, "4 messages behind: the limit is 3") {
		t.Errorf("over the limit: %v; want Busy with both figures", err)
	}
	read(t, r, 1)
	if err := gate.Admit(t.Context()); err != nil {
		t.Errorf("after one is done: %v; want it open", err)
	}
}

// read settles messages as enrich would.
func read(t *testing.T, r *room, n int) {
	t.Helper()
	c, err := r.broker.JS.Consumer(t.Context(), stream.RAW, stream.EnrichConsumer)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := c.Fetch(n)
	if err != nil {
		t.Fatal(err)
	}
	for m := range batch.Messages() {
		if err := m.DoubleAck(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheGateClosesBeforeUnreadCopyIsDropped(t *testing.T) {
	small := brokertest.Streams(func(s *stream.Settings) { s.MaxBytes = 400 << 10 }) // a quarter of it is RAW's
	r := newRoom(t, nil, nil, small)
	gate := ingest.NewBacklog(r.broker.JS, ingest.BacklogOptions{Every: time.Nanosecond})
	r.Gate = gate
	kept := 0
	var err error
	for err == nil && kept < 100 {
		if _, err = r.Take(t.Context(), doc(strings.Repeat("x", 4000)+string(rune('a'+kept)))); err == nil {
			kept++
		}
	}
	if err == nil || !strings.Contains(err.Error(), "unread copy fills") {
		t.Fatalf("after %d documents: %v; want the gate closed", kept, err)
	}
	if n := len(r.stored(t, stream.RAW)); n != kept {
		t.Errorf("got %d messages of %d receipts; want them all", n, kept)
	}
	read(t, r, kept)
	for range 40 {
		if _, err := r.Take(t.Context(), doc(strings.Repeat("y", 4000)+time.Now().String())); err != nil {
			t.Fatalf("with a full stream of copy that was read: %v; want it open", err)
		}
		read(t, r, 1)
	}
}

func TestTheGateClosesWhileTheBrokerIsAway(t *testing.T) {
	r := newRoom(t, nil, nil)
	gate := ingest.NewBacklog(r.broker.JS, ingest.BacklogOptions{Every: time.Nanosecond})
	r.broker.Stop()
	var busy *intake.Busy
	if err := gate.Admit(t.Context()); !errors.As(err, &busy) {
		t.Errorf("got %v; want Busy", err)
	}
	r.broker.Start(t)
	for deadline := time.Now().Add(10 * time.Second); gate.Admit(t.Context()) != nil; {
		if time.Now().After(deadline) {
			t.Fatal("the gate stays closed after the broker came back")
		}
	}
}
