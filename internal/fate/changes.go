package fate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/redline"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Change is how the text of one revision became that of another.
type Change struct {
	From   int             `json:"from"`
	To     int             `json:"to"`
	Event  string          `json:"event"` // of the later revision
	At     time.Time       `json:"at"`
	Pieces []redline.Piece `json:"pieces"`
}

// Changes are those between the revisions of a story that ARTICLES holds, in order; revisions without a text of their
// own, and those that leave the text as it was, are passed over. They show held text, too: they are for the operator.
func Changes(ctx context.Context, js jetstream.JetStream, story string) ([]Change, error) {
	var out []Change
	var before *wiredesk.Article
	o := jetstream.OrderedConsumerConfig{FilterSubjects: []string{stream.ArticleSubject(story)}}
	err := stream.Consume(ctx, js, stream.ARTICLES, o, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		var a wiredesk.Article
		if err := json.Unmarshal(m.Data(), &a); err != nil {
			return fmt.Errorf("fate: revision of %s in %s at %d: %w", story, stream.ARTICLES, meta.Sequence.Stream, err)
		}
		if a.Text == "" || a.Event == wiredesk.EventKill {
			return nil
		}
		if before != nil {
			c := Change{From: before.Revision, To: a.Revision, Event: a.Event, At: meta.Timestamp.UTC(), Pieces: redline.Words(before.Text, a.Text)}
			if redline.Changed(c.Pieces) {
				out = append(out, c)
			}
		}
		before = &a
		return nil
	})
	return out, err
}

// Ancestor is a story that another one rewrites, or that rewrites another, as far as the line knows it.
type Ancestor struct {
	URI      string `json:"uri"`
	Story    string `json:"story"`
	Revision int    `json:"revision,omitempty"` // its newest; 0 where the line has none
	Event    string `json:"event,omitempty"`
}

// maxAncestors bounds a chain of rewrites, whatever its senders say.
const maxAncestors = 50

// ancestors are the stories that a story rewrites, the nearest first, each of the same provider.
func (t *tracer) ancestors(ctx context.Context, s *Story) error {
	articles, err := t.js.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return fmt.Errorf("stream %s: %w", stream.ARTICLES, err)
	}
	met := map[string]bool{s.Story: true}
	m, err := articles.GetLastMsgForSubject(ctx, stream.ArticleSubject(s.Story))
	for err == nil && len(s.Rewrites) < maxAncestors {
		uri := stream.Text(m.Header, stream.HRewrites)
		id := wiredesk.StoryID(s.Provider, uri)
		if uri == "" || met[id] {
			return nil
		}
		met[id] = true
		a := Ancestor{URI: uri, Story: id}
		if m, err = articles.GetLastMsgForSubject(ctx, stream.ArticleSubject(id)); err == nil {
			f := stepOf("", stream.ARTICLES, m.Sequence, m.Time, m.Header)
			a.Revision, a.Event = f.Revision, f.Event
		}
		s.Rewrites = append(s.Rewrites, a)
	}
	if err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("stream %s: %w", stream.ARTICLES, err)
	}
	return nil
}
