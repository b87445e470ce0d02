package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// disabledFor is written on the consumer of a disabled output: why, for people. That the consumer is paused is what counts.
const disabledFor = "wiredesk.disabled"

// forGood is for how long a disabled output is paused: nothing ends it but Resume.
const forGood = 100 * 365 * 24 * time.Hour

// OutputState is how an output stands.
type OutputState struct {
	Name     string    `json:"name"`
	Subjects []string  `json:"subjects"`
	Disabled bool      `json:"disabled"`
	Reason   string    `json:"reason,omitempty"` // why it is disabled
	Pending  uint64    `json:"pending"`          // deliveries that it has not been offered yet
	InHand   int       `json:"inHand"`           // deliveries that it was offered and has not taken
	Took     time.Time `json:"took,omitzero"`    // when it last took one
}

// ErrNoOutput is what an error wraps where no courier has ever run for an output of that name.
var ErrNoOutput = errors.New("no such output: see wiredesk outputs ls")

// Disable lets an output be sent nothing any more, in every process and over restarts. What it has not taken waits for
// [Resume], as long as it is in the news.
func Disable(ctx context.Context, js jetstream.JetStream, output, reason string) error {
	if err := note(ctx, js, output, reason); err != nil {
		return err
	}
	if _, err := js.PauseConsumer(ctx, stream.NEWS, stream.OutputPrefix+output, time.Now().Add(forGood)); err != nil {
		return fmt.Errorf("publish: pause output %s: %w", output, err)
	}
	return nil
}

// Resume lets an output that was disabled be sent what waits for it, and what follows.
func Resume(ctx context.Context, js jetstream.JetStream, output string) error {
	if err := note(ctx, js, output, ""); err != nil {
		return err
	}
	if _, err := js.ResumeConsumer(ctx, stream.NEWS, stream.OutputPrefix+output); err != nil {
		return fmt.Errorf("publish: resume output %s: %w", output, err)
	}
	return nil
}

// note writes the reason, or removes it.
func note(ctx context.Context, js jetstream.JetStream, output, reason string) error {
	c, err := consumer(ctx, js, output)
	if err != nil {
		return err
	}
	config := c.CachedInfo().Config
	config.Metadata = maps.Clone(config.Metadata)
	maps.DeleteFunc(config.Metadata, func(key, _ string) bool { return strings.HasPrefix(key, "_nats.") }) // the broker's own
	delete(config.Metadata, disabledFor)
	if reason != "" {
		if config.Metadata == nil {
			config.Metadata = map[string]string{}
		}
		config.Metadata[disabledFor] = time.Now().UTC().Format(time.RFC3339) + " " + reason
	}
	if _, err := js.UpdateConsumer(ctx, stream.NEWS, config); err != nil {
		return fmt.Errorf("publish: output %s: %w", output, err)
	}
	return nil
}

// StateOf is how the output of that name stands.
func StateOf(ctx context.Context, js jetstream.JetStream, output string) (OutputState, error) {
	c, err := consumer(ctx, js, output)
	if err != nil {
		return OutputState{}, err
	}
	return stateOf(c.CachedInfo()), nil
}

// States are how all outputs stand that a courier has ever run for, by name.
func States(ctx context.Context, js jetstream.JetStream) ([]OutputState, error) {
	news, err := js.Stream(ctx, stream.NEWS)
	if err != nil {
		return nil, fmt.Errorf("publish: stream %s: %w", stream.NEWS, err)
	}
	var all []OutputState
	list := news.ListConsumers(ctx)
	for info := range list.Info() {
		if strings.HasPrefix(info.Name, stream.OutputPrefix) {
			all = append(all, stateOf(info))
		}
	}
	if err := list.Err(); err != nil {
		return nil, fmt.Errorf("publish: outputs: %w", err)
	}
	return all, nil
}

func consumer(ctx context.Context, js jetstream.JetStream, output string) (jetstream.Consumer, error) {
	c, err := js.Consumer(ctx, stream.NEWS, stream.OutputPrefix+output)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		return nil, fmt.Errorf("output %s: %w", output, ErrNoOutput)
	}
	if err != nil {
		return nil, fmt.Errorf("publish: output %s: %w", output, err)
	}
	return c, nil
}

func stateOf(info *jetstream.ConsumerInfo) OutputState {
	s := OutputState{
		Name: strings.TrimPrefix(info.Name, stream.OutputPrefix), Subjects: info.Config.FilterSubjects, Disabled: info.Paused,
		Reason: info.Config.Metadata[disabledFor], Pending: info.NumPending, InHand: info.NumAckPending,
	}
	if len(s.Subjects) == 0 {
		s.Subjects = []string{info.Config.FilterSubject}
	}
	if info.AckFloor.Last != nil {
		s.Took = info.AckFloor.Last.UTC()
	}
	return s
}
