package fate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// ofReceipt finds the stories of one document. Where nothing of it could be read there is no story, only its letter.
func (t *tracer) ofReceipt(ctx context.Context, receipt string) (map[string]Story, error) {
	out := map[string]Story{}
	note := func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		h := m.Headers()
		if h.Get(stream.HReceipt) != receipt {
			return nil
		}
		s := Story{URI: stream.Text(h, stream.HURI), Provider: stream.Text(h, stream.HProvider), Story: h.Get(stream.HStory)}
		if s.Story == "" {
			s.URI = cmp.Or(s.URI, receipt)
			s.Fates = append(out[""].Fates, stepOf("received", stream.DEAD, meta.Sequence.Stream, meta.Timestamp, h), deadOf(meta, h))
		}
		out[s.Story] = s
		return nil
	}
	err := stream.Scan(ctx, t.js, stream.RAW, stream.RawPrefix+"*", 0, note)
	if err == nil {
		err = stream.Scan(ctx, t.js, stream.DEAD, stream.DeadPrefix+">", 0, note)
	}
	return out, err
}

// providers are the agencies that RAW and ARTICLES have copy of, from the newest message of each feed.
func (t *tracer) providers(ctx context.Context) ([]string, error) {
	s, err := t.js.Stream(ctx, stream.RAW)
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", stream.RAW, err)
	}
	info, err := s.Info(ctx, jetstream.WithSubjectFilter(stream.RawPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", stream.RAW, err)
	}
	var out []string
	for subject := range info.State.Subjects {
		m, err := s.GetLastMsgForSubject(ctx, subject)
		if err != nil {
			return nil, fmt.Errorf("stream %s: %w", stream.RAW, err)
		}
		if p := stream.Text(m.Header, stream.HProvider); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// common finds in one go what no subject tells of one story: dead letters, and what enrich has not settled yet.
func (t *tracer) common(ctx context.Context, stories map[string]Story) error {
	add := func(id string, f Step) {
		if s, ok := stories[id]; ok && id != "" {
			s.Fates = append(s.Fates, f)
			stories[id] = s
		}
	}
	err := stream.Scan(ctx, t.js, stream.DEAD, stream.DeadPrefix+">", 0, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		add(m.Headers().Get(stream.HStory), deadOf(meta, m.Headers()))
		return nil
	})
	if err != nil {
		return err
	}
	enrich, err := t.js.Consumer(ctx, stream.RAW, stream.EnrichConsumer)
	if err != nil {
		return fmt.Errorf("consumer %s: %w", stream.EnrichConsumer, err)
	}
	from := enrich.CachedInfo().AckFloor.Stream + 1
	return stream.Scan(ctx, t.js, stream.RAW, stream.RawPrefix+"*", from, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		add(m.Headers().Get(stream.HStory), stepOf("received", stream.RAW, meta.Sequence.Stream, meta.Timestamp, m.Headers()))
		return nil
	})
}

// received finds the arrivals that the fates are about. What RAW has forgotten by age is left out.
func (t *tracer) received(ctx context.Context, s *Story) error {
	raw, err := t.js.Stream(ctx, stream.RAW)
	if err != nil {
		return fmt.Errorf("stream %s: %w", stream.RAW, err)
	}
	known := map[uint64]bool{0: true}
	for _, f := range s.Fates {
		if f.What == "received" {
			known[f.Seq] = true
		}
	}
	for _, f := range slices.Clone(s.Fates) {
		if known[f.Raw] {
			continue
		}
		known[f.Raw] = true
		m, err := raw.GetMsg(ctx, f.Raw)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("stream %s: %w", stream.RAW, err)
		}
		s.Fates = append(s.Fates, stepOf("received", stream.RAW, m.Sequence, m.Time, m.Header))
	}
	return nil
}

// own finds the revisions, the fates of versions that made none, their arrivals, and where the news hold the story.
func (t *tracer) own(ctx context.Context, s *Story) error {
	for what, subject := range map[string]string{"revision": stream.ArticleSubject(s.Story), "fate": stream.FateSubject(s.Story)} {
		err := stream.Scan(ctx, t.js, stream.ARTICLES, subject, 0, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
			s.Provider = cmp.Or(s.Provider, stream.Text(m.Headers(), stream.HProvider))
			s.URI = cmp.Or(s.URI, stream.Text(m.Headers(), stream.HURI))
			s.Fates = append(s.Fates, stepOf(what, stream.ARTICLES, meta.Sequence.Stream, meta.Timestamp, m.Headers()))
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := t.received(ctx, s); err != nil {
		return err
	}
	err := stream.Scan(ctx, t.js, stream.NEWS, stream.NewsAll(s.Story), 0, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		f := stepOf("news", stream.NEWS, meta.Sequence.Stream, meta.Timestamp, m.Headers())
		f.Subject, f.Fate, f.Reason = m.Subject(), "", ""
		s.Fates = append(s.Fates, f)
		return nil
	})
	if err == nil {
		err = t.deliveries(ctx, s)
	}
	if err == nil {
		err = t.confirmations(ctx, s)
	}
	if err == nil {
		err = t.ancestors(ctx, s)
	}
	slices.SortStableFunc(s.Fates, func(a, b Step) int { return a.At.Compare(b.At) })
	return err
}
