package broker

import (
	"fmt"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Usage is what the broker's store holds, in bytes and messages.
type Usage struct {
	Bytes, Limit       int64 // on disk
	Memory             int64
	Messages           int64
	Streams, Consumers int
}

// Usage reads the figures of the store. It is cheap enough for every scrape of the metrics.
func (s *Server) Usage() (Usage, error) {
	info, err := s.server.Jsz(&server.JSzOptions{})
	if err != nil {
		return Usage{}, fmt.Errorf("broker: usage: %w", err)
	}
	if info.Disabled {
		return Usage{}, fmt.Errorf("broker: usage: the store is disabled")
	}
	return Usage{
		Bytes: int64(info.Store), Limit: info.Config.MaxStore, Memory: int64(info.Memory),
		Messages: int64(info.Messages), Streams: info.Streams, Consumers: info.Consumers,
	}, nil
}

// Health is nil while the broker takes copy. The server calls itself healthy with its store used up, so a store with
// less room than one message of the largest size is an error too.
func (s *Server) Health() error {
	if status := s.server.Healthz(&server.HealthzOptions{}); status.Status != "ok" {
		return fmt.Errorf("broker: %s: %s", status.Status, status.Error)
	}
	u, err := s.Usage()
	if err != nil {
		return err
	}
	if u.Bytes+stream.MaxMessage > u.Limit {
		return fmt.Errorf("broker: the store holds %d of at most %d bytes: raise its limit, or keep copy for a shorter time", u.Bytes, u.Limit)
	}
	return nil
}
