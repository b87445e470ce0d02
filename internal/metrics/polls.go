package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Polls are the figures of feeds that are polled. Its methods may be called concurrently.
type Polls struct {
	feeds *names

	looks, items, missed             *prometheus.CounterVec
	fails, success, next, quiet, way *prometheus.GaugeVec
}

// Look is what one look at a feed came to.
type Look struct {
	Feed, Outcome          string
	New, Changed, Rejected int
	Fails                  int // in a row
	Missed, Quiet          bool
	At, Next               time.Time
	Well                   bool // the document was had, or is known not to have changed
	Waiting                bool // its items wait for the line
}

// Polls adds the figures of polled feeds to those of the line. It is called once.
func (f *Figures) Polls() *Polls {
	return &Polls{
		feeds:   f.feeds,
		looks:   f.counter("wiredesk_poll_looks_total", "looks at a polled feed, by outcome", "feed", "outcome"),
		items:   f.counter("wiredesk_poll_items_total", "items of a polled feed that were handed on, by what they were: new, changed, rejected", "feed", "kind"),
		missed:  f.counter("wiredesk_poll_missed_total", "looks at a polled feed that shared no item with the one before: items may have been missed", "feed"),
		fails:   f.gauge("wiredesk_poll_failures", "looks at a polled feed that failed in a row; 0 when it is well"),
		success: f.gauge("wiredesk_poll_success_timestamp_seconds", "when a polled feed last answered well"),
		next:    f.gauge("wiredesk_poll_next_timestamp_seconds", "when a polled feed is looked at next"),
		quiet:   f.gauge("wiredesk_poll_quiet", "1 while a polled feed is silent for longer than its rhythm explains"),
		way:     f.gauge("wiredesk_poll_waiting", "1 while items of a polled feed wait for the line to take them"),
	}
}

func (f *Figures) gauge(name, help string) *prometheus.GaugeVec {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{"feed"})
	f.registry.MustRegister(g)
	return g
}

// Looked counts one look.
func (p *Polls) Looked(l Look) {
	feed := p.feeds.label(l.Feed)
	p.looks.WithLabelValues(feed, l.Outcome).Inc()
	for kind, n := range map[string]int{"new": l.New, "changed": l.Changed, "rejected": l.Rejected} {
		p.items.WithLabelValues(feed, kind).Add(float64(n))
	}
	if l.Missed {
		p.missed.WithLabelValues(feed).Inc()
	}
	if l.Well {
		p.success.WithLabelValues(feed).Set(float64(l.At.Unix()))
	}
	p.fails.WithLabelValues(feed).Set(float64(l.Fails))
	p.next.WithLabelValues(feed).Set(float64(l.Next.Unix()))
	p.quiet.WithLabelValues(feed).Set(truth(l.Quiet))
	p.way.WithLabelValues(feed).Set(truth(l.Waiting))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
