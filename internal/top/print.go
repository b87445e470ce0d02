package top

import (
	"fmt"
	"strings"
	"time"
)

// Width is the columns that the table needs.
const Width = 80

// String is the table for a person, at most Width columns wide, without colour.
func (t Table) String() string {
	var b strings.Builder
	broker := "broker up"
	if !t.Broker {
		broker = "broker AWAY"
	}
	fmt.Fprintf(&b, "wiredesk top  %s  %d processes  %s\n", t.At.Format(time.TimeOnly), t.Processes, broker)
	fmt.Fprintf(&b, "dead letters %.0f  kills not confirmed %.0f\n", t.Letters, t.Kills)
	for _, f := range t.Faults {
		fmt.Fprintf(&b, "! %s\n", shortened(f, Width-2))
	}
	section(&b, "STAGE", t.Stages, false)
	section(&b, "FEED", t.Feeds, true)
	section(&b, "OUTPUT", t.Outputs, false)
	return b.String()
}

func section(b *strings.Builder, title string, all []Row, feeds bool) {
	if len(all) == 0 {
		return
	}
	if feeds {
		fmt.Fprintf(b, "\n%-24s %9s %9s %9s %9s %9s\n", title, "IN/S", "OUT/S", "P50", "P99", "DEAD")
		for _, r := range all {
			fmt.Fprintf(b, "%-24s %9.1f %9.1f %9s %9s %9.0f\n", shortened(r.Name, 24), r.In, r.Out, span(r.P50), span(r.P99), r.Dead)
		}
		return
	}
	fmt.Fprintf(b, "\n%-20s %8s %8s %8s %8s %8s %8s %5s\n", title, "OUT/S", "LAG", "IN HAND", "P50", "P99", "RETRIES", "DEAD")
	for _, r := range all {
		name := r.Name
		if r.Disabled {
			name = shortened(name, 10) + " DISABLED"
		}
		fmt.Fprintf(b, "%-20s %8.1f %8.0f %8.0f %8s %8s %8.0f %5.0f\n", shortened(name, 20), r.Out, r.Lag, r.InHand, span(r.P50), span(r.P99), r.Retries, r.Dead)
	}
}

// span is a time as a column shows it: three digits and a unit.
func span(seconds float64) string {
	switch {
	case seconds == 0:
		return "-"
	case seconds < 1e-3:
		return fmt.Sprintf("%.0fµs", seconds*1e6)
	case seconds < 1:
		return fmt.Sprintf("%.3gms", seconds*1e3)
	}
	return fmt.Sprintf("%.3gs", seconds)
}

func shortened(text string, most int) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '·'
		}
		return r
	}, text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
