package webhook_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// TestATraceGoesOn: the traceparent of the push is on the post, and none where there was none.
func TestATraceGoesOn(t *testing.T) {
	const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	r := newReceiver(t, false, nil)
	hook := open(t, r, nil)
	for _, want := range []string{trace, ""} {
		if err := hook.Deliver(stream.WithTrace(t.Context(), want), revision(1, wiredesk.EventNew)); err != nil {
			t.Fatal(err)
		}
		all := r.all()
		if got := all[len(all)-1].header.Values("traceparent"); len(got) > 1 || len(got) == 1 && got[0] != want || len(got) == 0 && want != "" {
			t.Errorf("traceparent %q, want %q", got, want)
		}
	}
}
