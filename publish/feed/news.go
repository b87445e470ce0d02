package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// News reads the NEWS stream by direct gets (ADR-31), without a consumer of any kind. It is safe for concurrent use.
type News struct{ nc *nats.Conn }

// NewNews reads over a connection that may use the stream's direct get.
func NewNews(nc *nats.Conn) *News { return &News{nc} }

const (
	directGet = "$JS.API.DIRECT.GET." + stream.NEWS
	patience  = 5 * time.Second // with the broker
	page      = 64              // messages of one answer
	pageBytes = 4 << 20
)

// request is the body of a direct get.
type request struct {
	Seq      uint64 `json:"seq,omitempty"`
	Last     string `json:"last_by_subj,omitempty"`
	Next     string `json:"next_by_subj,omitempty"`
	Batch    int    `json:"batch,omitempty"`
	MaxBytes int    `json:"max_bytes,omitempty"`
}

// message is one message of NEWS.
type message struct {
	subject  string
	sequence uint64
	stored   time.Time
	data     []byte
}

// last is the newest message that the filter matches; its sequence is 0 where there is none.
func (n *News) last(ctx context.Context, filter string) (message, error) {
	found, _, err := n.get(ctx, request{Last: filter})
	if err != nil || len(found) == 0 {
		return message{}, err
	}
	return found[0], nil
}

// next are messages that the filter matches from a sequence on, in order, and how many follow them.
func (n *News) next(ctx context.Context, filter string, from uint64) ([]message, uint64, error) {
	return n.get(ctx, request{Seq: max(from, 1), Next: filter, Batch: page, MaxBytes: pageBytes})
}

// count is how many messages the filter matches from a sequence on.
func (n *News) count(ctx context.Context, filter string, from uint64) (uint64, error) {
	found, rest, err := n.get(ctx, request{Seq: max(from, 1), Next: filter, Batch: 1, MaxBytes: 1})
	return uint64(len(found)) + rest, err
}

func (n *News) get(ctx context.Context, r request) ([]message, uint64, error) {
	ask, err := json.Marshal(r)
	if err != nil {
		return nil, 0, fmt.Errorf("feed: %w", err)
	}
	inbox := n.nc.NewRespInbox()
	sub, err := n.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, 0, fmt.Errorf("feed: NEWS: %w", err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := n.nc.PublishRequest(directGet, inbox, ask); err != nil {
		return nil, 0, fmt.Errorf("feed: NEWS: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return collect(ctx, sub, r.Batch > 0)
}

// collect reads the one answer, or those of a batch up to its end, where the broker says how many messages follow.
func collect(ctx context.Context, sub *nats.Subscription, batch bool) ([]message, uint64, error) {
	var found []message
	for {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return nil, 0, fmt.Errorf("feed: NEWS did not answer: %w", err)
		}
		switch status := m.Header.Get("Status"); status {
		case "":
		case "204":
			rest, err := strconv.ParseUint(m.Header.Get("Nats-Num-Pending"), 10, 64)
			if err != nil {
				return nil, 0, errors.New("feed: NEWS: an end of a batch that does not say what follows")
			}
			return found, rest, nil
		case "404":
			return found, 0, nil
		default:
			return nil, 0, fmt.Errorf("feed: NEWS: status %s %s", status, m.Header.Get("Description"))
		}
		one, err := parse(m)
		if err != nil {
			return nil, 0, err
		}
		if found = append(found, one); !batch {
			return found, 0, nil
		}
	}
}

func parse(m *nats.Msg) (message, error) {
	seq, err := strconv.ParseUint(m.Header.Get(nats.JSSequence), 10, 64)
	if err != nil {
		return message{}, errors.New("feed: NEWS: an answer without a sequence")
	}
	stored, err := time.Parse(time.RFC3339Nano, m.Header.Get(nats.JSTimeStamp))
	if err != nil {
		return message{}, errors.New("feed: NEWS: an answer without a time")
	}
	return message{m.Header.Get(nats.JSSubject), seq, stored, m.Data}, nil
}
