// Package doctor examines a line and its surroundings: the configuration, the disk, the clock, the broker, its streams and
// rights, feeds and outputs. It changes nothing. Each finding says what is, why it matters, and what to do.
package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/config"
)

// Severity of a finding.
type Severity string

// Severities: Warn is worth a look before it hurts, Fail hurts now.
const (
	OK   Severity = "ok"
	Warn Severity = "warn"
	Fail Severity = "fail"
)

// Finding is one thing that was looked at. Why and Remedy are empty where all is well.
type Finding struct {
	Check    string   `json:"check"`
	Severity Severity `json:"severity"`
	What     string   `json:"what"`
	Why      string   `json:"why,omitempty"`
	Remedy   string   `json:"remedy,omitempty"`
}

// Options are whom to examine. Config and Now are required.
type Options struct {
	Config   *config.Config
	Warnings []config.Problem // of reading the configuration

	NC   *nats.Conn // nil where the broker is not reachable
	Away error      // why it is not
	Role string     // whose rights on the broker are tried; empty: nobody's
	HTTP string     // where the line answers; empty: nowhere

	// Reach asks a polled feed for its document; nil: feeds are left in peace.
	Reach func(ctx context.Context, feed config.Feed) error
	// Outputs says how the outputs stand; nil: they are not looked at.
	Outputs func(ctx context.Context, js jetstream.JetStream) ([]Output, error)
	Now     func() time.Time
}

// Examine makes every examination that can be made, and returns the findings in the order of the checks. It takes a few
// seconds, longer where feeds are asked.
func Examine(ctx context.Context, o Options) []Finding {
	p := &patient{Options: o, began: o.Now()}
	p.configuration()
	p.files()
	p.disk()
	p.fsync()
	if p.broker(ctx) {
		p.streams(ctx)
		p.room(ctx)
		p.stages(ctx)
		p.rights(ctx)
		p.outputs(ctx)
		p.letters(ctx)
		p.kills(ctx)
	}
	p.clock(ctx)
	p.feeds(ctx)
	return p.findings
}

// patient is an examination that goes on.
type patient struct {
	Options
	js       jetstream.JetStream
	began    time.Time
	findings []Finding
}

func (p *patient) ok(check, format string, args ...any) {
	p.findings = append(p.findings, Finding{Check: check, Severity: OK, What: fmt.Sprintf(format, args...)})
}

func (p *patient) add(check string, s Severity, what, why, remedy string) {
	p.findings = append(p.findings, Finding{check, s, what, why, remedy})
}

// unknown says that something could not be looked at.
func (p *patient) unknown(check string, err error) {
	p.add(check, Warn, "cannot be examined: "+err.Error(), "what is not seen may be broken", "mend what the error names, and examine again")
}

func (p *patient) configuration() {
	for _, w := range p.Warnings {
		p.add("configuration", Warn, w.String(), "the line runs, but perhaps not as it was meant", "correct it at the place that is named: wiredesk check FILE")
	}
	if len(p.Warnings) == 0 {
		p.ok("configuration", "read without a warning")
	}
}
