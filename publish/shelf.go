package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// News is the Shelf of the NEWS stream. It is safe for concurrent use.
type News struct{ nc *nats.Conn }

// NewNews reads NEWS over a connection that may use the stream's direct get.
func NewNews(nc *nats.Conn) *News { return &News{nc} }

const directGet = "$JS.API.DIRECT.GET." + stream.NEWS

// Story asks for the last message on each subject of the story in one request (ADR-31). A broker that does not answer
// is a [stage.Away].
func (n *News) Story(ctx context.Context, story string) (map[string]Standing, error) {
	ask, err := json.Marshal(map[string]any{"multi_last": []string{stream.NewsAll(story)}})
	if err != nil {
		return nil, err
	}
	inbox := n.nc.NewRespInbox()
	sub, err := n.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, stage.Away(fmt.Errorf("publish: NEWS: %w", err))
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := n.nc.PublishRequest(directGet, inbox, ask); err != nil {
		return nil, stage.Away(fmt.Errorf("publish: NEWS: %w", err))
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return collect(ctx, sub)
}

// collect reads the answers up to the end-of-batch mark.
func collect(ctx context.Context, sub *nats.Subscription) (map[string]Standing, error) {
	all := map[string]Standing{}
	for {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return nil, stage.Away(fmt.Errorf("publish: NEWS did not answer: %w", err))
		}
		switch status := m.Header.Get("Status"); status {
		case "":
		case "204", "404":
			return all, nil
		case "503":
			return nil, stage.Away(errors.New("publish: NEWS: nobody answers for it"))
		default:
			return nil, fmt.Errorf("publish: NEWS: status %s %s", status, m.Header.Get("Description"))
		}
		seq, err := strconv.ParseUint(m.Header.Get(nats.JSSequence), 10, 64)
		if err != nil {
			return nil, errors.New("publish: NEWS: an answer without a sequence")
		}
		revision, _ := strconv.Atoi(m.Header.Get(stream.HRevision))
		all[m.Header.Get(nats.JSSubject)] = Standing{seq, revision}
	}
}
