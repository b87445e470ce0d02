package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// shelf asks NEWS for what it holds, without a consumer.
type shelf struct {
	nc *nats.Conn
	js jetstream.JetStream
}

const (
	directGet = "$JS.API.DIRECT.GET." + stream.NEWS
	askFor    = 3 * time.Second // how long the broker may take with one question
)

var errAway = errors.New("stream: the broker does not answer")

// bounds are the first and last sequence that NEWS holds.
func (s shelf) bounds(ctx context.Context) (jetstream.StreamState, error) {
	if !s.nc.IsConnected() {
		return jetstream.StreamState{}, errAway
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	st, err := s.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return jetstream.StreamState{}, fmt.Errorf("%w: %w", errAway, err)
	}
	return st.CachedInfo().State, nil
}

// desks are those that a story went to.
func (s shelf) desks(ctx context.Context, story string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	st, err := s.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return nil, err
	}
	info, err := st.Info(ctx, jetstream.WithSubjectFilter(stream.NewsPrefix+"desk.*."+story))
	if err != nil {
		return nil, err
	}
	var out []string
	for subject := range info.State.Subjects {
		if f, _, ok := stream.ParseNews(subject); ok {
			out = append(out, f.Value)
		}
	}
	slices.Sort(out)
	return out, nil
}

// last are the last messages on each subject that the patterns match, up to a sequence where one is given (ADR-31).
func (s shelf) last(ctx context.Context, patterns []string, upTo uint64) ([]*message, error) {
	ask := map[string]any{"multi_last": patterns}
	if upTo > 0 {
		ask["up_to_seq"] = upTo
	}
	body, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	inbox := s.nc.NewRespInbox()
	sub, err := s.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAway, err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := s.nc.PublishRequest(directGet, inbox, body); err != nil {
		return nil, fmt.Errorf("%w: %w", errAway, err)
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	var all []*message
	for {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errAway, err)
		}
		switch status := m.Header.Get("Status"); status {
		case "":
		case "204", "404":
			return all, nil
		default:
			return nil, fmt.Errorf("%w: status %s %s", errAway, status, m.Header.Get("Description"))
		}
		one, err := got(m)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
}

// got is a message as a direct get answers with it.
func got(m *nats.Msg) (*message, error) {
	seq, err := strconv.ParseUint(m.Header.Get(nats.JSSequence), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("stream: an answer of NEWS without a sequence: %w", err)
	}
	revision, _ := strconv.Atoi(m.Header.Get(stream.HRevision))
	stored, _ := time.Parse(time.RFC3339Nano, m.Header.Get(nats.JSTimeStamp))
	subject := m.Header.Get(nats.JSSubject)
	return &message{
		seq: seq, subject: subject, story: subject[strings.LastIndexByte(subject, '.')+1:], revision: revision,
		event: m.Header.Get(stream.HEvent), stored: stored, body: m.Data,
	}, nil
}
