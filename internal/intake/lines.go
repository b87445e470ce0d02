package intake

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/wiredesk/wiredesk"
)

// Lines are the feeds, checked and ready. They are safe for concurrent use.
type Lines struct {
	feeds map[string]*Line
}

// Line is one feed, ready.
type Line struct {
	Feed
	House wiredesk.House
	pace  *rate.Limiter // nil where there is no limit
}

// Lines checks the feeds and opens them. The error joins every [FeedError].
func (f Feeds) Lines() (*Lines, error) {
	if errs := f.Check(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	l := &Lines{feeds: map[string]*Line{}}
	for _, feed := range f {
		if feed.Provider == "" {
			feed.Provider = feed.Name
		}
		feed.Tokens = lower(feed.Tokens)
		house, err := feed.house()
		if err != nil {
			return nil, err
		}
		l.feeds[feed.Name] = &Line{Feed: feed, House: house, pace: pace(feed)}
	}
	return l, nil
}

func lower(digests []string) []string {
	out := make([]string, len(digests))
	for i, d := range digests {
		out[i] = strings.ToLower(d)
	}
	return out
}

func pace(f Feed) *rate.Limiter {
	if f.Rate == 0 {
		return nil
	}
	burst := f.Burst
	if burst == 0 {
		burst = max(10, int(math.Ceil(2*f.Rate)))
	}
	return rate.NewLimiter(rate.Limit(f.Rate), burst)
}

// Open says whether any feed name may push: nothing is configured.
func (l *Lines) Open() bool { return len(l.feeds) == 0 }

// Find is what is known about a feed. Without a configuration every name that can be one is a feed, and its own
// provider. The error wraps [ErrUnknownFeed] and says how to add the feed.
func (l *Lines) Find(name string) (*Line, error) {
	if found, ok := l.feeds[name]; ok {
		return found, nil
	}
	if err := feedName(name); err != nil {
		return nil, err
	}
	if !l.Open() {
		return nil, fmt.Errorf("%w %q: add it under feeds: in the configuration", ErrUnknownFeed, name)
	}
	return &Line{Feed: Feed{Name: name, Provider: name}}, nil
}

// House is what the newsroom knows about a feed's documents; the defaults where the feed is not configured any more.
func (l *Lines) House(name string) wiredesk.House {
	if found, ok := l.feeds[name]; ok {
		return found.House
	}
	return wiredesk.House{}
}

// Admit takes one document's share of the feed's pace. The error is a [TooFast].
func (l *Line) Admit(now time.Time) error {
	if l.pace == nil {
		return nil
	}
	r := l.pace.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return &TooFast{Feed: l.Name, Rate: l.Rate, After: wait}
	}
	return nil
}
