package console

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// held is a story that no subscriber may see now.
type held struct {
	Story    string    `json:"story"`
	URI      string    `json:"uri"`
	Provider string    `json:"provider"`
	Feed     string    `json:"feed"`
	Revision int       `json:"revision"`
	Event    string    `json:"event"` // embargo, withhold
	Reason   string    `json:"reason"`
	Headline string    `json:"headline"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until,omitzero"` // zero: until a later version lifts it
}

// safe is the account of the stories that are held, by the newest headers of each story. It is begun when somebody first
// asks.
type safe struct {
	ctx  context.Context
	js   jetstream.JetStream
	once sync.Once

	mu     sync.Mutex
	held   map[string]held
	caught chan struct{}
}

func newSafe(ctx context.Context, js jetstream.JetStream) *safe {
	return &safe{ctx: ctx, js: js, held: map[string]held{}, caught: make(chan struct{})}
}

func (s *safe) begin(ctx context.Context) bool {
	o := jetstream.ConsumerConfig{
		FilterSubjects: []string{stream.ArticlePrefix + "*"}, HeadersOnly: true, DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy,
	}
	s.once.Do(func() { go follow(s.ctx, s.js, stream.ARTICLES, o, s.note, func() { close(s.caught) }) })
	select {
	case <-s.caught:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *safe) note(m jetstream.Msg, meta *jetstream.MsgMetadata) {
	h := m.Headers()
	story := stream.LastToken(m.Subject())
	s.mu.Lock()
	defer s.mu.Unlock()
	event := h.Get(stream.HEvent)
	if event != wiredesk.EventEmbargo && event != wiredesk.EventWithhold {
		delete(s.held, story)
		return
	}
	one := held{
		Story: story, URI: stream.Text(h, stream.HURI), Provider: stream.Text(h, stream.HProvider), Feed: stream.Text(h, stream.HFeed),
		Event: event, Reason: stream.Text(h, stream.HReason), Since: meta.Timestamp.UTC(),
	}
	one.Revision, _ = strconv.Atoi(h.Get(stream.HRevision))
	if event == wiredesk.EventEmbargo {
		one.Until, _ = time.Parse(time.RFC3339Nano, h.Get(stream.HUntil))
	}
	if had, ok := s.held[story]; ok {
		one.Since = had.Since
	}
	s.held[story] = one
}

// list is what is held: what ends soonest first, then what has no end.
func (s *safe) list() []held {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []held{}
	for _, h := range s.held {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b held) int {
		if a.Until.IsZero() != b.Until.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.Until.IsZero()]
		}
		return cmp.Or(a.Until.Compare(b.Until), a.Since.Compare(b.Since), cmp.Compare(a.Story, b.Story))
	})
	return out
}

// mostHeld bounds what a page lists.
const mostHeld = 500

// holds answers with what is held, and with the kills that somebody has not confirmed.
func (c *Console) holds(r *http.Request) (any, error) {
	wait, cancel := context.WithTimeout(r.Context(), patience/2)
	defer cancel()
	complete := c.safe.begin(wait)
	if !complete && !c.Conn.IsConnected() {
		return nil, context.DeadlineExceeded
	}
	all := c.safe.list()
	total := len(all)
	all = all[:min(total, mostHeld)]
	for i := range all {
		h, err := c.lastHeadline(r.Context(), all[i].Story)
		if err != nil {
			return nil, err
		}
		all[i].Headline = h
	}
	open, err := c.kills.Outstanding(r.Context())
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"complete": complete, "now": time.Now().UTC(), "total": total, "held": all, "kills": append([]kills.Notice{}, open...),
	}, nil
}
