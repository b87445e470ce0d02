package broker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Ensure makes the streams and consumers of the line as the settings want them. With manage, missing ones are created,
// and a stream's description, MaxAge and MaxBytes are set where nothing stored has to go for it. Everything else that
// differs is never changed: the error is a Drifts that lists it field by field. Without manage Ensure only looks.
func Ensure(ctx context.Context, js jetstream.JetStream, s stream.Settings, manage bool) error {
	var found Drifts
	for _, want := range stream.Streams(s) {
		d, err := ensureStream(ctx, js, want, manage)
		if err != nil {
			return fmt.Errorf("broker: stream %s: %w", want.Name, err)
		}
		found = append(found, d...)
	}
	for name, consumers := range stream.Consumers() {
		for _, want := range consumers {
			d, err := ensureConsumer(ctx, js, name, want, manage)
			if err != nil {
				return fmt.Errorf("broker: consumer %s of %s: %w", want.Durable, name, err)
			}
			found = append(found, d...)
		}
	}
	if len(found) > 0 {
		return found
	}
	return nil
}

func ensureStream(ctx context.Context, js jetstream.JetStream, want jetstream.StreamConfig, manage bool) (Drifts, error) {
	have, err := js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if !manage {
			return Drifts{{What: "stream " + want.Name, Want: "present", Have: "missing"}}, nil
		}
		_, err = js.CreateStream(ctx, want)
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	info := have.CachedInfo()
	d := compare("stream "+want.Name, want, info.Config)
	safe := slices.DeleteFunc(slices.Clone(d), func(x Drift) bool { return !harmless(x.Field, want, info.State) })
	if !manage || len(safe) == 0 {
		return d, nil
	}
	change := info.Config
	for _, x := range safe {
		set(&change, want, x.Field)
	}
	if _, err := js.UpdateStream(ctx, change); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(d, func(x Drift) bool { return slices.Contains(safe, x) }), nil
}

func harmless(field string, want jetstream.StreamConfig, now jetstream.StreamState) bool {
	switch field {
	case "Description":
		return true
	case "MaxBytes":
		return want.MaxBytes <= 0 || now.Bytes <= uint64(want.MaxBytes)
	case "MaxAge":
		return want.MaxAge <= 0 || now.Msgs == 0 || time.Since(now.FirstTime) < want.MaxAge
	}
	return false
}

func set(change *jetstream.StreamConfig, want jetstream.StreamConfig, field string) {
	switch field {
	case "Description":
		change.Description = want.Description
	case "MaxBytes":
		change.MaxBytes = want.MaxBytes
	case "MaxAge":
		change.MaxAge = want.MaxAge
	}
}

func ensureConsumer(ctx context.Context, js jetstream.JetStream, name string, want jetstream.ConsumerConfig, manage bool) (Drifts, error) {
	what := "consumer " + want.Durable + " of " + name
	have, err := js.Consumer(ctx, name, want.Durable)
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound) && manage:
		_, err = js.CreateConsumer(ctx, name, want)
		return nil, err
	case errors.Is(err, jetstream.ErrConsumerNotFound), errors.Is(err, jetstream.ErrStreamNotFound):
		return Drifts{{What: what, Want: "present", Have: "missing"}}, nil
	case err != nil:
		return nil, err
	}
	return compare(what, want, have.CachedInfo().Config), nil
}
