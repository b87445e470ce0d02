package metrics

import "github.com/prometheus/client_golang/prometheus"

// Readers are the figures of those who read the news over HTTP, by kind: sse, ndjson, websocket, poll. Its methods may be
// called concurrently.
type Readers struct {
	open              *prometheus.GaugeVec
	dropped, articles *prometheus.CounterVec
}

// Readers adds the figures of readers to those of the line. It is called once.
func (f *Figures) Readers() *Readers {
	r := &Readers{
		open:     prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "wiredesk_stream_readers", Help: "readers of the news over HTTP, by kind"}, []string{"kind"}),
		dropped:  f.counter("wiredesk_stream_dropped_total", "readers of the news over HTTP that were too slow and were sent away, by kind", "kind"),
		articles: f.counter("wiredesk_stream_articles_total", "articles given to readers of the news over HTTP, by kind of reader", "kind"),
	}
	f.registry.MustRegister(r.open)
	return r
}

// Joined counts a reader in.
func (r *Readers) Joined(kind string) { r.open.WithLabelValues(kind).Inc() }

// Left counts a reader out.
func (r *Readers) Left(kind string) { r.open.WithLabelValues(kind).Dec() }

// Dropped counts a reader that was too slow.
func (r *Readers) Dropped(kind string) { r.dropped.WithLabelValues(kind).Inc() }

// Sent counts an article given to a reader.
func (r *Readers) Sent(kind string) { r.articles.WithLabelValues(kind).Inc() }
