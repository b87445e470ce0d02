package intake

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// ErrUnknownFeed is what Lines.Find wraps when no such feed is configured, or its name cannot be one.
var ErrUnknownFeed = errors.New("unknown feed")

// Unreadable says that nothing of a document could be read. Its bytes are kept as a dead letter before it is
// returned, so offering the same bytes again changes nothing.
type Unreadable struct {
	Receipt string // the name under which the dead letter is kept; empty when there were no bytes to keep
	Faults  []wiredesk.Fault
}

func (u *Unreadable) Error() string {
	lines := make([]string, len(u.Faults))
	for i := range u.Faults {
		lines[i] = u.Faults[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes the faults found by [wiredesk.Faults].
func (u *Unreadable) Unwrap() []error {
	errs := make([]error, len(u.Faults))
	for i := range u.Faults {
		errs[i] = &u.Faults[i]
	}
	return errs
}

// TooLarge says that something is over one of the line's limits. Nothing of it was kept.
type TooLarge struct {
	What  string // "the document", "one story"
	Size  int    // in bytes; 0 when it was not read to its end
	Limit int    // in bytes
}

func (t *TooLarge) Error() string {
	if t.Size == 0 {
		return fmt.Sprintf("%s is over the limit of %d bytes", t.What, t.Limit)
	}
	return fmt.Sprintf("%s has %d bytes: the limit is %d", t.What, t.Size, t.Limit)
}

// Busy says that the line takes nothing just now. Nothing was kept; the same document is welcome after the wait.
type Busy struct {
	Why   string
	After time.Duration
	Err   error // what stood behind it; may be nil
}

func (b *Busy) Error() string {
	return fmt.Sprintf("%s: try again in %s", b.Why, b.After)
}

func (b *Busy) Unwrap() error { return b.Err }

// TooFast says that a feed sends more documents than it may. Nothing was kept; the same document is welcome after
// the wait.
type TooFast struct {
	Feed  string
	Rate  float64 // documents a second
	After time.Duration
}

func (t *TooFast) Error() string {
	return fmt.Sprintf("feed %q may send %g documents a second: try again in %s", t.Feed, t.Rate, t.After)
}
