package fate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Bounds of the search for what rewrites a story: how long before it a rewrite may have come in, how many revisions are
// looked at, and how many stories are named.
const (
	outOfOrder = time.Hour
	maxSeen    = 200_000
	maxHeirs   = 50
)

var errEnough = errors.New("fate: enough")

// RewrittenBy are the stories of the same provider that say they rewrite this one, the first that came in first, each as
// it stands now: at most fifty, among the 200,000 revisions that ARTICLES took in from an hour before the story on. It fills
// RewrittenBy and Unsearched of the story, which [Find] told of.
func RewrittenBy(ctx context.Context, js jetstream.JetStream, s *Story) error {
	i := slices.IndexFunc(s.Fates, func(f Step) bool { return f.What == "revision" })
	if i < 0 {
		return nil
	}
	from := s.Fates[i].At.Add(-outOfOrder)
	o := jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{stream.ArticlePrefix + "*"}, HeadersOnly: true,
		DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &from,
	}
	var heirs []Ancestor
	at, seen := map[string]int{}, 0
	err := stream.Consume(ctx, js, stream.ARTICLES, o, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		if seen++; seen > maxSeen {
			return errEnough
		}
		h := m.Headers()
		id := h.Get(stream.HStory)
		n, known := at[id]
		if !known {
			if len(heirs) == maxHeirs || id == s.Story || stream.Text(h, stream.HRewrites) != s.URI || stream.Text(h, stream.HProvider) != s.Provider {
				return nil
			}
			n = len(heirs)
			at[id] = n
			heirs = append(heirs, Ancestor{URI: stream.Text(h, stream.HURI), Story: id})
		}
		f := stepOf("", stream.ARTICLES, meta.Sequence.Stream, meta.Timestamp, h)
		heirs[n].Revision, heirs[n].Event = f.Revision, f.Event
		return nil
	})
	s.Unsearched = errors.Is(err, errEnough)
	if err != nil && !s.Unsearched {
		return fmt.Errorf("fate: what rewrites %s: %w", s.URI, err)
	}
	s.RewrittenBy = heirs
	return nil
}
