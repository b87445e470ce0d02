package fate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// States of what an output was sent.
const (
	handedOver   = "taken"
	stillAwaited = "awaited"
	seen         = "seen" // taken, unless it is one of those that the output has in hand
)

// deliveries says of each output that follows the story whether it has taken the newest that it is to get, as far as the
// broker tells: of an output that serves stories abreast it knows how many are in hand, not which. An output's dead letter
// is told beside it.
func (t *tracer) deliveries(ctx context.Context, s *Story) error {
	news, err := t.js.Stream(ctx, stream.NEWS)
	if err != nil {
		return fmt.Errorf("stream %s: %w", stream.NEWS, err)
	}
	list := news.ListConsumers(ctx)
	for info := range list.Info() {
		if !strings.HasPrefix(info.Name, stream.OutputPrefix) {
			continue
		}
		if f, ok := newest(s.Fates, info); ok {
			f.What = "output"
			f.Fate, f.Reason = delivered(info, f.Seq)
			f.Subject = strings.TrimPrefix(info.Name, stream.OutputPrefix)
			s.Fates = append(s.Fates, f)
		}
	}
	if err := list.Err(); err != nil {
		return fmt.Errorf("outputs: %w", err)
	}
	return nil
}

// delivered is what the broker knows of one delivery.
func delivered(info *jetstream.ConsumerInfo, seq uint64) (state, why string) {
	switch {
	case seq <= info.AckFloor.Stream || seq <= info.Delivered.Stream && info.NumAckPending == 0:
		return handedOver, ""
	case seq > info.Delivered.Stream:
		return stillAwaited, ""
	case info.Config.MaxAckPending == 1, uint64(info.NumAckPending) >= info.Delivered.Consumer-info.AckFloor.Consumer: // all of them
		return stillAwaited, "it is being tried"
	}
	return seen, fmt.Sprintf("taken, unless it is among the %d in its hands", info.NumAckPending)
}

// newest is the last message of the story in the news that an output follows.
func newest(fates []Step, info *jetstream.ConsumerInfo) (last Step, ok bool) {
	filters := info.Config.FilterSubjects
	if len(filters) == 0 {
		filters = []string{info.Config.FilterSubject}
	}
	for _, f := range fates {
		early := info.Config.DeliverPolicy == jetstream.DeliverNewPolicy && f.At.Before(info.Created)
		if f.What == "news" && !early && f.Seq > last.Seq && follows(filters, f.Subject) {
			last, ok = f, true
		}
	}
	return last, ok
}

// follows says whether a consumer with these filters is sent what stands on a subject.
func follows(filters []string, subject string) bool {
	tokens := strings.Split(subject, ".")
	for _, filter := range filters {
		want := strings.Split(filter, ".")
		for i, w := range want {
			if w == ">" && i < len(tokens) {
				return true
			}
			if i >= len(tokens) || w != "*" && w != tokens[i] {
				break
			}
			if i == len(want)-1 && len(want) == len(tokens) {
				return true
			}
		}
	}
	return false
}

// confirmations say who has confirmed the story's kill, to the moment and also of who is no output: that stands in the
// place of what deliveries can tell.
func (t *tracer) confirmations(ctx context.Context, s *Story) (err error) {
	if s.Kills, err = kills.New(t.js).Story(ctx, s.Story); len(s.Kills) > 0 {
		s.Fates = slices.DeleteFunc(s.Fates, func(f Step) bool { return f.What == "output" && f.Event == wiredesk.EventKill })
	}
	return err
}
