package metrics

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Watch adds what the broker holds, asked at each scrape: size and age of the streams, lag of the stages, whether the
// broker answered. A broker that does not answer leaves those figures out and says wiredesk_broker_up 0; so does the end
// of ctx. The lag of the outputs, durable consumers on NEWS by name, is told like that of the stages; one that does not
// exist yet is left out.
func (f *Figures) Watch(ctx context.Context, js jetstream.JetStream, outputs ...string) {
	gauge := func(name, help, label string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, []string{label}, nil)
	}
	f.registry.MustRegister(&standing{
		ctx:      ctx,
		js:       js,
		outputs:  outputs,
		up:       prometheus.NewDesc("wiredesk_broker_up", "whether the broker answered this scrape", nil, nil),
		bytes:    gauge("wiredesk_stream_bytes", "bytes in a stream", "stream"),
		limit:    gauge("wiredesk_stream_max_bytes", "bytes a stream may hold", "stream"),
		messages: gauge("wiredesk_stream_messages", "messages in a stream", "stream"),
		pending:  gauge("wiredesk_lag_messages", "messages a stage has not been given yet", "stage"),
		unacked:  gauge("wiredesk_in_hand_messages", "messages a stage was given and has not settled", "stage"),
		clock:    prometheus.NewDesc("wiredesk_clock_offset_seconds", "how far this machine's clock is ahead of the broker's, as far as the way there and back lets it be told", nil, nil),
		disabled: gauge("wiredesk_output_disabled", "1 where an output is sent nothing any more, until an operator resumes it", "output"),
	})
}

type standing struct {
	ctx context.Context // a scrape brings none of its own

	js                                                            jetstream.JetStream
	outputs                                                       []string
	up, bytes, limit, messages, pending, unacked, disabled, clock *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (s *standing) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{s.up, s.bytes, s.limit, s.messages, s.pending, s.unacked, s.disabled, s.clock} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (s *standing) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(s.ctx, 2*time.Second)
	defer cancel()
	up := 1.0
	for _, name := range []string{stream.RAW, stream.ARTICLES, stream.NEWS, stream.HOLD, stream.DEAD, stream.TOMBS, stream.CURSORS} {
		if err := s.stream(ctx, to, name); err != nil {
			up = 0
			break
		}
	}
	to <- prometheus.MustNewConstMetric(s.up, prometheus.GaugeValue, up)
}

func (s *standing) stream(ctx context.Context, to chan<- prometheus.Metric, name string) error {
	asked := time.Now()
	st, err := s.js.Stream(ctx, name)
	if err != nil {
		return err
	}
	info := st.CachedInfo()
	if name == stream.RAW {
		to <- prometheus.MustNewConstMetric(s.clock, prometheus.GaugeValue, ahead(asked, info.TimeStamp, time.Now()))
	}
	send := func(d *prometheus.Desc, v float64, label string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, label)
	}
	send(s.bytes, float64(info.State.Bytes), name)
	send(s.limit, float64(info.Config.MaxBytes), name)
	send(s.messages, float64(info.State.Msgs), name)
	var durables []string
	for _, want := range stream.Consumers()[name] {
		durables = append(durables, want.Durable)
	}
	if name == stream.NEWS {
		durables = append(durables, s.outputs...)
	}
	for _, durable := range durables {
		c, err := st.Consumer(ctx, durable)
		if errors.Is(err, jetstream.ErrConsumerNotFound) && name == stream.NEWS {
			continue
		}
		if err != nil {
			return err
		}
		send(s.pending, float64(c.CachedInfo().NumPending), durable)
		send(s.unacked, float64(c.CachedInfo().NumAckPending), durable)
		if output, ok := strings.CutPrefix(durable, stream.OutputPrefix); ok {
			paused := map[bool]float64{true: 1}[c.CachedInfo().Paused]
			send(s.disabled, paused, output)
		}
	}
	return nil
}

// ahead is how many seconds our clock is ahead of one that was read between two of our readings; 0 where it can be neither.
func ahead(before, there, after time.Time) float64 {
	switch {
	case there.IsZero():
		return 0
	case there.Before(before):
		return before.Sub(there).Seconds()
	case there.After(after):
		return after.Sub(there).Seconds()
	}
	return 0
}
