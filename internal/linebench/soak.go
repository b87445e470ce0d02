package linebench

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/internal/config"
)

// Soak is the line's memory over a long run. Slopes are MB, or goroutines, a minute, by least squares over the samples
// after the warm-up.
type Soak struct {
	Mode    string   `json:"mode"`
	Seconds float64  `json:"seconds"`
	Stories int      `json:"stories"`
	WarmUp  float64  `json:"warmUpSeconds"`
	Samples []Sample `json:"samples"`

	HeapSlope      float64 `json:"heapMBPerMinute"`
	ResidentSlope  float64 `json:"residentMBPerMinute"`
	GoroutineSlope float64 `json:"goroutinesPerMinute"`
}

// Sample is the process's memory at one moment. The heap is what is in use after a collection. Resident is 0 where the
// system does not tell.
type Sample struct {
	Seconds    float64 `json:"seconds"`
	HeapMB     float64 `json:"heapMB"`
	ResidentMB float64 `json:"residentMB"`
	Goroutines int     `json:"goroutines"`
	Stories    int     `json:"stories"`
}

func (s Sample) after() time.Duration { return time.Duration(s.Seconds * float64(time.Second)) }

func (s *Soak) warm() time.Duration { return time.Duration(s.WarmUp * float64(time.Second)) }

const (
	soakSamples = 40
	// soakKept is how long NEWS keeps what it holds, ARTICLES twice as long: a broker keeps an index of the subjects in
	// memory, so memory can only be flat once as many go as come. A line that falls behind for longer loses copy.
	soakKept = time.Minute
)

// soak runs the line alone at the steady rate, durable or as asked for, and watches its memory.
func soak(ctx context.Context, o Options) (*Soak, error) {
	m := mode{InProcess, Durable}
	if len(o.Durabilities) == 1 {
		m.durability = o.Durabilities[0]
	}
	if len(o.Transports) == 1 {
		m.transport = o.Transports[0]
	}
	kept := max(min(soakKept, o.Soak/5), 10*time.Second) // the streams' window for repeated ids is as long
	out := &Soak{Seconds: o.Soak.Seconds(), Stories: int(o.Soak.Seconds() * float64(o.Rate)), WarmUp: (o.Soak / 3).Seconds()}
	out.Mode = fmt.Sprintf("%s, NEWS keeps %s", m, kept)
	o.Progress(fmt.Sprintf("%s for %s at %d stories/s", m, o.Soak, o.Rate))
	open := func(ctx context.Context, o Options, m mode, dir string) (*trial, error) {
		c := settings(m, dir)
		k := config.Duration(kept)
		c.Streams.Keep.News, c.Streams.Keep.Articles = k, 2*k
		return startLine(ctx, o, m, c)
	}
	err := within(ctx, o, m, open, func(t *trial) error { return out.run(ctx, o, t) })
	out.slopes()
	return out, err
}

func (s *Soak) run(ctx context.Context, o Options, t *trial) error {
	began := time.Now()
	ended := make(chan error, 1)
	go func() {
		_, err := t.latency(ctx, 0, s.Stories, o.Rate)
		ended <- err
	}()
	clock := time.NewTicker(max(o.Soak/soakSamples, time.Millisecond))
	defer clock.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-clock.C:
			s.Samples = append(s.Samples, sample(time.Since(began), t))
		}
	}
}

func sample(after time.Duration, t *trial) Sample {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	const mb = 1 << 20
	x := Sample{Seconds: after.Seconds(), HeapMB: float64(m.HeapAlloc) / mb, ResidentMB: float64(resident()) / mb, Goroutines: runtime.NumGoroutine()}
	if now := t.now.Load(); now != nil {
		x.Stories = now.count()
	}
	return x
}

// resident is the process's memory as the system counts it; 0 where it does not tell.
func resident() int {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0
	}
	return pages * os.Getpagesize()
}

func (s *Soak) slopes() {
	var late []Sample
	for _, x := range s.Samples {
		if x.Seconds >= s.WarmUp {
			late = append(late, x)
		}
	}
	s.HeapSlope = slope(late, func(x Sample) float64 { return x.HeapMB })
	s.ResidentSlope = slope(late, func(x Sample) float64 { return x.ResidentMB })
	s.GoroutineSlope = slope(late, func(x Sample) float64 { return float64(x.Goroutines) })
}

// slope is the change a minute, by least squares.
func slope(samples []Sample, value func(Sample) float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, s := range samples {
		x, y := s.Seconds/60, value(s)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if d := n*sxx - sx*sx; d > 0 {
		return (n*sxy - sx*sy) / d
	}
	return 0
}
