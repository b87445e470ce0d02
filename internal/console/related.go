package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// relative is a story that shares text with another, and which of the two came first.
type relative struct {
	wiredesk.Relation
	Headline string    `json:"headline"`
	Provider string    `json:"provider"`
	First    time.Time `json:"first,omitzero"` // when its oldest revision that is kept was stored
	Earlier  bool      `json:"earlier"`        // than the story it is told of
}

// relatives are those of a story, the one that came first before the others.
func (c *Console) relatives(ctx context.Context, a *wiredesk.Article, all []edition) ([]relative, error) {
	articles, err := c.js.Stream(ctx, stream.ARTICLES)
	if err != nil {
		return nil, fmt.Errorf("console: ARTICLES: %w", err)
	}
	var out []relative
	for _, rel := range a.Related {
		if !storyID.MatchString(rel.Story) {
			continue
		}
		one := relative{Relation: rel}
		subject := jetstream.WithGetMsgSubject(stream.ArticleSubject(rel.Story))
		first, err := articles.GetMsg(ctx, 1, subject)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			out = append(out, one)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("console: ARTICLES: %w", err)
		}
		var other wiredesk.Article
		if err := json.Unmarshal(first.Data, &other); err != nil {
			return nil, fmt.Errorf("console: article %d: %w", first.Sequence, err)
		}
		one.Headline, one.Provider, one.First = headline(&other), other.Provider, first.Time.UTC()
		one.Earlier = len(all) > 0 && first.Time.Before(all[0].Stored)
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b relative) int { return a.First.Compare(b.First) })
	return out, nil
}
