package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Gap tells a reader that NEWS no longer holds everything behind its place: what is missing was removed by age or size,
// or killed.
type Gap struct {
	After  uint64 `json:"after,omitempty"` // the reader's place
	First  uint64 `json:"first"`           // the oldest sequence that NEWS holds
	Reason string `json:"reason"`
}

// End is the last a reader hears. It misses nothing when it comes back with ?since=, or Last-Event-ID.
type End struct {
	Since  uint64 `json:"since"`
	Reason string `json:"reason"`
}

// note is one thing that a reader gets.
type note struct {
	kind    string // article, gap, end, alive
	key     string // of the data in a line
	seq     uint64
	subject string
	data    []byte // JSON on one line; of alive, plain words
	more    bool   // another one follows at once
}

// outlet writes notes in one of the ways.
type outlet interface {
	send(ctx context.Context, n note) error
}

// pump hands a reader the news until it leaves, is too slow or the board stops. A reader that is gone is nobody to tell.
func (b *Board) pump(ctx context.Context, r *reader, a ask, gap *Gap, out outlet) {
	if err := opening(ctx, out, gap); err != nil {
		return
	}
	for {
		m, err := r.next(ctx, b.KeepAlive)
		switch {
		case err == nil:
			err = b.give(ctx, r, m, a, out)
		case errors.Is(err, errQuiet):
			err = out.send(ctx, b.alive())
		case errors.Is(err, errSlow):
			b.observe(a.kind, Dropped)
			b.Log.Info().Str("kind", a.kind).Msg("a reader was too slow and was sent away")
			_ = out.send(ctx, ending(r.seq, fmt.Sprintf("too slow: more than %d articles behind; come back with since", b.Behind)))
			return
		case errors.Is(err, errStopping), errors.Is(err, errAnew):
			_ = out.send(ctx, ending(r.seq, err.Error()+"; come back with since"))
			return
		}
		if errors.Is(err, errStuck) {
			b.observe(a.kind, Dropped)
			b.Log.Info().Str("kind", a.kind).Msg("a reader took nothing and was cut off")
		}
		if err != nil {
			return
		}
	}
}

func opening(ctx context.Context, out outlet, gap *Gap) error {
	err := out.send(ctx, note{kind: "open", more: gap != nil})
	if err != nil || gap == nil {
		return err
	}
	return out.send(ctx, gap.note())
}

func (g *Gap) note() note {
	data, _ := json.Marshal(g) // numbers and a string always can
	return note{kind: "gap", data: data}
}

func ending(seq uint64, reason string) note {
	data, _ := json.Marshal(End{seq, reason}) // a number and a string always can
	return note{kind: "end", seq: seq, data: data}
}

// give sends a message. One that is no article is left out: nobody could read it.
func (b *Board) give(ctx context.Context, r *reader, m *message, a ask, out outlet) error {
	data, err := b.form(m, a.view)
	if err != nil {
		return nil
	}
	n := note{kind: viewArticle, key: a.view.key, seq: m.seq, subject: m.subject, data: data, more: r.ready()}
	if err := out.send(ctx, n); err != nil {
		return err
	}
	b.observe(a.kind, Sent)
	return nil
}

func (b *Board) form(m *message, v view) ([]byte, error) {
	data, err := m.form(v, func() []string {
		desks, err := b.shelf.desks(b.ctx, m.story)
		if err != nil {
			b.Log.Debug().Err(err).Str("story", m.story).Msg("a row without its desks")
		}
		return desks
	})
	if err != nil {
		b.Log.Warn().Err(err).Uint64("sequence", m.seq).Str("subject", m.subject).Msg("left out of the streams")
	}
	return data, err
}

func (b *Board) alive() note {
	if !b.NC.IsConnected() {
		return note{kind: "alive", data: []byte("the broker is away; the news go on when it is back")}
	}
	return note{kind: "alive", data: []byte(strconv.FormatInt(time.Now().Unix(), 10))}
}
