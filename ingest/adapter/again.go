package adapter

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// later is a refusal that time heals.
type later struct {
	status int
	reason string
	after  time.Duration // as wiredesk asked; 0 when it did not
}

func (l *later) Error() string { return fmt.Sprintf("%d: %s", l.status, l.reason) }

const maxAfter = 10 * time.Minute // of a Retry-After that is obeyed

// wait is how long to wait before the next try: random up to a ceiling that doubles (full jitter), and at least as
// long as wiredesk asked.
func (c *Client) wait(try int, err error) time.Duration {
	ceiling := c.most
	if shift := try - 1; shift < 20 {
		ceiling = min(c.most, c.least<<shift)
	}
	wait := time.Duration(rand.Int64N(int64(max(ceiling, 1)))) + 1
	var asked *later
	if errors.As(err, &asked) && asked.after > 0 {
		wait += asked.after
	}
	return wait
}

// sleep is false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// healing says whether a status may change by itself.
func healing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500 && status != http.StatusNotImplemented && status != http.StatusHTTPVersionNotSupported
}

// retryAfter reads the header, as seconds or as a date (RFC 9110, 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil {
		return min(max(time.Duration(seconds), 0), maxAfter/time.Second) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), maxAfter)
	}
	return 0
}
