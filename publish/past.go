package publish

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Past reads the revisions of a story that were stored before a sequence of ARTICLES, from the oldest that is kept.
type Past interface {
	Before(ctx context.Context, story string, sequence uint64, each func(nats.Header, []byte) error) error
}

// Articles is the Past of the ARTICLES stream. It is safe for concurrent use.
type Articles struct{ js jetstream.JetStream }

// NewArticles reads ARTICLES by a user who may get its messages.
func NewArticles(js jetstream.JetStream) *Articles { return &Articles{js} }

// Before implements Past.
func (a *Articles) Before(ctx context.Context, story string, sequence uint64, each func(nats.Header, []byte) error) error {
	s, err := a.js.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return fmt.Errorf("publish: ARTICLES: %w", err)
	}
	for from := uint64(1); ; {
		m, err := s.GetMsg(ctx, from, jetstream.WithGetMsgSubject(stream.ArticleSubject(story)))
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound):
			return nil
		case err != nil:
			return fmt.Errorf("publish: ARTICLES: %w", err)
		case m.Sequence >= sequence:
			return nil
		}
		if err := each(m.Header, m.Data); err != nil {
			return err
		}
		from = m.Sequence + 1
	}
}

// forgotten says that the story went out, and that NEWS does not hold it any more.
func forgotten(r revision, standing map[string]Standing) bool {
	return r.follows > 0 && standing[r.canonical()].Sequence == 0
}

// remember adds the desks of the revisions that went out before NEWS forgot the story: who had the text is told what
// becomes of it. The desks are those that the routes of today send these revisions to.
func (d *Desk) remember(ctx context.Context, r *revision, sequence uint64) error {
	if d.Router == nil || d.Past == nil {
		return nil
	}
	return d.Past.Before(ctx, r.story, sequence, func(h nats.Header, article []byte) error {
		number := h.Get(stream.HRevision)
		if number == "" || h.Get(stream.HPublished) != number || replaces(h.Get(stream.HEvent)) {
			return nil
		}
		if n, err := strconv.Atoi(number); err != nil || n >= r.number {
			return nil
		}
		return d.send(r, article)
	})
}
