package kills

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// sink is a durable consumer on NEWS that acknowledges.
type sink struct {
	name    string
	output  bool
	filters []string
	floor   uint64    // in NEWS: everything up to here is acknowledged
	acked   time.Time // when it last acknowledged
	from    time.Time // it was never to have what is older
}

func sinks(ctx context.Context, js jetstream.JetStream) ([]sink, error) {
	news, err := js.Stream(ctx, stream.NEWS)
	if err != nil {
		return nil, fmt.Errorf("kills: stream %s: %w", stream.NEWS, err)
	}
	var out []sink
	list := news.ListConsumers(ctx)
	for info := range list.Info() {
		if info.Config.Durable == "" || info.Config.AckPolicy == jetstream.AckNonePolicy {
			continue
		}
		out = append(out, sinkOf(info))
	}
	if err := list.Err(); err != nil && !errors.Is(err, jetstream.ErrEndOfData) {
		return nil, fmt.Errorf("kills: consumers of %s: %w", stream.NEWS, err)
	}
	return out, nil
}

func sinkOf(info *jetstream.ConsumerInfo) sink {
	s := sink{name: info.Name, filters: info.Config.FilterSubjects, floor: info.AckFloor.Stream, acked: info.Created}
	s.name, s.output = strings.CutPrefix(s.name, stream.OutputPrefix)
	if len(s.filters) == 0 {
		s.filters = []string{info.Config.FilterSubject}
	}
	if info.AckFloor.Last != nil {
		s.acked = *info.AckFloor.Last
	}
	switch info.Config.DeliverPolicy {
	case jetstream.DeliverNewPolicy:
		s.from = info.Created
	case jetstream.DeliverByStartTimePolicy:
		if at := info.Config.OptStartTime; at != nil {
			s.from = *at
		}
	}
	if info.NumPending == 0 && info.NumAckPending == 0 {
		s.floor = max(s.floor, info.Delivered.Stream) // what it skips by its filter needs no confirmation
	}
	return s
}

// last is the newest of what stands that the sink is to have.
func (s sink) last(stands []stood) (last stood, ok bool) {
	for _, x := range stands {
		if x.sequence > last.sequence && !x.at.Before(s.from) && s.follows(x.subject) {
			last, ok = x, true
		}
	}
	return last, ok
}

// confirmed is when the sink took a notice; zero while it has not. An output keeps that itself, to the moment; of everybody
// else it is known by what is acknowledged up to where, and no earlier than that.
func (s sink) confirmed(ctx context.Context, js jetstream.JetStream, k killed, last stood) (time.Time, error) {
	byFloor := time.Time{}
	if s.floor >= last.sequence {
		byFloor = s.acked
	}
	subject, err := stream.ConfirmSubject(s.name, k.story)
	if !s.output || err != nil {
		return byFloor, nil
	}
	tombs, err := js.Stream(ctx, stream.TOMBS)
	if err != nil {
		return time.Time{}, fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
	}
	m, err := tombs.GetLastMsgForSubject(ctx, subject)
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound):
		return byFloor, nil
	case err != nil:
		return time.Time{}, fmt.Errorf("kills: stream %s: %w", stream.TOMBS, err)
	}
	if revision, _ := strconv.Atoi(m.Header.Get(stream.HRevision)); revision < k.revision {
		return byFloor, nil
	}
	return m.Time, nil
}

// follows says whether the sink is sent what stands on a subject.
func (s sink) follows(subject string) bool {
	for _, filter := range s.filters {
		if filter == "" || stream.Covers(filter, subject) {
			return true
		}
	}
	return false
}
