package ingest

import (
	"context"

	"github.com/wiredesk/wiredesk/internal/stream"
)

type Ack struct {
	Sequence  uint64
	Duplicate bool
}

type Store interface {
	Put(ctx context.Context, msgs ...stream.Message) ([]Ack, error)
}
