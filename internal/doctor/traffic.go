package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// From these on, an output counts as lagging.
const (
	lateCount = 1000
	lateFor   = 10 * time.Minute
)

// Output is how an output stands.
type Output struct {
	Name     string
	Disabled bool
	Reason   string // why it is disabled
	Waiting  uint64
	Took     time.Time // when it last took something; zero: never
}

func (p *patient) outputs(ctx context.Context) {
	if p.Outputs == nil {
		return
	}
	all, err := p.Outputs(ctx, p.js)
	if err != nil {
		p.unknown("outputs", err)
		return
	}
	known := map[string]bool{}
	for _, s := range all {
		known[s.Name] = true
		switch {
		case s.Disabled:
			p.add("outputs", Warn, fmt.Sprintf("output %s is disabled, %d wait: %s", s.Name, s.Waiting, s.Reason), "its receiver gets nothing, no kill either", "settle it with the receiver, then: wiredesk outputs resume "+s.Name)
		case s.Waiting > lateCount, s.Waiting > 0 && !s.Took.IsZero() && p.Now().Sub(s.Took) > lateFor:
			p.add("outputs", Warn, fmt.Sprintf("output %s: %d wait, it took one last at %s", s.Name, s.Waiting, s.Took.Format(time.RFC3339)), "its receiver is late, with kills too", "see what it answers in the log; try its address; raise at_once")
		default:
			p.ok("outputs", "output %s: %d wait", s.Name, s.Waiting)
		}
	}
	for _, o := range p.Config.Outputs {
		if !known[o.Name] {
			p.add("outputs", Warn, "output "+o.Name+" has never run", "it is configured, and nothing goes there", "start wiredesk up or wiredesk-publish with this configuration")
		}
	}
}

func (p *patient) letters(ctx context.Context) {
	dead, err := p.js.Stream(ctx, stream.DEAD)
	if err != nil {
		return // said already
	}
	info, err := dead.Info(ctx, jetstream.WithSubjectFilter(stream.DeadPrefix+"*.*"))
	if err != nil {
		p.unknown("dead letters", err)
		return
	}
	if info.State.Msgs == 0 {
		p.ok("dead letters", "none")
		return
	}
	p.add("dead letters", Warn, fmt.Sprintf("%d dead letters, of %d stages and feeds", info.State.Msgs, len(info.State.Subjects)), "copy came in and did not go out", "wiredesk dead ls tells why; then wiredesk dead retry or wiredesk dead drop")
}

// patience is how long a kill may be unconfirmed without a word.
const patience = time.Minute

func (p *patient) kills(ctx context.Context) {
	all, err := kills.New(p.js).Outstanding(ctx)
	if err != nil {
		p.unknown("kills", err)
		return
	}
	late := 0
	for _, n := range all {
		if p.Now().Sub(n.Since) > patience || n.Letter > 0 {
			late++
		}
	}
	if late == 0 {
		p.ok("kills", "every kill is confirmed")
		return
	}
	p.add("kills", Fail, fmt.Sprintf("%d kills are not confirmed", late), "somebody may still show a story that was taken back", "wiredesk kill --outstanding names them: mend the output, or call the receiver")
}

// Differences between clocks that are told.
const (
	drift = 2 * time.Second // Date headers know whole seconds
	apart = 30 * time.Second
	step  = 250 * time.Millisecond
)

// clock holds our clock against the broker's and that of the line's HTTP server, and against itself.
func (p *patient) clock(ctx context.Context) {
	before := len(p.findings)
	if p.js != nil {
		if s, err := p.js.Stream(ctx, stream.RAW); err == nil {
			p.differs("the broker's", p.Now().Sub(s.CachedInfo().TimeStamp))
		}
	}
	if at, err := p.date(ctx); err == nil {
		p.differs("the line's", p.Now().Sub(at))
	}
	now := p.Now()
	if jump := now.Round(0).Sub(p.began.Round(0)) - now.Sub(p.began); jump.Abs() > step {
		p.add("clock", Warn, fmt.Sprintf("the clock was set by %s while we looked", jump), "times of arrival jump; embargoes go by the broker's clock", "let one time service slew it: chronyc tracking")
	}
	if len(p.findings) == before {
		p.ok("clock", "agrees with the broker's and the line's")
	}
}

func (p *patient) differs(whose string, by time.Duration) {
	severity := Warn
	switch {
	case by.Abs() < drift:
		return
	case by.Abs() > apart:
		severity = Fail
	}
	p.add("clock", severity, fmt.Sprintf("this machine's clock and %s differ by %s", whose, by.Round(100*time.Millisecond)), "an embargo ends by the broker's clock, at the wrong time for readers", "run a time service on both machines: chronyc tracking, timedatectl")
}

// date is the time that the line's HTTP server tells.
func (p *patient) date(ctx context.Context) (time.Time, error) {
	if p.HTTP == "" {
		return time.Time{}, errors.New("the line answers nowhere")
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.HTTP+"/livez", nil)
	if err != nil {
		return time.Time{}, err
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return time.Time{}, err
	}
	_ = res.Body.Close()
	return http.ParseTime(res.Header.Get("Date"))
}

// feeds asks the polled feeds, where that is wanted.
func (p *patient) feeds(ctx context.Context) {
	if p.Reach == nil {
		return
	}
	for _, f := range p.Config.Feeds {
		if !f.Poll.On() {
			continue
		}
		if err := p.Reach(ctx, f); err != nil {
			p.add("feeds", Fail, fmt.Sprintf("feed %s: %s", f.Name, err), "nothing comes in from it", "try its address with curl; private addresses and unusual ports need poll.allow")
			continue
		}
		p.ok("feeds", "feed %s answers", f.Name)
	}
}
