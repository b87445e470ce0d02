package line_test

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiredesk/wiredesk/ingest/adapter"
	"github.com/wiredesk/wiredesk/internal/line"
)

// TestAPushComesOutAsAnEvent follows a story, its kill and the end of the line as a reader of events sees them.
func TestAPushComesOutAsAnEvent(t *testing.T) {
	r := start(t, settings(t), line.Everything()...)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", r.at.HTTP+"/v1/stream/wire/*?view=row", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	until := func(words ...string) {
		t.Helper()
		for lines.Scan() {
			if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lines.Text(), w) }) {
				return
			}
		}
		t.Fatalf("the stream ended before a line with %q: %v", words, lines.Err())
	}
	if _, err := push(t, r, "harbour", mill(1, 1, "usable", "LUNDBY, Denmark (Reuters) - The wheel turned."), adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	until(`"uri":"urn:mill:1"`, `"headline":"Mill wheel"`, `"id":"reuters"`, `"places":["DK"]`, `"event":"new"`)
	if _, err := push(t, r, "harbour", mill(1, 2, "canceled", ""), adapter.Document{}); err != nil {
		t.Fatal(err)
	}
	until(`"uri":"urn:mill:1"`, `"event":"kill"`)
	_, figures := get(t, r.at.HTTP+"/metrics")
	for _, want := range []string{`wiredesk_stream_readers{kind="sse"} 1`, `wiredesk_stream_articles_total{kind="sse"} 2`} {
		if !strings.Contains(figures, want) {
			t.Errorf("the figures do not say %s", want)
		}
	}
	if err := r.stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	until("event: end")
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream was cut: %v; want that it ends", err)
	}
}
