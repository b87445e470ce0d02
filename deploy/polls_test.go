package deploy_test

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestIngestKeepsThePlaceOfPolledFeeds does with the rights of an ingest worker what polling does with its bucket.
func TestIngestKeepsThePlaceOfPolledFeeds(t *testing.T) {
	s, _ := line(t)
	ingest := dial(t, s, "ingest", "WIRE_INGEST_PASSWORD")
	kv, err := ingest.js(t).KeyValue(t.Context(), stream.CursorBucket)
	if err != nil {
		t.Fatal(err)
	}
	cursor, lease, err := stream.CursorKeys("sana")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{cursor, lease} {
		revision, err := kv.Create(t.Context(), key, []byte("1"))
		if err != nil {
			t.Fatalf("%s: create: %v", key, err)
		}
		if _, err := kv.Update(t.Context(), key, []byte("2"), revision); err != nil {
			t.Errorf("%s: update: %v", key, err)
		}
		e, err := kv.Get(t.Context(), key)
		if err != nil || string(e.Value()) != "2" {
			t.Fatalf("%s: get: %v", key, err)
		}
		if err := kv.Delete(t.Context(), key, jetstream.LastRevision(e.Revision())); err != nil {
			t.Errorf("%s: delete: %v", key, err)
		}
	}
}
