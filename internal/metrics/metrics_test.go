package metrics_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/internal/broker/brokertest"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func scrape(t *testing.T, f *metrics.Figures) string {
	t.Helper()
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func want(t *testing.T, got string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
}

func TestWhatIsCounted(t *testing.T) {
	f := metrics.New([]string{"harbour"})
	f.In("harbour", 3)
	f.Out("harbour", "published", 2)
	f.Out("harbour", "stale", 1)
	f.Receipt("harbour", "stored")
	f.Handled("enrich", "done", time.Millisecond, 2*time.Millisecond)
	f.Retry("publish", "conflict")
	f.Dead("enrich", "harbour", 1)
	f.Missing("topics")
	f.Published("harbour", -time.Second)
	want(t, scrape(t, f),
		`wiredesk_in_total{feed="harbour"} 3`,
		`wiredesk_out_total{fate="published",feed="harbour"} 2`,
		`wiredesk_out_total{fate="stale",feed="harbour"} 1`,
		`wiredesk_receipts_total{feed="harbour",outcome="stored"} 1`,
		`wiredesk_handled_total{stage="enrich",verdict="done"} 1`,
		`wiredesk_dead_total{feed="harbour",stage="enrich"} 1`,
		`wiredesk_missing_total{enricher="topics"} 1`,
		`wiredesk_retries_total{cause="conflict",stage="publish"} 1`,
		`wiredesk_stage_seconds_count{stage="enrich"} 1`,
		`wiredesk_publish_seconds_sum{feed="harbour"} 0`,
	)
}

func TestFeedsBeyondTheBoundAreOther(t *testing.T) {
	f := metrics.New([]string{"harbour"})
	for i := range metrics.MaxFeeds + 50 {
		f.In(fmt.Sprintf("feed-%03d", i), 1)
	}
	f.In("harbour", 1)
	got := scrape(t, f)
	want(t, got, `wiredesk_in_total{feed="other"} 51`, `wiredesk_in_total{feed="harbour"} 1`)
	if n := strings.Count(got, "wiredesk_in_total{"); n != metrics.MaxFeeds+1 {
		t.Errorf("%d feeds have figures, want %d", n, metrics.MaxFeeds+1)
	}
}

func TestWhatTheBrokerHolds(t *testing.T) {
	b := brokertest.New(t)
	f := metrics.New(nil)
	f.Watch(t.Context(), b.JS)
	subject, err := stream.RawSubject("harbour")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.JS.Publish(t.Context(), subject, []byte("copy")); err != nil {
		t.Fatal(err)
	}
	// A consumer hears of a message a moment after its publisher.
	got, waiting := scrape(t, f), `wiredesk_lag_messages{stage="enrich"} 1`
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(got, waiting+"\n") && time.Now().Before(deadline); {
		got = scrape(t, f)
	}
	want(t, got, `wiredesk_broker_up 1`, `wiredesk_stream_messages{stream="RAW"} 1`, waiting, `wiredesk_in_hand_messages{stage="publish"} 0`, `wiredesk_clock_offset_seconds 0`)
	b.Stop()
	want(t, scrape(t, f), `wiredesk_broker_up 0`)
}
