package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/broker"
	"github.com/wiredesk/wiredesk/internal/config"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// oldest is the first broker that has what the line rests on: message schedules and atomic batches.
var oldest = [2]int{2, 12}

// broker looks at the broker itself, and says whether the rest can be examined.
func (p *patient) broker(ctx context.Context) bool {
	if p.NC == nil {
		p.add("broker", Fail, fmt.Sprint(p.Away), "without the broker nothing moves: pushes are refused, readers wait", "start it, or name another address with --nats or --data")
		return false
	}
	version := p.NC.ConnectedServerVersion()
	if older(version) {
		p.add("broker", Fail, "nats-server "+version, fmt.Sprintf("embargoes and batches need %d.%d or newer", oldest[0], oldest[1]), "upgrade the broker, one server of a cluster after the other")
	}
	if most := p.NC.MaxPayload(); most < stream.MaxMessage {
		p.add("broker", Fail, fmt.Sprintf("max_payload is %d bytes", most), fmt.Sprintf("articles of up to %d bytes are refused", stream.MaxMessage), "set max_payload: 8MB in the broker's settings and reload it, see deploy/nats.conf")
	}
	var err error
	if p.js, err = jetstream.New(p.NC); err != nil {
		p.unknown("broker", err)
		return false
	}
	info, err := p.js.AccountInfo(ctx)
	switch {
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		p.add("broker", Fail, "JetStream is not enabled for this account", "the line has nowhere to keep anything", "add jetstream { store_dir: … } to the broker's settings, and jetstream: enabled to the account")
		return false
	case err != nil:
		p.unknown("broker", err)
		return false
	}
	p.limits(info)
	p.ok("broker", "nats-server %s answers in %s, messages up to %s", version, p.roundTrip(), config.Size(p.NC.MaxPayload()))
	return true
}

func (p *patient) roundTrip() time.Duration {
	d, _ := p.NC.RTT()
	return d.Round(10 * time.Microsecond)
}

func older(version string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return false
	}
	return major < oldest[0] || major == oldest[0] && minor < oldest[1]
}

func (p *patient) limits(info *jetstream.AccountInfo) {
	l, want := info.Limits, int64(p.Config.Streams.MaxBytes)*int64(max(p.Config.Streams.Replicas, 1))
	if l.MaxStore > 0 && l.MaxStore < want {
		p.add("broker", Fail, fmt.Sprintf("the account may store %s, the streams want %s", config.Size(l.MaxStore), config.Size(want)), "the broker refuses to make the streams, or what is pushed once it is full", "raise the account's limit, or lower streams.max_bytes")
	}
	n := len(stream.Streams(p.Config.Settings()))
	if l.MaxStreams > 0 && l.MaxStreams < n {
		p.add("broker", Fail, fmt.Sprintf("the account may have %d streams, the line wants %d", l.MaxStreams, n), "some streams cannot be made", "raise max_streams of the account")
	}
}

// streams holds streams and consumers against what they should be, field by field.
func (p *patient) streams(ctx context.Context) {
	err := broker.Ensure(ctx, p.js, p.Config.Settings(), false)
	var drifts broker.Drifts
	switch {
	case err == nil:
		p.ok("streams", "streams and consumers are as the settings want them")
	case !errors.As(err, &drifts):
		p.unknown("streams", err)
	}
	for _, d := range drifts {
		if d.Field == "" {
			p.add("streams", Fail, d.String(), "what belongs there has nowhere to go", "make it: wiredesk streams --nats URL, as the broker's admin")
			continue
		}
		what := strings.Fields(d.What)
		remedy := "change the settings, or: nats stream edit " + what[1]
		if what[0] == "consumer" {
			remedy = fmt.Sprintf("change it back: nats consumer edit %s %s", what[len(what)-1], what[1])
		}
		p.add("streams", Warn, d.String(), "the line does not keep what the settings promise", remedy)
	}
}

// nearlyFull is the share of a stream's bytes from which it counts as full.
const nearlyFull = 0.9

// room looks for streams that lose copy before its time, or refuse more.
func (p *patient) room(ctx context.Context) {
	full := false
	for _, want := range stream.Streams(p.Config.Settings()) {
		s, err := p.js.Stream(ctx, want.Name)
		if err != nil {
			continue // said already
		}
		info := s.CachedInfo()
		if info.Config.MaxBytes <= 0 || float64(info.State.Bytes) < nearlyFull*float64(info.Config.MaxBytes) {
			continue
		}
		full = true
		why := "its oldest messages go before streams.keep is reached"
		if info.Config.Discard == jetstream.DiscardNew {
			why = "it will refuse what comes next"
		}
		p.add("room", Warn, fmt.Sprintf("stream %s holds %d of %d bytes", want.Name, info.State.Bytes, info.Config.MaxBytes), why, "raise streams.max_bytes, or keep copy for a shorter time")
	}
	if !full {
		p.ok("room", "no stream is nearly full")
	}
}

// stages looks for stages that nobody works on, and for those that fall behind.
func (p *patient) stages(ctx context.Context) {
	all := stream.Consumers()
	for _, name := range []string{stream.RAW, stream.HOLD, stream.ARTICLES} {
		for _, want := range all[name] {
			info := p.worked(ctx, name, want.Durable)
			if info == nil {
				continue // said already
			}
			backlog := info.NumPending + uint64(info.NumAckPending)
			switch {
			case info.NumWaiting == 0 && info.NumAckPending == 0:
				p.add("stages", Fail, fmt.Sprintf("nobody works on %s: %d messages wait", want.Durable, backlog), "copy stops there", "start a worker: wiredesk up, or wiredesk-"+workerOf(want.Durable))
			case backlog > uint64(p.Config.Limits.Backlog)/2:
				p.add("stages", Warn, fmt.Sprintf("%d messages wait for %s", backlog, want.Durable), "copy is late, and at limits.backlog new copy is refused", "start more workers, and see which story holds them up: wiredesk top")
			default:
				p.ok("stages", "%s: %d messages wait", want.Durable, backlog)
			}
		}
	}
}

// worked is a stage's consumer once somebody asks it for work, else as it stands after half a second.
func (p *patient) worked(ctx context.Context, from, name string) *jetstream.ConsumerInfo {
	for try := 0; ; try++ {
		c, err := p.js.Consumer(ctx, from, name)
		if err != nil {
			return nil
		}
		info := c.CachedInfo()
		if try == 5 || ctx.Err() != nil || info.NumWaiting > 0 || info.NumAckPending > 0 {
			return info
		}
		<-time.After(100 * time.Millisecond)
	}
}

func workerOf(consumer string) string {
	if consumer == stream.PublishConsumer {
		return consumer
	}
	return stream.EnrichConsumer
}
