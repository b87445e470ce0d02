package linebench

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// Report is what was measured. It is plain data.
type Report struct {
	Software string  `json:"software"`
	Go       string  `json:"go"`
	Platform string  `json:"platform"`
	CPUs     int     `json:"cpus"`
	SyncMs   float64 `json:"syncMs"` // of 4 KiB on the disk that was used, median
	Rate     int     `json:"rate"`   // stories a second while latency was measured
	Rounds   int     `json:"rounds"`
	HTTP     bool    `json:"http,omitempty"`
	Story    Story   `json:"story,omitzero"`
	Modes    []Mode  `json:"modes,omitempty"`
	Soak     *Soak   `json:"soak,omitempty"`
}

// Story is what both sides carry, on average over the stories.
type Story struct {
	Bytes        float64 `json:"bytes"`
	ArticleBytes float64 `json:"articleBytes"`
	Destinations float64 `json:"destinations"`
}

// Mode is both sides under one transport and durability. Ratios are medians of the rounds' own: what slows the machine
// down in one round slows down both.
type Mode struct {
	Transport  string  `json:"transport"`
	Durability string  `json:"durability"`
	Line       Figures `json:"line"`
	Bare       Figures `json:"bare"`
	Throughput float64 `json:"throughputRatio"` // line to bare; more is better
	CPU        float64 `json:"cpuRatio"`        // line to bare; less is better
	P99        float64 `json:"p99Ratio"`        // line to bare; less is better
}

// Figures are one side's: stories a second as fast as it goes and the processor's time for one, the latency from push to subscriber at the steady rate,
// and how many messages NEWS took for a story.
type Figures struct {
	Stories  float64 `json:"storiesPerSecond"`
	CPUMs    float64 `json:"cpuMsPerStory"` // of the whole process meanwhile, broker and subscriber included
	P50Ms    float64 `json:"p50Ms"`
	P99Ms    float64 `json:"p99Ms"`
	P999Ms   float64 `json:"p999Ms"`
	Messages float64 `json:"messagesPerStory"`
}

func newReport(o Options) Report {
	return Report{
		Software: o.Software, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.GOMAXPROCS(0),
		Rate: o.Rate, Rounds: o.Rounds, HTTP: o.HTTP,
	}
}

func summary(m mode, line, bare []Figures) Mode {
	out := Mode{Transport: m.transport, Durability: m.durability, Line: medians(line), Bare: medians(bare)}
	var throughput, cpu, p99 []float64
	for i := range line {
		throughput = append(throughput, line[i].Stories/bare[i].Stories)
		cpu = append(cpu, line[i].CPUMs/bare[i].CPUMs)
		p99 = append(p99, line[i].P99Ms/bare[i].P99Ms)
	}
	out.Throughput, out.CPU, out.P99 = median(throughput), median(cpu), median(p99)
	return out
}

func medians(all []Figures) Figures {
	of := func(value func(Figures) float64) float64 {
		var values []float64
		for _, f := range all {
			values = append(values, value(f))
		}
		return median(values)
	}
	return Figures{
		Stories:  of(func(f Figures) float64 { return f.Stories }),
		CPUMs:    of(func(f Figures) float64 { return f.CPUMs }),
		P50Ms:    of(func(f Figures) float64 { return f.P50Ms }),
		P99Ms:    of(func(f Figures) float64 { return f.P99Ms }),
		P999Ms:   of(func(f Figures) float64 { return f.P999Ms }),
		Messages: of(func(f Figures) float64 { return f.Messages }),
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return 0
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// percentile is in milliseconds, by the nearest rank.
func percentile(took []time.Duration, p float64) float64 {
	slices.Sort(took)
	return milliseconds(took[min(int(p*float64(len(took))), len(took)-1)])
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// syncTime is what the disk takes to sync 4 KiB: without it figures of durable runs say nothing to anybody else.
func syncTime(dir string) (float64, error) {
	f, err := os.CreateTemp(dir, "wiredesk-bench-sync-")
	if err != nil {
		return 0, fmt.Errorf("linebench: %w; name a directory on the disk to measure", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	defer f.Close()
	block := make([]byte, 4096)
	var took []float64
	for range 32 {
		began := time.Now()
		if _, err := f.Write(block); err != nil {
			return 0, fmt.Errorf("linebench: %w", err)
		}
		if err := f.Sync(); err != nil {
			return 0, fmt.Errorf("linebench: sync in %s: %w", filepath.Dir(f.Name()), err)
		}
		took = append(took, milliseconds(time.Since(began)))
	}
	return median(took), nil
}
