package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish"
	"github.com/wiredesk/wiredesk/publish/subscriber"
)

// OutputKinds are the kinds of outputs that a configuration may name, as it checks them.
func OutputKinds() map[string]config.Kind {
	kinds := map[string]config.Kind{}
	for _, o := range publish.Outputs() {
		kinds[o.Name] = config.Kind{Settings: o.Settings, Check: func(settings json.RawMessage) error {
			_, err := o.Open(settings, zerolog.Nop())
			return err
		}}
	}
	return kinds
}

// couriers are those of the configured outputs, ready to run.
func (l *Line) couriers() ([]*publish.Courier, error) {
	open := map[string]publish.Output{}
	for _, o := range publish.Outputs() {
		open[o.Name] = o
	}
	var out []*publish.Courier
	for _, o := range l.Config.Outputs {
		kind, ok := open[o.Kind]
		if !ok {
			return nil, fmt.Errorf("line: output %s: no kind %q", o.Name, o.Kind)
		}
		raw, err := o.Raw()
		if err != nil {
			return nil, fmt.Errorf("line: %w", err)
		}
		log := l.Log.With().Str("output", o.Name).Logger()
		sink, err := kind.Open(raw, log)
		if err != nil {
			return nil, fmt.Errorf("line: output %s: %w", o.Name, err)
		}
		out = append(out, &publish.Courier{
			Name: o.Name, Subjects: o.Subjects, From: from(o.From), Sink: sink, Dead: l.store(Publish, stream.DEAD), Confirms: l.store(Publish, stream.TOMBS),
			Deadline: time.Duration(l.Config.Limits.Deadline), Log: log,
			Observe: func(outcome string, lag time.Duration) { l.figures.Delivery(o.Name, outcome, lag) },
		})
	}
	return out, nil
}

func from(word string) subscriber.From {
	switch word {
	case "all":
		return subscriber.All
	case "new":
		return subscriber.New
	}
	return subscriber.Current
}

// outputNames are the durable consumers of the configured outputs.
func outputNames(c *config.Config) []string {
	var out []string
	for _, o := range c.Outputs {
		out = append(out, stream.OutputPrefix+o.Name)
	}
	return out
}

// disabled are the configured outputs that are sent nothing, and why. An output that has not begun is none of them.
func (l *Line) disabled(ctx context.Context) error {
	if !l.plays(Publish) {
		return nil
	}
	var all []error
	for _, o := range l.Config.Outputs {
		s, err := publish.StateOf(ctx, l.js[Publish], o.Name)
		if err == nil && s.Disabled {
			all = append(all, fmt.Errorf("%s is disabled: %s; wiredesk outputs resume %s", o.Name, s.Reason, o.Name))
		}
	}
	return errors.Join(all...)
}
