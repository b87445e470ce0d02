package metrics_test

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestOutputs has one output whose consumer is there and one that has not begun.
func TestOutputs(t *testing.T) {
	b := brokertest.New(t)
	_, err := b.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
		Durable: "out-desk", FilterSubject: "news.wire.>", AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.JS.Publish(t.Context(), stream.NewsInput("news.wire.harbour.one"), nil); err != nil {
		t.Fatal(err)
	}
	f := metrics.New(nil)
	f.Watch(t.Context(), b.JS, "out-desk", "out-later")
	f.Delivery("desk", "delivered", 2*time.Second)
	f.Delivery("desk", "retried", 0)
	if _, err := b.JS.PauseConsumer(t.Context(), stream.NEWS, "out-desk", time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	want(t, scrape(t, f), `wiredesk_output_disabled{output="desk"} 1`,
		`wiredesk_deliveries_total{outcome="delivered",output="desk"} 1`, `wiredesk_deliveries_total{outcome="retried",output="desk"} 1`,
		`wiredesk_delivery_seconds_count{output="desk"} 1`, `wiredesk_lag_messages{stage="out-desk"} 1`, "wiredesk_broker_up 1")
}
