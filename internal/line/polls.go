package line

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/wiredesk/wiredesk/ingest"
	"github.com/wiredesk/wiredesk/ingest/poll"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/console"
	"github.com/wiredesk/wiredesk/internal/metrics"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// pollers are the feeds that this process polls, alone or in turn with other workers.
func (l *Line) pollers(ctx context.Context) (map[string]*poll.Poller, error) {
	out := map[string]*poll.Poller{}
	var common poll.Options
	for _, f := range l.Config.Feeds {
		if !f.Poll.On() {
			continue
		}
		if common.Cursors == nil {
			kv, err := l.js[Ingest].KeyValue(ctx, stream.CursorBucket)
			if err != nil {
				return nil, fmt.Errorf("line: bucket %s: %w", stream.CursorBucket, err)
			}
			common = poll.Options{
				Formats: ingest.Formats(), Cursors: kv, Alone: l.server != nil && l.Config.NATS.Listen == "", Hosts: &poll.Hosts{}, Observe: looks{l.figures.Polls(), l.polls},
				Log: l.Log.With().Str("part", "poll").Logger(),
			}
		}
		o, err := polled(common, f)
		if err != nil {
			return nil, err
		}
		o.House = l.lines.House(f.Name)
		if out[f.Name], err = poll.New(o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// polled are the options of one feed.
func polled(o poll.Options, f config.Feed) (poll.Options, error) {
	p := f.Poll
	o.Feed, o.Provider, o.Format, o.URL, o.CA = f.Name, f.Provider, f.Format, p.URL, p.Certificates
	o.Every, o.Least, o.Most = time.Duration(p.Every), time.Duration(p.Least), time.Duration(p.Most)
	o.Headers, o.Allow = http.Header{}, nil
	for name, value := range p.Headers {
		o.Headers.Set(name, value.Reveal())
	}
	if token := p.Token.Reveal(); token != "" {
		o.Headers.Set("Authorization", "Bearer "+token)
	}
	for _, text := range p.Allow {
		a, err := poll.ParseAllow(text)
		if err != nil {
			return o, fmt.Errorf("line: feed %s: %w", f.Name, err)
		}
		o.Allow = append(o.Allow, a)
	}
	return o, nil
}

// looks counts the looks at polled feeds, and keeps how each stands.
type looks struct {
	polls    *metrics.Polls
	standing *standing
}

// Polled implements poll.Observer.
func (l looks) Polled(r poll.Round) {
	now := time.Now()
	well := r.Outcome == poll.OutcomeChanged || r.Outcome == poll.OutcomeUnchanged
	l.polls.Looked(metrics.Look{
		Feed: r.Feed, Outcome: r.Outcome, New: r.New, Changed: r.Changed, Rejected: r.Rejected, Fails: r.Fails, Missed: r.Missed,
		Quiet: r.Quiet, At: now, Next: now.Add(r.Next), Waiting: r.Outcome == poll.OutcomeWaiting, Well: well,
	})
	l.standing.looked(r, now, well)
}

// standing is how the polled feeds stand after their last look, for the console.
type standing struct {
	mu    sync.Mutex
	feeds map[string]console.Poll
}

func (s *standing) looked(r poll.Round, now time.Time, well bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.feeds[r.Feed]
	p.Next, p.Fails, p.Quiet, p.Waiting = now.Add(r.Next).UTC(), r.Fails, r.Quiet, r.Outcome == poll.OutcomeWaiting
	if well {
		p.Success, p.Error = now.UTC(), ""
	}
	if r.Err != nil {
		p.Error = r.Err.Error()
	}
	s.feeds[r.Feed] = p
}

// all is how each feed stands that this process has looked at.
func (s *standing) all() map[string]console.Poll {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.feeds)
}
