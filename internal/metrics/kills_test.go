package metrics_test

import (
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestKills has one configured output and one subscriber of its own that have not taken a kill, and one output that has
// nothing to take.
func TestKills(t *testing.T) {
	b := brokertest.New(t)
	for _, name := range []string{"out-files", "night-desk"} {
		_, err := b.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
			Durable: name, FilterSubject: "news.wire.>", AckPolicy: jetstream.AckExplicitPolicy,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	h := nats.Header{stream.HStory: {"one"}, stream.HEvent: {"kill"}, stream.HRevision: {"2"}, stream.HPublished: {"2"}}
	for _, subject := range []string{stream.TombSubject("one"), stream.NewsInput("news.wire.harbour.one")} {
		if _, err := b.JS.PublishMsg(t.Context(), &nats.Msg{Subject: subject, Header: h}); err != nil {
			t.Fatal(err)
		}
	}
	f := metrics.New(nil)
	f.WatchKills(t.Context(), b.JS, "out-files", "out-hook")
	got := scrape(t, f)
	want(t, got, `wiredesk_kills_outstanding{output="files"} 1`, `wiredesk_kills_outstanding{output="hook"} 0`,
		`wiredesk_kills_outstanding{output="other"} 1`, `wiredesk_kills_outstanding_oldest_seconds{output="hook"} 0`)
	if strings.Contains(got, `oldest_seconds{output="files"} 0`+"\n") {
		t.Error("the oldest outstanding kill has no age")
	}
	b.Stop()
	if got := scrape(t, f); strings.Contains(got, "wiredesk_kills_outstanding{") {
		t.Error("without a broker the figures are guessed")
	}
}
