package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/spf13/cobra"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
)

func trace() *cobra.Command {
	var flags shell.Flags
	var provider string
	var asJSON bool
	c := &cobra.Command{
		Use: "trace URI|STORY|RECEIPT", Short: "tell one story's whole fate, with times",
		Long: "Trace finds what came in for a story, what was decided about each version and why, which subjects of the news\nhold it now, which outputs have taken it, and its dead letters. A story is named by its URI, by the last token of its\nsubjects, or by a receipt.",
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
	if err := t.common(ctx, candidates); err != nil {
		return nil, err
	}
	var out []traced
	for _, c := range candidates {
		if c.Story != "" {
			if err := t.own(ctx, &c); err != nil {
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
