package main

import (
	"context"
	"io"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// reach opens the streams for a command that reads or mends.
func reach(ctx context.Context, conf *config.Config, stderr io.Writer) (*nats.Conn, jetstream.JetStream, error) {
	nc, err := shell.Connect(ctx, conf, shell.Logger(stderr, conf.Log))
	if err != nil {
		return nil, nil, err
	}
	js, err := jetstream.New(nc)
	if err != nil {
		nc.Close()
		return nil, nil, err
	}
	return nc, js, nil
}

// wording reads a header of ours.
func wording(h nats.Header, name string) string { return stream.Text(h, name) }
