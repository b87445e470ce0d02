package main

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/stream"
)

func trace() *cobra.Command {
	var flags shell.Flags
	var provider string
	var asJSON bool
	c := &cobra.Command{
		Use: "trace URI|STORY|RECEIPT", Short: "tell one story's whole fate, with times",
		Long: "Trace finds what came in for a story, what was decided about each version and why, which subjects of the news\nhold it now, and its dead letters. A story is named by its URI, by the last token of its\nsubjects, or by a receipt.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			conf, err := flags.Read(c.ErrOrStderr())
			if err != nil {
				return err
			}
			nc, js, err := reach(c.Context(), conf, c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer nc.Close()
			t := &tracer{js: js}
			found, err := t.trace(c.Context(), args[0], provider)
			if err != nil {
				return err
			}
			for i, f := range found {
				if err := f.write(c.OutOrStdout(), asJSON, i); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.Bind(c)
	flags.Place(c)
	c.Flags().StringVar(&provider, "provider", "", "the agency, where several use the same URI")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a story")
	return c
}

type tracer struct{ js jetstream.JetStream }

var (
	storyID   = regexp.MustCompile(`^[a-z2-7]{24}$`)
	receiptID = regexp.MustCompile(`^r[a-z2-7]{24}$`)
)

// trace finds the stories that the name may mean: one for each provider that has it.
func (t *tracer) trace(ctx context.Context, name, provider string) ([]traced, error) {
	candidates, err := t.candidates(ctx, name, provider)
	if err != nil {
		return nil, err
	}
	if err := t.arrivals(ctx, candidates); err != nil {
		return nil, err
	}
	var out []traced
	for _, c := range candidates {
		if c.Story != "" {
			if err := t.rest(ctx, &c); err != nil {
				return nil, err
			}
		}
		if len(c.Fates) > 0 {
			c.count()
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no story %q is known here: check the URI as the sender spells it, and wiredesk dead ls", name)
	}
	slices.SortFunc(out, func(a, b traced) int { return strings.Compare(a.Provider, b.Provider) })
	return out, nil
}

func (t *tracer) candidates(ctx context.Context, name, provider string) (map[string]traced, error) {
	if receiptID.MatchString(name) {
		return t.ofReceipt(ctx, name)
	}
	candidates := map[string]traced{}
	if storyID.MatchString(name) {
		candidates[name] = traced{Story: name}
	}
	providers := []string{provider}
	if provider == "" {
		var err error
		if providers, err = t.providers(ctx); err != nil {
			return nil, err
		}
	}
	for _, p := range providers {
		id := wiredesk.StoryID(p, name)
		candidates[id] = traced{URI: name, Provider: p, Story: id}
	}
	return candidates, nil
}

// ofReceipt finds the stories of one document. Where nothing of it could be read there is no story, only its letter.
func (t *tracer) ofReceipt(ctx context.Context, receipt string) (map[string]traced, error) {
	out := map[string]traced{}
	note := func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		h := m.Headers()
		if h.Get(stream.HReceipt) != receipt {
			return nil
		}
		s := traced{URI: wording(h, stream.HURI), Provider: wording(h, stream.HProvider), Story: h.Get(stream.HStory)}
		if s.Story == "" {
			s.URI = cmp.Or(s.URI, receipt)
			s.Fates = append(out[""].Fates, fateOf("received", stream.DEAD, meta.Sequence.Stream, meta.Timestamp, h), deadOf(meta, h))
		}
		out[s.Story] = s
		return nil
	}
	err := scan(ctx, t.js, stream.RAW, stream.RawPrefix+"*", false, note)
	if err == nil {
		err = scan(ctx, t.js, stream.DEAD, stream.DeadPrefix+">", false, note)
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
		if p := wording(m.Header, stream.HProvider); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// arrivals finds what came in for the stories, and their dead letters. Only RAW knows what no stage has looked at yet.
func (t *tracer) arrivals(ctx context.Context, stories map[string]traced) error {
	add := func(id string, f fate) {
		if s, ok := stories[id]; ok && id != "" {
			s.Fates = append(s.Fates, f)
			stories[id] = s
		}
	}
	err := scan(ctx, t.js, stream.RAW, stream.RawPrefix+"*", false, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		add(m.Headers().Get(stream.HStory), fateOf("received", stream.RAW, meta.Sequence.Stream, meta.Timestamp, m.Headers()))
		return nil
	})
	if err != nil {
		return err
	}
	return scan(ctx, t.js, stream.DEAD, stream.DeadPrefix+">", false, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		add(m.Headers().Get(stream.HStory), deadOf(meta, m.Headers()))
		return nil
	})
}

// rest finds the revisions, the fates of versions that made none, and where the news hold the story.
func (t *tracer) rest(ctx context.Context, s *traced) error {
	for what, subject := range map[string]string{"revision": stream.ArticleSubject(s.Story), "fate": stream.FateSubject(s.Story)} {
		err := scan(ctx, t.js, stream.ARTICLES, subject, false, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
			s.Provider = cmp.Or(s.Provider, wording(m.Headers(), stream.HProvider))
			s.URI = cmp.Or(s.URI, wording(m.Headers(), stream.HURI))
			s.Fates = append(s.Fates, fateOf(what, stream.ARTICLES, meta.Sequence.Stream, meta.Timestamp, m.Headers()))
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := scan(ctx, t.js, stream.NEWS, stream.NewsAll(s.Story), false, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		f := fateOf("news", stream.NEWS, meta.Sequence.Stream, meta.Timestamp, m.Headers())
		f.Subject, f.Fate, f.Reason = m.Subject(), "", ""
		s.Fates = append(s.Fates, f)
		return nil
	})
	slices.SortStableFunc(s.Fates, func(a, b fate) int { return a.At.Compare(b.At) })
	return err
}
