// Package enrich turns stories into articles: it decides what each version means, finds who the text credits and
// what it is about, and writes one revision to ARTICLES. The decision is recorded by a conditional write on the
// story's subject, so that any number of workers may share the work and everything may happen twice.
package enrich

import (
	"cmp"
	"context"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Options are what a desk needs. All but Now are required.
type Options struct {
	// Raw makes the document of a RAW message again.
	Raw func(h nats.Header, data []byte) (wiredesk.Raw, error)
	// Parse reads it: ingest's parsers, handed in by cmd.
	Parse  func(wiredesk.Raw) ([]wiredesk.Story, error)
	Ledger Ledger
	Chain  *Chain
	// By and Software name us in an article's hops.
	By, Software string
	Now          func() time.Time
}

// Desk is the handler of the enrich stage.
type Desk struct {
	Options
	seen    seen
	pending pending
}

// New makes a desk.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{Options: o, seen: seen{most: 1 << 16}}
}

// arrival is what a revision keeps of the RAW message that made it.
type arrival struct {
	sequence uint64
	receipt  string
	received string
	trace    string
	again    bool
}

// Handle is the stage handler: a RAW message in, revisions and fates out. Copy that cannot be read is rejected with
// the place of the fault.
func (d *Desk) Handle(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	raw, err := d.Raw(in.Header, in.Data)
	if err != nil {
		return nil, stage.Reject(err)
	}
	stories, err := d.Parse(raw)
	if err != nil && len(stories) == 0 {
		return nil, stage.Reject(err)
	}
	at := arrival{
		sequence: in.Sequence, receipt: cmp.Or(in.Header.Get(stream.HReceipt), raw.Receipt()), received: in.Header.Get(stream.HReceived),
		trace: in.Header.Get(stream.HTrace), again: in.Again,
	}
	d.pending.clear(in.Sequence)
	var out []stream.Message
	for _, s := range newestOfEach(stories) {
		msgs, err := d.story(ctx, s, raw, at)
		if err != nil {
			return nil, err
		}
		out = append(out, msgs...)
	}
	return out, nil
}

// story decides about one story and makes what follows from it.
func (d *Desk) story(ctx context.Context, s *wiredesk.Story, raw wiredesk.Raw, at arrival) ([]stream.Message, error) {
	var out []stream.Message
	for _, o := range s.Orders {
		m, err := d.order(ctx, s, o, raw, at)
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	if len(s.Orders) > 0 && s.Text == "" {
		return out, nil
	}
	st, err := d.state(ctx, s.ID(), at.again)
	if err != nil {
		return nil, err
	}
	m, err := d.revise(ctx, st, s, raw, at)
	return append(out, m...), err
}

// revise makes the message for one version: the next revision, a fate, or nothing where this arrival is done.
func (d *Desk) revise(ctx context.Context, st *State, s *wiredesk.Story, raw wiredesk.Raw, at arrival) ([]stream.Message, error) {
	s, err := complete(st, s)
	if err != nil {
		return nil, err
	}
	dec := Decide(st, s, at.sequence, d.Now())
	d.pending.note(at.sequence, s.Feed, dec)
	switch {
	case dec.Done:
		return nil, nil
	case !dec.makesRevision():
		return []stream.Message{fate(s, at, dec)}, nil
	}
	a := build(st, s, raw, dec)
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "ingest", At: raw.Received.UTC(), By: d.By, Software: d.Software})
	if a.Event != wiredesk.EventKill {
		d.Chain.Run(ctx, &a)
		Project(&a)
	}
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "enrich", At: d.Now().UTC(), By: d.By, Software: d.Software})
	m, err := message(st, s.Fingerprint(), &a, at, dec)
	if err != nil {
		return nil, stage.Reject(err)
	}
	if a.Event == wiredesk.EventEmbargo {
		// The timer goes first: a timer without a hold does nothing, a hold without a timer would last for ever.
		return []stream.Message{timer(&a), m}, nil
	}
	return []stream.Message{m}, nil
}

// state reads the story's state. A story this process has not met is taken as new on the first try: if it is not,
// the conditional write fails and the loop comes back with Again set.
func (d *Desk) state(ctx context.Context, story string, again bool) (*State, error) {
	if d.seen.first(story) && !again {
		return nil, nil
	}
	return d.Ledger.Last(ctx, story)
}

// newestOfEach keeps one version a story: two versions of one story in one document cannot both follow the same
// revision, and the newer says everything.
func newestOfEach(stories []wiredesk.Story) []*wiredesk.Story {
	var out []*wiredesk.Story
	at := map[string]int{}
	for i := range stories {
		s := &stories[i]
		j, met := at[s.ID()]
		if !met {
			at[s.ID()] = len(out)
			out = append(out, s)
			continue
		}
		before := out[j]
		if wiredesk.CompareVersions(s.Item.Version, s.Item.VersionCreated, before.Item.Version, before.Item.VersionCreated) > 0 {
			out[j] = s
		}
	}
	return out
}
