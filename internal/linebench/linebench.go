// Package linebench measures the whole line beside the bare broker: the same stories, the same messages, the same hops
// and the same number of destinations, in the same run and in turn, so that whatever slows the machine down slows down
// both. What is left is what the line's own work costs.
package linebench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/rs/zerolog"
)

// Transports and durabilities that can be measured.
const (
	InProcess = "in-process"
	TCP       = "tcp"
	Relaxed   = "relaxed"
	Durable   = "durable"
)

// Options are what is measured and for how long. Dir and Stories, Rate, Seconds and Rounds are needed.
type Options struct {
	Dir          string // for the streams; removed again. On the disk whose speed counts
	Stories      int    // in each measurement of throughput; a quarter of them where each is synced
	Window       int    // stories between push and subscriber at a time while throughput is measured; 1024 by default
	Rate         int    // stories a second while latency is measured
	Seconds      float64
	Rounds       int      // figures are medians of them
	Transports   []string // all by default
	Durabilities []string // all by default
	HTTP         bool     // push to the line over HTTP instead of in process
	Soak         time.Duration
	// Profile gets the CPU profile of the line's first measurement of throughput; may be nil.
	Profile  io.Writer
	Software string
	Log      zerolog.Logger
	Progress func(what string) // hears what is measured next; may be nil
}

// Run measures and reports. With Soak it runs the line alone for that long, and reports its memory. It fails where a
// story does not arrive, or arrives twice, on either side; never because of a figure.
func Run(ctx context.Context, o Options) (Report, error) {
	if err := o.complete(); err != nil {
		return Report{}, err
	}
	r := newReport(o)
	var err error
	if r.SyncMs, err = syncTime(o.Dir); err != nil {
		return r, err
	}
	if o.Soak > 0 {
		r.Soak, err = soak(ctx, o)
		return r, err
	}
	o.Progress("what the line makes of a story")
	all, err := capture(ctx, o)
	if err != nil {
		return r, err
	}
	r.Story = describe(all)
	for _, durability := range o.Durabilities {
		for _, transport := range o.Transports {
			m, err := measure(ctx, &o, mode{transport, durability}, all)
			if err != nil {
				return r, err
			}
			r.Modes = append(r.Modes, m)
		}
	}
	return r, nil
}

// ErrOptions is what Run's error wraps where it is asked for what it cannot measure.
var ErrOptions = errors.New("linebench: cannot measure that")

func (o *Options) complete() error {
	if o.Stories < 1 || o.Rate < 1 || o.Seconds <= 0 || o.Rounds < 1 {
		return fmt.Errorf("%w: stories, rate, seconds and rounds must be positive", ErrOptions)
	}
	if o.Window < 1 {
		o.Window = 1024
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return errors.Join(
		among("transport", &o.Transports, InProcess, TCP),
		among("durability", &o.Durabilities, Relaxed, Durable),
	)
}

func among(what string, got *[]string, known ...string) error {
	if len(*got) == 0 {
		*got = known
	}
	for _, g := range *got {
		if g != known[0] && g != known[1] {
			return fmt.Errorf("%w: no %s %q: use %s or %s", ErrOptions, what, g, known[0], known[1])
		}
	}
	return nil
}

// mode is one of the ways in which both sides run.
type mode struct{ transport, durability string }

func (m mode) String() string { return m.transport + ", " + m.durability }

// measure runs both sides in turn, each time the other one first.
func measure(ctx context.Context, o *Options, m mode, all []specimen) (Mode, error) {
	sides := []struct {
		name string
		open opener
		got  []Figures
	}{
		{name: "line", open: openLine},
		{name: "bare", open: func(ctx context.Context, o Options, m mode, dir string) (*trial, error) {
			return openRelay(ctx, o, m, dir, all)
		}},
	}
	for round := range o.Rounds {
		for turn := range sides {
			s := &sides[(round+turn)%len(sides)]
			o.Progress(fmt.Sprintf("%s: %s, round %d of %d", m, s.name, round+1, o.Rounds))
			f, err := try(ctx, *o, m, s.open)
			if err != nil {
				return Mode{}, fmt.Errorf("linebench: %s, %s: %w", s.name, m, err)
			}
			s.got = append(s.got, f)
			if s.name == "line" {
				o.Profile = nil
			}
		}
	}
	return summary(m, sides[0].got, sides[1].got), nil
}
