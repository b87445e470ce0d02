// Package enrich turns stories into articles: it decides what each version means, finds who the text credits and
// what it is about, and writes one revision to ARTICLES. The decision is recorded by a conditional write on the
// story's subject, so that any number of workers may share the work and everything may happen twice.
package enrich

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/intake"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Options are what a desk needs. All but Now and Tombs are required.
type Options struct {
	// Raw makes the document of a RAW message again.
	Raw func(h nats.Header, data []byte) (wiredesk.Raw, error)
	// Parse reads it: ingest's parsers, handed in by cmd.
	Parse  func(wiredesk.Raw) ([]wiredesk.Story, error)
	Ledger Ledger
	// Tombs knows the stories that were killed, for good; nil where nothing is ever forgotten.
	Tombs Graveyard
	// History tells an arrival that comes again, after its story went on, from one that is late.
	History History
	// Turn says how far this stage has got in RAW; see [stage.Floor].
	Turn  Turn
	Chain *Chain
	// By and Software name us in an article's hops.
	By, Software string
	Now          func() time.Time // of provenance; what copy means goes by the broker's clock
}

// Turn says whether every message of RAW up to a sequence is settled, by whatever worker had it.
type Turn interface {
	Settled(ctx context.Context, sequence uint64) (bool, error)
}

// Desk is the handler of the enrich stage.
type Desk struct {
	Options
	seen    seen
	pending pending
	awake   awake
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
	stored   time.Time // when the broker stored it: the clock by which it is decided
	after    uint64    // the document of the same story that came before it
	copy     uint64    // the RAW message whose copy it brings again; 0 where the copy is its own
}

// Handle is the stage handler: a RAW message in, revisions and fates out. Copy that cannot be read is rejected with
// the place of the fault.
func (d *Desk) Handle(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	if in.Subject == stream.EdictSubject {
		return d.edict(ctx, in)
	}
	raw, err := d.Raw(in.Header, in.Data)
	if err != nil {
		return nil, stage.Reject(err)
	}
	stories, err := d.Parse(raw)
	if err != nil && len(stories) == 0 {
		return nil, unread(err)
	}
	at := arrival{
		sequence: in.Sequence, receipt: in.Header.Get(stream.HReceipt), received: in.Header.Get(stream.HReceived),
		trace: in.Header.Get(stream.HTrace), again: in.Again, stored: d.clock(in),
	}
	if at.receipt == "" {
		at.receipt = raw.Receipt()
	}
	at.after, _ = strconv.ParseUint(in.Header.Get(stream.HAfter), 10, 64)
	if at.copy, _ = strconv.ParseUint(in.Header.Get(stream.HCopy), 10, 64); at.copy > 0 {
		return d.anew(ctx, stories, raw, at, stream.Text(in.Header, stream.HReason))
	}
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

// clock is the time by which a message is decided about: the broker's own, of when it stored the message. So it is the
// same on every worker and every try, whatever their clocks say.
func (d *Desk) clock(in stage.Message) time.Time {
	if in.Stored.IsZero() {
		return d.Now()
	}
	return in.Stored
}

// unread is the verdict on a document without a story: what is wrong with it stays wrong, but a reader that is busy
// with other copy says nothing about this one.
func unread(err error) error {
	var busy *intake.Busy
	if errors.As(err, &busy) {
		return err
	}
	return stage.Reject(err)
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
	st, err := d.state(ctx, s.ID(), at)
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
	dec := Decide(st, s, at.sequence, at.stored)
	if dec, err = d.once(ctx, s.ID(), at, dec); err != nil {
		return nil, err
	}
	d.pending.note(at.sequence, Decided{s.ID(), s.Feed, dec})
	switch {
	case dec.Done:
		return nil, nil
	case !dec.makesRevision():
		return []stream.Message{fate(s, at, dec)}, nil
	}
	return d.store(st, s, d.article(ctx, st, s, raw, at, dec), at, dec)
}

// article makes the next revision of a story: its copy, and what the enrichers find in it.
func (d *Desk) article(ctx context.Context, st *State, s *wiredesk.Story, raw wiredesk.Raw, at arrival, dec Decision) *wiredesk.Article {
	a := build(st, s, raw, at.receipt, dec)
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "ingest", At: raw.Received.UTC(), By: d.By, Software: d.Software})
	if a.Event != wiredesk.EventKill {
		d.Chain.Run(ctx, &a)
		a.Related = withRewrite(&a)
		Project(&a)
	}
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "enrich", At: d.Now().UTC(), By: d.By, Software: d.Software})
	return &a
}

func (d *Desk) store(st *State, s *wiredesk.Story, a *wiredesk.Article, at arrival, dec Decision) ([]stream.Message, error) {
	m, err := message(st, s.Fingerprint(), a, at, dec)
	if err != nil {
		return nil, stage.Reject(err)
	}
	return unit(a, m), nil
}

// once sees to it that an arrival has one fate: what comes again after its fate was stored is done, whatever the story's
// state would make of it by now.
func (d *Desk) once(ctx context.Context, story string, at arrival, dec Decision) (Decision, error) {
	if dec.Done || dec.makesRevision() && !at.again {
		return dec, nil
	}
	var err error
	dec.Done, err = d.History.Had(ctx, story, at.sequence)
	return dec, err
}

// unit is a revision and what must be stored before it. A timer without a hold does nothing, a hold without a timer would
// last for ever; a tombstone without a kill is asked for only where ARTICLES knows nothing.
func unit(a *wiredesk.Article, m stream.Message) []stream.Message {
	switch a.Event {
	case wiredesk.EventEmbargo:
		return []stream.Message{timer(a), m}
	case wiredesk.EventKill:
		return []stream.Message{tomb(m), m}
	}
	return []stream.Message{m}
}

// state reads the story's state. A story this process has not met is taken as new on the first try: if it is not,
// the conditional write fails and the loop comes back with Again set. A version whose predecessor is still in another
// worker's hands waits for it.
func (d *Desk) state(ctx context.Context, story string, at arrival) (*State, error) {
	if d.seen.first(story) && !at.again && at.after == 0 {
		if grave, err := d.tomb(ctx, story); err != nil || grave == nil {
			return nil, err
		}
	}
	st, err := d.last(ctx, story)
	if err != nil || at.after == 0 || st != nil && st.Arrival >= at.after && !st.Edict {
		return st, err
	}
	done, err := d.Turn.Settled(ctx, at.after)
	if err == nil && !done {
		err = stage.After(20*time.Millisecond, errTurn)
	}
	return st, err
}

// last is the state of a story, also of one that was killed before ARTICLES can remember.
func (d *Desk) last(ctx context.Context, story string) (*State, error) {
	st, err := d.Ledger.Last(ctx, story)
	if err != nil || st != nil {
		return st, err
	}
	return d.tomb(ctx, story)
}

func (d *Desk) tomb(ctx context.Context, story string) (*State, error) {
	if d.Tombs == nil {
		return nil, nil
	}
	return d.Tombs.Tomb(ctx, story)
}

// errTurn asks the loop to come back: the version before this one is still on its way.
var errTurn = errors.New("enrich: an earlier document of the story is not settled yet")

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
