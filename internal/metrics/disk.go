package metrics

import "github.com/prometheus/client_golang/prometheus"

// WatchDisk adds how many bytes are free where the embedded broker keeps its streams, asked at each scrape; a negative
// number says that nobody can tell. It is called once.
func (f *Figures) WatchDisk(free func() float64) {
	f.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "wiredesk_disk_free_bytes", Help: "bytes free where the embedded broker keeps its streams; -1 where nobody can tell",
	}, free))
}
