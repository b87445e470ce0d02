package enrich

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// timer wakes us when the embargo of the story ends. It carries nothing of the copy. A timer of another end stays: it
// fires, and does nothing.
func timer(a *wiredesk.Article) stream.Message {
	return stream.Message{
		Subject: stream.HoldSubject(a.Story, a.Item.EmbargoedUntil), At: a.Item.EmbargoedUntil, Target: stream.ReleaseSubject(a.Story),
		Header: map[string][]string{stream.HStory: {a.Story}, stream.HRevision: {itoa(a.Revision)}},
	}
}

// Release is the handler of the timers: where the story is still held by an embargo that has ended, it makes the
// revision that subscribers see. The state decides, not the timer: a story that was killed, withheld, lifted or
// embargoed anew in the meantime is left alone.
func (d *Desk) Release(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	st, err := d.Ledger.Last(ctx, stream.LastToken(in.Subject))
	if err != nil || st == nil || st.Event != wiredesk.EventEmbargo {
		return nil, err
	}
	a, err := st.Article()
	if err != nil {
		return nil, stage.Reject(err)
	}
	if st.Until.After(d.clock(in)) {
		return []stream.Message{timer(&a)}, nil // moved, or the broker's clock was: it fires again
	}
	dec := Decision{
		Event: wiredesk.EventRelease, Fate: FatePublished, Reason: "the embargo ended at " + stamp(st.Until),
	}
	dec = dec.of(&a)
	a.Previous = &wiredesk.Previous{Revision: st.Revision, Version: st.Version, Published: st.Published}
	a.Revision = st.Revision + 1
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "release", At: d.Now().UTC(), By: d.By, Software: d.Software})
	at := arrival{sequence: st.Arrival, receipt: a.Receipt, trace: in.Header.Get(stream.HTrace)}
	m, err := message(st, st.Fingerprint, &a, at, dec)
	if err != nil {
		return nil, stage.Reject(err)
	}
	return []stream.Message{m}, nil
}

// of is the decision to let a revision's copy out again, or to kill it, with what the copy itself has to say to that. It
// is written into the article.
func (d Decision) of(a *wiredesk.Article) Decision {
	if d.Event == wiredesk.EventRelease && a.NotForPublication != "" {
		d.Fate, d.Reason = FateFiltered, "not for publication: "+a.NotForPublication
	}
	a.Event, a.Reason = d.Event, d.Reason
	return d
}
