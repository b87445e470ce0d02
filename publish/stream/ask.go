package stream

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of readers.
const (
	kindSSE       = "sse"
	kindNDJSON    = "ndjson"
	kindWebSocket = "websocket"
	kindPoll      = "poll"
)

// What a reader may get of a message, as lines name it.
const (
	viewArticle = "article"
	viewItem    = "item"
	viewRow     = "row"
)

// Bounds of a poll.
const (
	defaultLimit = 100
	maxLimit     = 1000
	maxWait      = time.Minute
)

// ask is what a reader asks for.
type ask struct {
	kind  string
	view  view
	place place
	fresh bool // from now on, which is not a place yet
	limit int
	wait  time.Duration
}

var errAsk = errors.New("cannot answer that")

var parameters = []string{"subject", "since", "from", "format", "poll", "wait", "limit", "item", "view"}

// parse reads a request. Its error wraps errAsk and says what to ask instead.
func parse(r *http.Request, now time.Time) (ask, error) {
	q := r.URL.Query()
	for name := range q {
		if !slices.Contains(parameters, name) {
			return ask{}, fmt.Errorf("%w: no parameter %q; there are %s", errAsk, name, strings.Join(parameters, ", "))
		}
	}
	a := ask{limit: defaultLimit}
	return a, errors.Join(a.how(r, q), a.what(q), a.where(r, q, now), a.polling(q))
}

// how finds the kind: an upgrade, then the address, then the Accept header; events where nothing is said.
func (a *ask) how(r *http.Request, q url.Values) error {
	accept := strings.ToLower(r.Header.Get("Accept"))
	switch format := q.Get("format"); {
	case strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
		a.kind = kindWebSocket
	case q.Get("poll") == "1" || q.Get("wait") != "":
		a.kind = kindPoll
	case q.Get("poll") != "":
		return fmt.Errorf("%w: poll=%s; write poll=1", errAsk, q.Get("poll"))
	case format == kindNDJSON || format == "" && strings.Contains(accept, "ndjson") && !strings.Contains(accept, "text/event-stream"):
		a.kind = kindNDJSON
	case format == "" || format == kindSSE:
		a.kind = kindSSE
	default:
		return fmt.Errorf("%w: format=%s; there are sse and ndjson", errAsk, format)
	}
	return nil
}

func (a *ask) what(q url.Values) error {
	item, shape := q.Get("item"), q.Get("view")
	switch {
	case shape == viewRow && item == "":
		a.view = view{key: viewRow}
	case shape == "" && item == "ninjs":
		a.view = view{key: viewItem}
	case shape == "" && (item == "" || item == viewArticle):
		a.view = view{key: viewArticle}
	default:
		return fmt.Errorf("%w: use one of item=article, item=ninjs and view=row", errAsk)
	}
	return nil
}

// where finds the place. The sequence that a client brings back in Last-Event-ID goes before everything: it comes again
// to the address it came to first.
func (a *ask) where(r *http.Request, q url.Values, now time.Time) error {
	since, begin := q.Get("since"), q.Get("from")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		since, begin = last, ""
		if _, err := strconv.ParseUint(last, 10, 64); err != nil {
			return fmt.Errorf("%w: Last-Event-ID %.40q is no sequence of the news", errAsk, last)
		}
	}
	if since != "" && begin != "" {
		return fmt.Errorf("%w: since and from exclude each other", errAsk)
	}
	if seq, err := strconv.ParseUint(since, 10, 64); err == nil {
		a.place.after = seq
		return nil
	}
	if since != "" {
		at, err := time.Parse(time.RFC3339, since)
		if err != nil {
			return fmt.Errorf("%w: since=%.40s is neither a sequence nor a time like 2031-04-07T10:00:00Z", errAsk, since)
		}
		if at.After(now) {
			return fmt.Errorf("%w: since=%s has not come yet", errAsk, since)
		}
		a.place = place{from: sinceAt, since: at}
		return nil
	}
	switch begin {
	case "", "new":
		a.fresh = true
	case "all":
	case "current":
		a.place.from = current
	default:
		return fmt.Errorf("%w: from=%.40s; there are new, current and all", errAsk, begin)
	}
	return nil
}

func (a *ask) polling(q url.Values) (err error) {
	if text := q.Get("limit"); text != "" {
		if a.limit, err = strconv.Atoi(text); err != nil || a.limit < 1 || a.limit > maxLimit {
			return fmt.Errorf("%w: limit=%.40s; use 1 to %d", errAsk, text, maxLimit)
		}
	}
	if text := q.Get("wait"); text != "" {
		if a.wait, err = time.ParseDuration(text); err != nil || a.wait < 0 || a.wait > maxWait {
			return fmt.Errorf("%w: wait=%.40s; use 0s to %s", errAsk, text, maxWait)
		}
	}
	return nil
}
