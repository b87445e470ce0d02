package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// post sends one document, and reads what became of it.
func (h *Hook) post(ctx context.Context, a wiredesk.Article, doc []byte) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(h.Timeout))
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(doc))
	if err != nil {
		return fmt.Errorf("webhook: %w: %w", plainly(err), wiredesk.ErrUndeliverable)
	}
	now := time.Now()
	id := h.id(a)
	for name, value := range map[string]string{
		"Content-Type": h.format.MediaType, "User-Agent": "wiredesk",
		"webhook-id": id, "webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": h.signatures(id, now, doc),
		stream.HStory: a.Story, stream.HRevision: strconv.Itoa(a.Revision), stream.HEvent: a.Event,
	} {
		r.Header.Set(name, stream.HeaderValue(value))
	}
	if trace := stream.Trace(ctx); trace != "" {
		r.Header.Set(stream.HTrace, stream.HeaderValue(trace))
	}
	resp, err := h.client.Do(r)
	if err != nil {
		return h.unanswered(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	return h.verdict(resp, now, cancel)
}

// unanswered is the error of a request that came to nothing, without the address, in which there may be keys.
func (h *Hook) unanswered(ctx context.Context, err error) error {
	err = plainly(err)
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort):
		return fmt.Errorf("webhook: refused to connect: %s leads to an address that is not public: %w; add allow_private: true if that is meant", h.host(), err)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("webhook: %s did not answer within %s", h.host(), h.Timeout)
	}
	return fmt.Errorf("webhook: no answer of %s: %w", h.host(), err)
}

func plainly(err error) error {
	var with *url.Error
	if errors.As(err, &with) {
		return with.Err
	}
	return err
}

// verdict is what an answer says about the delivery.
func (h *Hook) verdict(resp *http.Response, now time.Time, cancel func()) error {
	status := resp.StatusCode
	said := words(resp.Body, cancel)
	if status >= 200 && status < 300 {
		return nil
	}
	err := fmt.Errorf("webhook: %s answers %d %s%s", h.host(), status, http.StatusText(status), said)
	switch {
	case status == http.StatusGone:
		return fmt.Errorf("%w: %w", err, wiredesk.ErrGone)
	case status >= 300 && status < 400:
		return fmt.Errorf("%w; a redirect is not followed: set url to where the news are to go", err)
	case status == http.StatusTooManyRequests:
		h.hold(resp, now)
		return h.again(resp, now, err)
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= 500:
		return h.again(resp, now, err)
	}
	return fmt.Errorf("%w: %w", err, wiredesk.ErrUndeliverable)
}

// longestHold is for how long one Retry-After is believed.
const longestHold = 24 * time.Hour

func (h *Hook) again(resp *http.Response, now time.Time, err error) error {
	if wait := retryAfter(resp, now); wait > 0 {
		return wiredesk.After(wait, err)
	}
	return err
}

// holdAll is for how long one story's answer that there are too many requests holds up the others.
const holdAll = time.Minute

func (h *Hook) hold(resp *http.Response, now time.Time) {
	h.held.Store(now.Add(min(retryAfter(resp, now), holdAll)).UnixNano())
}

// retryAfter reads a Retry-After: seconds, or a date. It is 0 where there is none that can be read.
func retryAfter(resp *http.Response, now time.Time) time.Duration {
	text := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if n, err := strconv.ParseUint(text, 10, 32); err == nil {
		return min(time.Duration(n)*time.Second, longestHold)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), longestHold)
}

const (
	quoted = 300                    // bytes of an answer that are told
	brief  = 500 * time.Millisecond // that are spent on reading one, which decides nothing
)

// words are the beginning of an answer, for a person. Whoever sends it drop by drop is not waited for.
func words(body io.Reader, cancel func()) string {
	stop := time.AfterFunc(brief, cancel)
	defer stop.Stop()
	text, _ := io.ReadAll(io.LimitReader(body, maxAnswer)) // what came is told, the rest decides nothing
	text = bytes.TrimSpace(text[:min(len(text), quoted)])
	if len(text) == 0 {
		return ""
	}
	return ": " + strconv.Quote(strings.ToValidUTF8(string(text), ""))
}
