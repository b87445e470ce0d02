package main

import (
	"context"
	"errors"
	"fmt"
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

// scan hands out what a stream holds on a subject now, without bodies, from the oldest to the newest, beginning at a
// sequence. It ends at what was the newest message when it began.
func scan(ctx context.Context, js jetstream.JetStream, name, subject string, from uint64, each func(jetstream.Msg, jetstream.MsgMetadata) error) error {
	o := jetstream.OrderedConsumerConfig{FilterSubjects: []string{subject}, HeadersOnly: true}
	if from > 0 {
		o.DeliverPolicy, o.OptStartSeq = jetstream.DeliverByStartSequencePolicy, from
	}
	return consume(ctx, js, name, o, each)
}

// consume hands out what a consumer of the stream has pending when it begins.
func consume(ctx context.Context, js jetstream.JetStream, name string, o jetstream.OrderedConsumerConfig, each func(jetstream.Msg, jetstream.MsgMetadata) error) error {
	c, err := js.OrderedConsumer(ctx, name, o)
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	messages, err := c.Messages(jetstream.PullMaxMessages(1000))
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	defer messages.Stop()
	for left := c.CachedInfo().NumPending; left > 0; left-- {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("stream %s: %w", name, err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("stream %s: %w", name, err)
		}
		if err := each(m, *meta); err != nil {
			return err
		}
		if meta.NumPending == 0 {
			return nil
		}
	}
	return nil
}

// wording reads a header of ours.
func wording(h nats.Header, name string) string { return stream.TextValue(h.Get(name)) }

// byWord turns a message that is not there into words.
func byWord(err error, format string, args ...any) error {
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf(format, args...)
	}
	return err
}
