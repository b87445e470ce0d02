// Package metrics counts what the line does, for Prometheus. Labels come from closed sets: stages, outcomes, fates,
// and the first feeds that are met; never from the words of a story.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// MaxFeeds is how many feeds have figures of their own; all others together are "other".
const MaxFeeds = 200

// Figures are the line's counters. Its methods may be called concurrently.
type Figures struct {
	registry *prometheus.Registry
	feeds    *names

	in, out, receipts       *prometheus.CounterVec
	handled, retries, dead  *prometheus.CounterVec
	missing, deliveries     *prometheus.CounterVec
	routes, reads, hubs     *prometheus.CounterVec
	took, waited, published *prometheus.HistogramVec
	delivered               *prometheus.HistogramVec
}

// New makes figures in a registry of their own, with those of the Go runtime and the process beside them. The
// configured feeds always have figures of their own.
func New(feeds []string) *Figures {
	f := &Figures{registry: prometheus.NewRegistry(), feeds: newNames(MaxFeeds, feeds)}
	f.in = f.counter("wiredesk_in_total", "stories taken in, by feed: each ends in exactly one of wiredesk_out_total", "feed")
	f.out = f.counter("wiredesk_out_total", "stories that met their fate, by feed and fate", "feed", "fate")
	f.receipts = f.counter("wiredesk_receipts_total", "documents offered, by feed and outcome", "feed", "outcome")
	f.handled = f.counter("wiredesk_handled_total", "messages a stage is done with, by verdict", "stage", "verdict")
	f.retries = f.counter("wiredesk_retries_total", "tries that a stage will make again, by cause", "stage", "cause")
	f.dead = f.counter("wiredesk_dead_total", "dead letters written, by stage and feed", "stage", "feed")
	f.missing = f.counter("wiredesk_missing_total", "enrichers that failed or ran out of time on a story", "enricher")
	f.deliveries = f.counter("wiredesk_deliveries_total", "deliveries of an output, by outcome: delivered, dead and dropped are final, retried is one failed try, interrupted a subscription begun anew, disabled the end until an operator resumes it", "output", "outcome")
	f.routes = f.counter("wiredesk_route_failures_total", "articles that the routes of a desk could not be evaluated for; the desk does not get them", "desk")
	f.reads = f.counter("wiredesk_configuration_reads_total", "times the configuration was read again, by outcome: applied, invalid", "outcome")
	f.hubs = f.counter("wiredesk_hub_pings_total", "tries to tell a hub that a feed has changed, by outcome: told, again, refused", "hub", "outcome")
	f.took = f.histogram("wiredesk_stage_seconds", "time one message spent in a stage, from its handler's start to its settlement", "stage")
	f.waited = f.histogram("wiredesk_wait_seconds", "time from a message's being stored to its handling", "stage")
	f.published = f.histogram("wiredesk_publish_seconds", "time from a document's arrival to its stories' being on every subject of NEWS", "feed")
	f.delivered = f.histogram("wiredesk_delivery_seconds", "time from a revision's being stored in NEWS to an output's having taken it", "output")
	f.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return f
}

func (f *Figures) counter(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	f.registry.MustRegister(c)
	return c
}

func (f *Figures) histogram(name, help string, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: name, Help: help, Buckets: prometheus.ExponentialBucketsRange(0.000_1, 60, 20),
	}, labels)
	f.registry.MustRegister(h)
	return h
}

// In counts stories taken in from a feed.
func (f *Figures) In(feed string, stories int) {
	f.in.WithLabelValues(f.feeds.label(feed)).Add(float64(stories))
}

// Out counts stories of a feed that met their fate.
func (f *Figures) Out(feed, fate string, stories int) {
	if stories == 0 {
		return
	}
	f.out.WithLabelValues(f.feeds.label(feed), fate).Add(float64(stories))
}

// Receipt counts a document offered, by what became of it: stored, duplicate, rejected, refused.
func (f *Figures) Receipt(feed, outcome string) {
	f.receipts.WithLabelValues(f.feeds.label(feed), outcome).Inc()
}

// Handled counts a message that a stage is done with: how long it had waited in its stream and how long it took.
func (f *Figures) Handled(stage, verdict string, waited, took time.Duration) {
	f.handled.WithLabelValues(stage, verdict).Inc()
	f.waited.WithLabelValues(stage).Observe(max(0, waited).Seconds())
	f.took.WithLabelValues(stage).Observe(took.Seconds())
}

// Retry counts a try that failed and will be made again.
func (f *Figures) Retry(stage, cause string) { f.retries.WithLabelValues(stage, cause).Inc() }

// Dead counts dead letters.
func (f *Figures) Dead(stage, feed string, letters int) {
	if letters == 0 {
		return
	}
	f.dead.WithLabelValues(stage, f.feeds.label(feed)).Add(float64(letters))
}

// Missing counts an enricher that gave no answer on a story.
func (f *Figures) Missing(enricher string) { f.missing.WithLabelValues(enricher).Inc() }

// RouteFailed counts an article that a desk's route could not be evaluated for. Desks are named in the configuration.
func (f *Figures) RouteFailed(desk string) { f.routes.WithLabelValues(desk).Inc() }

// ReadAgain counts a new reading of the configuration: applied, or invalid.
func (f *Figures) ReadAgain(outcome string) { f.reads.WithLabelValues(outcome).Inc() }

// Published observes the way of one story through the whole line.
func (f *Figures) Published(feed string, took time.Duration) {
	f.published.WithLabelValues(f.feeds.label(feed)).Observe(max(0, took).Seconds())
}

// Delivery counts what became of a delivery of an output, or of one try at it. The lag is the revision's age in NEWS; it
// is observed where the output took it.
func (f *Figures) Delivery(output, outcome string, lag time.Duration) {
	f.deliveries.WithLabelValues(output, outcome).Inc()
	if outcome == "delivered" {
		f.delivered.WithLabelValues(output).Observe(max(0, lag).Seconds())
	}
}

// Handler serves the figures in the text form of Prometheus.
func (f *Figures) Handler() http.Handler {
	return promhttp.HandlerFor(f.registry, promhttp.HandlerOpts{Registry: f.registry, MaxRequestsInFlight: 4})
}
