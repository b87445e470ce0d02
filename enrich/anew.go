package enrich

import (
	"context"
	"time"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/replay"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// anew carries out the replay of a document: its stories are read by today's rules, and where a reader would notice, that
// makes a revision. What was counted when it came in is not counted again, and what it orders is not ordered again.
// Everything that came in before the replay is decided first.
func (d *Desk) anew(ctx context.Context, stories []wiredesk.Story, raw wiredesk.Raw, at arrival, why string) ([]stream.Message, error) {
	done, err := d.Turn.Settled(ctx, at.sequence-1)
	if err == nil && !done {
		err = stage.After(20*time.Millisecond, errTurn)
	}
	if err != nil {
		return nil, err
	}
	at.received = "" // its age says nothing about the line
	var out []stream.Message
	for _, s := range newestOfEach(stories) {
		m, err := d.again(ctx, s, raw, at, why)
		if err != nil {
			return nil, err
		}
		out = append(out, m...)
	}
	return out, nil
}

func (d *Desk) again(ctx context.Context, s *wiredesk.Story, raw wiredesk.Raw, at arrival, why string) ([]stream.Message, error) {
	st, err := d.last(ctx, s.ID())
	if err != nil {
		return nil, err
	}
	dec, err := d.once(ctx, s.ID(), at, Anew(st, s, at.sequence, at.copy, at.stored))
	switch {
	case err != nil:
		return nil, err
	case dec.Done:
		return nil, nil
	case !dec.makesRevision():
		return []stream.Message{fate(s, at, dec)}, nil
	}
	if why != "" {
		dec.Reason += ": " + why
	}
	before, err := st.Article()
	if err != nil {
		return nil, err
	}
	a := d.article(ctx, st, s, raw, at, dec)
	if a.Event == wiredesk.EventUpdate && replay.Compare(&before, a).Empty() {
		return []stream.Message{fate(s, at, Decision{Fate: FateDuplicate, Reason: "read anew, and the same as revision " + st.describe()})}, nil
	}
	return d.store(st, s, a, at, dec)
}

// Anew says what a document means that is read again by today's rules, given its story's state (nil when there is none)
// at the time now: copy is the sequence in RAW of the document itself, arrival that of the replay. Like [Decide] it is a
// pure function. It brings nothing back and lets nothing go: only a story that stands as that document left it gets an
// update. What today's rules see as a kill, a hold or an embargo, and yesterday's did not, is one.
func Anew(st *State, s *wiredesk.Story, arrival, copy uint64, now time.Time) Decision {
	switch {
	case st == nil:
		return Decision{Fate: FateStale, Reason: "read anew, but nothing of the story is kept"}
	case st.Arrival == arrival && arrival != 0:
		return Decision{Fate: st.Fate, Reason: st.Reason, Done: true}
	case st.Event == wiredesk.EventKill:
		return Decision{Fate: FateStale, Reason: "killed in revision " + st.describe() + ": reading it anew does not bring it back"}
	case st.held():
		return Decision{Fate: FateStale, Reason: "held in revision " + st.describe() + ": reading it anew does not let it go"}
	case st.Copy != copy:
		return Decision{Fate: FateStale, Reason: "read anew, but other copy has made revision " + st.describe() + " since"}
	case s.Partial:
		return Decision{Fate: FateStale, Reason: "read anew: an instruction, without copy of its own"}
	case s.Item.Status() == wiredesk.Canceled:
		return canceled(st, 0)
	}
	d := live(st, s, now)
	if d.makesRevision() && d.Fate != FateHeld {
		d.Event = wiredesk.EventUpdate
	}
	d.Reason = "read anew by today's rules; " + d.Reason
	if d.Fate == FatePublished {
		d.Reason = "read anew by today's rules"
	}
	return d
}
