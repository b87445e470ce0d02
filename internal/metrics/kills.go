package metrics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// WatchKills adds, asked at each scrape, how many kills a way out has not confirmed and how old the oldest of them is.
// The configured outputs, durable consumers on NEWS by name, have figures of their own; all others together are "other".
// Where the broker does not answer the figures are left out. It is called once, before ctx ends.
func (f *Figures) WatchKills(ctx context.Context, js jetstream.JetStream, outputs ...string) {
	k := &killed{
		ctx: ctx, account: kills.New(js),
		outstanding: prometheus.NewDesc("wiredesk_kills_outstanding", "kills that an output has not confirmed", []string{"output"}, nil),
		oldest:      prometheus.NewDesc("wiredesk_kills_outstanding_oldest_seconds", "age of the oldest kill that an output has not confirmed; 0 when there is none", []string{"output"}, nil),
	}
	for _, o := range outputs {
		k.outputs = append(k.outputs, strings.TrimPrefix(o, stream.OutputPrefix))
	}
	f.registry.MustRegister(k)
}

type killed struct {
	ctx                 context.Context // a scrape brings none of its own
	account             *kills.Account
	outputs             []string
	outstanding, oldest *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (k *killed) Describe(to chan<- *prometheus.Desc) {
	to <- k.outstanding
	to <- k.oldest
}

// Collect implements prometheus.Collector.
func (k *killed) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(k.ctx, 2*time.Second)
	defer cancel()
	all, err := k.account.Outstanding(ctx)
	if err != nil {
		return
	}
	count, age := map[string]int{other: 0}, map[string]time.Duration{}
	for _, o := range k.outputs {
		count[o] = 0
	}
	for _, n := range all {
		label := n.Sink
		if !n.Output || !slices.Contains(k.outputs, label) {
			label = other
		}
		count[label]++
		age[label] = max(age[label], time.Since(n.Since))
	}
	for label, n := range count {
		to <- prometheus.MustNewConstMetric(k.outstanding, prometheus.GaugeValue, float64(n), label)
		to <- prometheus.MustNewConstMetric(k.oldest, prometheus.GaugeValue, age[label].Seconds(), label)
	}
}
