package enrich

import (
	"context"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/edict"
	"github.com/wiredesk/wiredesk/internal/stage"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// edict carries out the operator's word: a revision of the story without new copy, or the record of why there is none.
// Edicts are no copy: they are counted neither in nor out.
func (d *Desk) edict(ctx context.Context, in stage.Message) ([]stream.Message, error) {
	e, err := edict.Read(in.Subject, in.Data)
	if err != nil {
		return nil, stage.Reject(err)
	}
	st, err := d.last(ctx, e.Story)
	if err != nil {
		return nil, err
	}
	at := arrival{sequence: in.Sequence, receipt: in.Header.Get(stream.HReceipt), trace: in.Header.Get(stream.HTrace), again: in.Again}
	dec := Rule(st, e, at.sequence, d.clock(in))
	if dec, err = d.once(ctx, e.Story, at, dec); err != nil {
		return nil, err
	}
	switch {
	case dec.Done:
		return nil, nil
	case !dec.makesRevision():
		s := wiredesk.Story{Provider: e.Provider, Feed: stream.EdictFeed, Item: wiredesk.Item{URI: e.URI}}
		return []stream.Message{fate(&s, at, dec)}, nil
	}
	return d.carryOut(st, e, at, dec)
}

func (d *Desk) carryOut(st *State, e edict.Edict, at arrival, dec Decision) ([]stream.Message, error) {
	a, err := decreed(st, e, dec)
	if err != nil {
		return nil, err
	}
	dec = dec.of(&a)
	a.Receipt = at.receipt
	a.Hops = append(a.Hops, wiredesk.Hop{Stage: "edict", At: e.At}, wiredesk.Hop{Stage: "enrich", At: d.Now().UTC(), By: d.By, Software: d.Software})
	fingerprint := ""
	if st != nil {
		fingerprint, at.copy = st.Fingerprint, st.Copy
	}
	m, err := message(st, fingerprint, &a, at, dec)
	if err != nil {
		return nil, stage.Reject(err)
	}
	m.Header[hEdict] = []string{string(e.Act)}
	if e.By != "" {
		m.Header[stream.HBy] = []string{stream.HeaderValue(e.By)}
	}
	return unit(&a, m), nil
}

// decreed is the revision that an edict makes: the newest copy with another meaning, or of a killed story nothing but
// what names it.
func decreed(st *State, e edict.Edict, dec Decision) (wiredesk.Article, error) {
	a := wiredesk.Article{
		Provider: e.Provider, Feed: stream.EdictFeed, Story: e.Story, Publishable: true, Attributions: []wiredesk.Attribution{},
		Item: wiredesk.Item{Standard: wiredesk.NINJS(), URI: e.URI, Type: "text", PubStatus: wiredesk.Canceled, EdNote: e.Reason},
	}
	if dec.Event == wiredesk.EventKill {
		if st != nil {
			a.Item.Version, a.Item.VersionCreated = st.Version, st.VersionCreated
		}
	} else {
		var err error
		if a, err = st.Article(); err != nil {
			return a, err
		}
	}
	a.Revision, a.Previous = 1, nil
	if st != nil {
		a.Revision = st.Revision + 1
		a.Previous = &wiredesk.Previous{Revision: st.Revision, Version: st.Version, Published: st.Published}
	}
	return a, nil
}
