package stage

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Floor says how far a stage has got. It is safe for concurrent use.
type Floor struct{ consumer jetstream.Consumer }

// NewFloor watches the stage's durable consumer.
func NewFloor(c jetstream.Consumer) Floor { return Floor{c} }

// Settled says whether the message with this sequence, and every one before it, is settled by whatever process had it.
func (f Floor) Settled(ctx context.Context, sequence uint64) (bool, error) {
	info, err := f.consumer.Info(ctx)
	if err != nil {
		return false, Away(fmt.Errorf("stage: how far the stage is: %w", err))
	}
	return info.AckFloor.Stream >= sequence, nil
}
