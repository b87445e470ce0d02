package fate

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
)

type tracer struct{ js jetstream.JetStream }

// Find tells the fates of the stories that a name may mean: one for each provider that has it, sorted by provider. The
// name is a URI, the last token of a story's subjects, or a receipt; an empty provider means any. A name that nothing is
// known of is an error that says where to look.
func Find(ctx context.Context, js jetstream.JetStream, name, provider string) ([]Story, error) {
	t := &tracer{js}
	return t.trace(ctx, name, provider)
}

var (
	storyID   = regexp.MustCompile(`^[a-z2-7]{24}$`)
	receiptID = regexp.MustCompile(`^r[a-z2-7]{24}$`)
)

// trace finds the stories that the name may mean: one for each provider that has it.
func (t *tracer) trace(ctx context.Context, name, provider string) ([]Story, error) {
	candidates, err := t.candidates(ctx, name, provider)
	if err != nil {
		return nil, err
	}
	if err := t.common(ctx, candidates); err != nil {
		return nil, err
	}
	var out []Story
	for _, c := range candidates {
		if c.Story != "" {
			if err := t.own(ctx, &c); err != nil {
				return nil, err
			}
		}
		if len(c.Fates) > 0 {
			c.Count()
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no story %q is known here: check the URI as the sender spells it, and wiredesk dead ls", name)
	}
	slices.SortFunc(out, func(a, b Story) int { return strings.Compare(a.Provider, b.Provider) })
	return out, nil
}

func (t *tracer) candidates(ctx context.Context, name, provider string) (map[string]Story, error) {
	if receiptID.MatchString(name) {
		return t.ofReceipt(ctx, name)
	}
	candidates := map[string]Story{}
	if storyID.MatchString(name) {
		candidates[name] = Story{Story: name}
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
		candidates[id] = Story{URI: name, Provider: p, Story: id}
	}
	return candidates, nil
}
