// Package kills keeps account of kill notices: which way out has confirmed the kill of which story, and which has not.
// A way out is a durable consumer on NEWS that acknowledges: an output of the configuration, or a subscriber of its own.
// It has confirmed a kill once it has acknowledged the notice. A notice that became a dead letter is outstanding until
// somebody retries or drops the letter. The account reaches back as far as NEWS does.
package kills

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Notice is the notice of one kill to one way out.
type Notice struct {
	Sink      string    `json:"sink"` // an output's name, or that of a subscriber's durable consumer
	Output    bool      `json:"output"`
	Story     string    `json:"story"`
	URI       string    `json:"uri"`
	Provider  string    `json:"provider"`
	Revision  int       `json:"revision"`
	Since     time.Time `json:"since"`              // when the notice was there for the sink to take
	Confirmed time.Time `json:"confirmed,omitzero"` // zero while outstanding; else when the sink last acknowledged, at the latest
	Letter    uint64    `json:"letter,omitempty"`   // the dead letter that holds the notice
}

// Outstanding says that the sink has not confirmed the kill.
func (n Notice) Outstanding() bool { return n.Confirmed.IsZero() }

// Account finds notices. It remembers what every sink has confirmed, so that asking again costs little. It is safe for
// concurrent use.
type Account struct {
	js jetstream.JetStream

	mu      sync.Mutex
	next    uint64            // in TOMBS: everything before it has been looked at
	open    map[string]killed // by story: kills that somebody may still have to confirm
	letters map[uint64]Notice // by sequence in DEAD
	read    map[string]uint64 // by subject of DEAD: where to go on
}

// killed is what a tombstone says.
type killed struct {
	story, uri, provider string
	revision             int
	at                   time.Time
}

// New makes an account, which reads NEWS, TOMBS and DEAD by the given connection.
func New(js jetstream.JetStream) *Account {
	return &Account{js: js, next: 1, open: map[string]killed{}, letters: map[uint64]Notice{}, read: map[string]uint64{}}
}

// Outstanding is every notice that is not confirmed, the oldest first. A call that ends early because ctx does goes on
// where it stopped when it is called again.
func (a *Account) Outstanding(ctx context.Context) ([]Notice, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	to, err := sinks(ctx, a.js)
	if err != nil {
		return nil, err
	}
	if err := a.tombs(ctx); err != nil {
		return nil, err
	}
	var out []Notice
	for story, k := range a.open {
		all, settled, err := a.notices(ctx, k, to)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(all, func(n Notice) bool { return !n.Outstanding() })...)
		if settled {
			delete(a.open, story)
		}
	}
	buried, err := a.buried(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, buried...)
	slices.SortFunc(out, func(a, b Notice) int {
		return cmp.Or(a.Since.Compare(b.Since), strings.Compare(a.Story, b.Story), strings.Compare(a.Sink, b.Sink))
	})
	return out, nil
}

// Story is the notices of one story's kill to each sink that it concerns, confirmed or not; none where the story was not
// killed, or NEWS does not hold the notice any more.
func (a *Account) Story(ctx context.Context, story string) ([]Notice, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k, ok, err := a.tomb(ctx, story)
	if err != nil || !ok {
		return nil, err
	}
	to, err := sinks(ctx, a.js)
	if err != nil {
		return nil, err
	}
	out, _, err := a.notices(ctx, k, to)
	if err != nil {
		return nil, err
	}
	buried, err := a.buried(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range buried {
		if b.Story != story {
			continue
		}
		out = slices.DeleteFunc(out, func(n Notice) bool { return n.Sink == b.Sink && n.Output == b.Output })
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Notice) int { return strings.Compare(a.Sink, b.Sink) })
	return out, nil
}

// notices are those of one kill, and whether nothing is left to confirm.
func (a *Account) notices(ctx context.Context, k killed, to []sink) (out []Notice, settled bool, err error) {
	stands, err := standing(ctx, a.js.Conn(), k)
	if err != nil || len(stands) == 0 {
		return nil, false, err
	}
	settled = true
	for _, s := range to {
		last, ok := s.last(stands)
		if !ok {
			continue
		}
		n := Notice{Sink: s.name, Output: s.output, Story: k.story, URI: k.uri, Provider: k.provider, Revision: k.revision, Since: last.at}
		if n.Confirmed, err = s.confirmed(ctx, a.js, k, last); err != nil {
			return nil, false, err
		}
		settled = settled && !n.Outstanding()
		out = append(out, n)
	}
	return out, settled, nil
}

func killedOf(h nats.Header, at time.Time) (killed, bool) {
	k := killed{
		story: h.Get(stream.HStory), uri: stream.TextValue(h.Get(stream.HURI)), provider: stream.TextValue(h.Get(stream.HProvider)), at: at,
	}
	k.revision, _ = strconv.Atoi(h.Get(stream.HPublished)) // a second kill has a revision of its own, and no notice
	return k, h.Get(stream.HEvent) == wiredesk.EventKill && k.revision > 0 && k.story != ""
}
