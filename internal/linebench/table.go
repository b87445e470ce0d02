package linebench

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// What is wanted of the line.
const (
	wantThroughput = 0.6
	wantP99        = 3.0
	wantDurable    = 1000.0
)

// Write prints the report for people, as Markdown tables.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %s, %d CPUs; a sync of 4 KiB takes %.2f ms here.\n", r.Software, r.Go, r.Platform, r.CPUs, r.SyncMs)
	if r.Soak != nil {
		r.Soak.write(&b)
	}
	if len(r.Modes) > 0 {
		r.modes(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) modes(b *strings.Builder) {
	way := "in process"
	if r.HTTP {
		way = "over HTTP"
	}
	fmt.Fprintf(b, "A story: %.1f KB in, %.1f KB as an article, to %.1f destinations and one subscriber; pushed to the line %s. Latency at %d stories/s. Medians of %d.\n\n",
		r.Story.Bytes/1000, r.Story.ArticleBytes/1000, r.Story.Destinations, way, r.Rate, r.Rounds)
	b.WriteString("|  | stories/s | CPU ms/story | p50 ms | p99 ms | p99.9 ms |\n|---|--:|--:|--:|--:|--:|\n")
	for _, m := range r.Modes {
		m.Line.row(b, "line, "+mode{m.Transport, m.Durability}.String())
		m.Bare.row(b, "bare broker, the same")
		fmt.Fprintf(b, "| **ratio** | **%.2f** | %.2f | %.1f | **%.1f** | %.1f |\n", m.Throughput, m.CPU, m.Line.P50Ms/m.Bare.P50Ms, m.P99, m.Line.P999Ms/m.Bare.P999Ms)
	}
	b.WriteString("\nWanted:\n")
	for _, m := range r.Modes {
		m.wanted(b)
	}
}

func (f Figures) row(b *strings.Builder, name string) {
	fmt.Fprintf(b, "| %s | %.0f | %.3f | %.2f | %.2f | %.2f |\n", name, f.Stories, f.CPUMs, f.P50Ms, f.P99Ms, f.P999Ms)
}

func (m Mode) wanted(b *strings.Builder) {
	name := mode{m.Transport, m.Durability}.String()
	if m.Durability == Relaxed {
		verdict(b, m.Throughput >= wantThroughput, "%s: %.2f of the bare broker's throughput, at least %.1f", name, m.Throughput, wantThroughput)
	} else {
		verdict(b, m.Line.Stories >= wantDurable, "%s: %.0f stories/s, at least %.0f", name, m.Line.Stories, wantDurable)
	}
	verdict(b, m.P99 < wantP99, "%s: p99 %.1f times the bare broker's, under %.0f", name, m.P99, wantP99)
}

func verdict(b *strings.Builder, met bool, format string, args ...any) {
	mark := "no "
	if met {
		mark = "yes"
	}
	fmt.Fprintf(b, "- %s  %s\n", mark, fmt.Sprintf(format, args...))
}

func (s *Soak) write(b *strings.Builder) {
	fmt.Fprintf(b, "%d stories through the line at a steady rate, %s.\n\n| after | heap in use MB | resident MB | goroutines | stories |\n|--:|--:|--:|--:|--:|\n", s.Stories, s.Mode)
	for _, x := range s.Samples {
		fmt.Fprintf(b, "| %s | %.1f | %.1f | %d | %d |\n", x.after().Round(time.Second), x.HeapMB, x.ResidentMB, x.Goroutines, x.Stories)
	}
	fmt.Fprintf(b, "\nSlope after the first %s: heap %+.2f MB a minute, resident %+.2f MB a minute, goroutines %+.2f a minute.\n",
		s.warm().Round(time.Second), s.HeapSlope, s.ResidentSlope, s.GoroutineSlope)
}
