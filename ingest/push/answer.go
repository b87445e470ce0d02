package push

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
)

// Problem is the body of every answer that is no receipt, over HTTP and over NATS.
type Problem struct {
	Error   string           `json:"error"`
	Receipt string           `json:"receipt,omitempty"` // under which an unreadable document is kept as a dead letter
	Faults  []wiredesk.Fault `json:"faults,omitempty"`
	Next    string           `json:"next"` // what the sender can do about it
}

// refusal is a problem with its status and, where waiting helps, how long.
type refusal struct {
	Problem
	code  int
	after time.Duration
	cause error // for the log, where the sender is not told
}

// refuse finds the status of what the desk returned. What it does not know is the store's: nothing is kept
// and the sender is asked to come again.
func refuse(err error) refusal {
	var (
		unreadable *intake.Unreadable
		large      *intake.TooLarge
		fast       *intake.TooFast
		busy       *intake.Busy
	)
	switch {
	case errors.As(err, &unreadable):
		r := refusal{code: http.StatusUnprocessableEntity}
		r.Problem = Problem{Error: err.Error(), Receipt: unreadable.Receipt, Faults: unreadable.Faults, Next: "mend the document and push it again"}
		return r
	case errors.As(err, &large):
		return refuseWith(http.StatusRequestEntityTooLarge, err.Error(), "split the document and push its parts", 0)
	case errors.As(err, &fast):
		return refuseWith(http.StatusTooManyRequests, err.Error(), "push the same document again after the wait", fast.After)
	case errors.Is(err, intake.ErrUnknownFeed):
		return refuseWith(http.StatusNotFound, err.Error(), "use a configured feed, or configure this one", 0)
	case errors.As(err, &busy):
		r := refuseWith(http.StatusServiceUnavailable, busy.Why, "push the same document again after the wait", busy.After)
		r.cause = busy.Err
		return r
	}
	r := refuseWith(http.StatusServiceUnavailable, "the store does not answer: nothing is known to be kept",
		"push the same document again after the wait: that is harmless", 2*time.Second)
	r.cause = err
	return r
}

func refuseWith(code int, reason, next string, after time.Duration) refusal {
	return refusal{Problem: Problem{Error: reason, Next: next}, code: code, after: after}
}

// log tells the operator once, with none of the copy. Who is only too fast is not worth a line each time.
func (r refusal) log(to zerolog.Logger) {
	event := to.Info()
	switch {
	case r.code >= http.StatusInternalServerError:
		event = to.Warn().AnErr("cause", r.cause)
	case r.code == http.StatusTooManyRequests:
		event = to.Debug()
	}
	event.Int("status", r.code).Int("faults", len(r.Faults)).Str("receipt", r.Receipt).Msg("push refused")
}

// seconds is the wait for a Retry-After header, rounded up; at least 1.
func (r refusal) seconds() int { return max(1, int((r.after+time.Second-1)/time.Second)) }

// text is the problem for a person at a terminal.
func (p Problem) text() string {
	return fmt.Sprintf("%s\nnext: %s\n", p.Error, p.Next)
}

// receiptText is the receipt for a person at a terminal.
func receiptText(r wiredesk.Receipt) string {
	var b strings.Builder
	fmt.Fprintf(&b, "stored: receipt %s, read as %s, stories: %d\n", r.Receipt, r.Format, len(r.Stories))
	for _, s := range r.Stories {
		fmt.Fprintf(&b, "%s\n  follow: %s\n  trace:  %s\n", s.URI, s.Follow, s.Trace)
	}
	for _, f := range r.Rejected {
		fmt.Fprintf(&b, "rejected item %d: %s\n", f.Item, f.Error())
	}
	return b.String()
}
