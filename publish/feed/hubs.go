package feed

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// Outcomes of telling a hub.
const (
	Told    = "told"
	Again   = "again" // it did not take it, and is told again
	Refused = "refused"
)

// Bounds of telling hubs.
const (
	hubDeadline = 10 * time.Second
	firstPause  = time.Second
	longestWait = 5 * time.Minute
)

// Follow tells the hubs of every feed that was asked for when it has changed, until ctx ends. A hub that does not take
// it is told again, with growing pauses; none waits for another, and no reader for any.
func (f *Feeds) Follow(ctx context.Context) {
	if len(f.Hubs) == 0 {
		return
	}
	var work sync.WaitGroup
	defer work.Wait()
	client := &http.Client{
		Timeout: hubDeadline, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	var hubs []*hub
	for _, address := range f.Hubs {
		h := &hub{address: address, client: client, observe: f.Observe, log: f.Log, wake: make(chan struct{}, 1), due: map[string]bool{}}
		hubs = append(hubs, h)
		work.Go(func() { h.work(ctx) })
	}
	tick := time.NewTicker(f.Pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, topic := range f.changed(ctx) {
			for _, h := range hubs {
				h.add(topic)
			}
		}
	}
}

// changed are the addresses whose feeds have changed since they were last told.
func (f *Feeds) changed(ctx context.Context) []string {
	var topics []string
	for _, s := range f.cache.shelves() {
		found, err := s.stale(ctx, f.News)
		if err != nil {
			f.Log.Debug().Err(err).Msg("the news cannot be read: hubs wait")
			break
		}
		topics = append(topics, found...)
	}
	return topics
}

// stale are the shelf's addresses that hubs know in an older state, and takes them for told.
func (s *shelf) stale(ctx context.Context, news *News) ([]string, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turn }()
	if len(s.topics) == 0 {
		return nil, nil
	}
	last, err := news.last(ctx, s.filter)
	if err != nil {
		return nil, err
	}
	var topics []string
	for address, known := range s.topics {
		if last.sequence > known {
			s.topics[address] = last.sequence
			topics = append(topics, address)
		}
	}
	return topics, nil
}

// hub is one hub and what it has to be told.
type hub struct {
	address string
	client  *http.Client
	observe func(hub, outcome string)
	log     zerolog.Logger
	wake    chan struct{}

	mu  sync.Mutex
	due map[string]bool
}

// add notes an address. One that is due already is told once.
func (h *hub) add(topic string) {
	h.mu.Lock()
	h.due[topic] = true
	h.mu.Unlock()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *hub) take() (topic string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for topic := range h.due {
		delete(h.due, topic)
		return topic, true
	}
	return "", false
}

func (h *hub) work(ctx context.Context) {
	for try := 0; ; {
		topic, ok := h.take()
		if !ok {
			try = 0
			select {
			case <-ctx.Done():
				return
			case <-h.wake:
				continue
			}
		}
		outcome, wait, err := h.tell(ctx, topic)
		if ctx.Err() != nil {
			return
		}
		if h.observe != nil {
			h.observe(h.address, outcome)
		}
		if outcome != Again {
			if try = 0; err != nil {
				h.log.Warn().Err(err).Str("feed", topic).Msg("a hub will not hear of a feed")
			}
			continue
		}
		h.add(topic)
		pause := min(longestWait, firstPause<<min(try, 16))
		pause = max(wait, pause/2+rand.N(pause/2))
		if try++; try&(try-1) == 0 { // loudly at first, then each time the count has doubled
			h.log.Warn().Err(err).Int("try", try).Dur("again_in", pause).Msg("a hub could not be told of a change")
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// tell makes one try, and returns what came of it and how long the hub wants to be left alone.
func (h *hub) tell(ctx context.Context, topic string) (outcome string, wait time.Duration, err error) {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {topic}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, strings.NewReader(form.Encode()))
	if err != nil {
		return Refused, 0, fmt.Errorf("feed: hub: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := h.client.Do(req)
	if err != nil {
		return Again, 0, fmt.Errorf("feed: hub: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.CopyN(io.Discard, res.Body, 64<<10) // so that the connection can be used again
	switch code := res.StatusCode; {
	case code/100 == 2:
		return Told, 0, nil
	case code == http.StatusRequestTimeout, code == http.StatusTooManyRequests, code >= 500:
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return Again, min(time.Duration(max(seconds, 0))*time.Second, longestWait), fmt.Errorf("feed: hub %s answered %s", h.address, res.Status)
	}
	return Refused, 0, fmt.Errorf("feed: hub %s answered %s", h.address, res.Status)
}
