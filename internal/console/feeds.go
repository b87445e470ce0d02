package console

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// feedState is how a feed stands, for a page.
type feedState struct {
	Feed
	Configured bool           `json:"configured"`
	Last       time.Time      `json:"last,omitzero"` // something came in
	Hours      []int          `json:"hours"`         // what came in, oldest hour first, the running one last
	In         int            `json:"in"`
	Out        map[string]int `json:"out"`
	Pending    int            `json:"pending"`
	Silence    float64        `json:"silence,omitempty"` // seconds: the longest between two arrivals of the day
	Quiet      bool           `json:"quiet"`             // silent for far longer than that
	Dead       time.Time      `json:"dead,omitzero"`     // the last dead letter
	Reason     string         `json:"reason,omitempty"`  // of it
	Poll       *Poll          `json:"poll,omitempty"`
}

// Beyond these a silence is worth a warning.
const (
	leastQuiet = 10 * time.Minute
	timesQuiet = 3
	leastKnown = 5 // arrivals, to know a rhythm by
)

// feeds answers with how every feed stands: the configured ones, and those that copy came down within a day.
func (c *Console) feeds(r *http.Request) (any, error) {
	ctx, cancel := context.WithTimeout(r.Context(), patience/2)
	defer cancel()
	complete := c.day.begin(ctx)
	if !complete && !c.Conn.IsConnected() {
		return nil, context.DeadlineExceeded
	}
	polls := map[string]Poll{}
	if c.Polls != nil {
		polls = c.Polls()
	}
	return map[string]any{"complete": complete, "now": time.Now().UTC(), "feeds": c.day.states(time.Now(), c.Feeds, polls)}, nil
}

func (d *day) states(now time.Time, configured []Feed, polls map[string]Poll) []feedState {
	d.mu.Lock()
	defer d.mu.Unlock()
	known := map[string]Feed{}
	for _, f := range configured {
		known[f.Name] = f
	}
	names := slices.Collect(maps.Keys(d.feeds))
	for name := range known {
		if d.feeds[name] == nil {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, strings.Compare)
	out := []feedState{}
	for _, name := range names {
		f, ok := known[name]
		s := feedState{Feed: f, Configured: ok, Hours: make([]int, dayHours), Out: map[string]int{}}
		s.Name = name
		if l := d.feeds[name]; l != nil {
			l.sum(now, &s)
		}
		if p, ok := polls[name]; ok {
			s.Poll = &p
			s.Quiet = p.Quiet
		}
		out = append(out, s)
	}
	return out
}

// sum adds up the day.
func (l *line) sum(now time.Time, s *feedState) {
	if s.Provider == "" {
		s.Provider = l.provider
	}
	first := now.Unix()/3600 - dayHours + 1
	decided := 0
	for at, h := range l.hours {
		if at < first || at-first >= dayHours {
			continue
		}
		s.Hours[at-first] = h.in
		s.In += h.in
		for fate, n := range h.out {
			s.Out[fate] += n
			decided += n
		}
	}
	s.Last, s.Dead, s.Reason, s.Silence = l.last, l.dead, l.reason, l.silence.Seconds()
	s.Pending = max(0, s.In-decided)
	s.Quiet = s.In >= leastKnown && now.Sub(l.last) > max(timesQuiet*l.silence, leastQuiet)
}
