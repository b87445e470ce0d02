package fate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/fate"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestWhatStandsBehindAStoryThatWaits has two outputs whose first of three stories is not taken: one that serves stories
// abreast has taken the second, one that serves them in turn was never offered it.
func TestWhatStandsBehindAStoryThatWaits(t *testing.T) {
	b := brokertest.New(t)
	for n := range 3 {
		uri := fmt.Sprintf("urn:mill:%d", n)
		m := nats.NewMsg(stream.NewsInput("news.wire.mill." + wiredesk.StoryID("mill", uri)))
		m.Header = nats.Header{stream.HStory: {wiredesk.StoryID("mill", uri)}, stream.HURI: {uri}, stream.HProvider: {"mill"}, stream.HEvent: {"new"}, stream.HRevision: {"1"}}
		if _, err := b.JS.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	for name, inHand := range map[string]int{"abreast": 512, "in-turn": 1} {
		c, err := b.JS.CreateConsumer(t.Context(), stream.NEWS, jetstream.ConsumerConfig{
			Durable: stream.OutputPrefix + name, FilterSubject: "news.>", AckPolicy: jetstream.AckExplicitPolicy, MaxAckPending: inHand, AckWait: time.Hour,
		})
		if err != nil {
			t.Fatal(err)
		}
		for n := range min(inHand, 2) {
			m, err := c.Next(jetstream.FetchMaxWait(5 * time.Second))
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				continue
			}
			if err := m.DoubleAck(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n, want := range []string{
		"abreast seen (taken, unless it is among the 1 in its hands), in-turn awaited (it is being tried)",
		"abreast seen (taken, unless it is among the 1 in its hands), in-turn awaited ()",
		"abreast awaited (), in-turn awaited ()",
	} {
		s, err := fate.Find(t.Context(), b.JS, wiredesk.StoryID("mill", fmt.Sprintf("urn:mill:%d", n)), "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range s[0].Fates {
			if f.What == "output" {
				got = append(got, fmt.Sprintf("%s %s (%s)", f.Subject, f.Fate, f.Reason))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("story %d: %v\nwant %s", n, got, want)
		}
	}
}
