package metrics

import "github.com/prometheus/client_golang/prometheus"

// Described are all figures, those without a sample too.
func (f *Figures) Described() []string {
	to := make(chan *prometheus.Desc)
	go func() { f.registry.Describe(to); close(to) }()
	var out []string
	for d := range to {
		out = append(out, d.String())
	}
	return out
}

// Ahead is ahead.
var Ahead = ahead
