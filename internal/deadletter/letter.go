// Package deadletter reads what the line could not do, puts it back where it failed, or drops it.
package deadletter

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Letter is one dead letter. Body is empty where only a list was asked for.
type Letter struct {
	Seq     uint64    `json:"seq"`
	Stored  time.Time `json:"stored"`
	Stage   string    `json:"stage"`
	Feed    string    `json:"feed"`
	Reason  string    `json:"reason"`
	Tries   int       `json:"tries,omitempty"`
	Story   string    `json:"story,omitempty"`
	URI     string    `json:"uri,omitempty"`
	Receipt string    `json:"receipt,omitempty"`
	Name    string    `json:"name,omitempty"`
	From    string    `json:"from,omitempty"` // stream and sequence
	Bytes   int       `json:"bytes"`
	Body    []byte    `json:"body,omitempty"` // base64

	Header nats.Header `json:"-"`
}

// Choice says which letters: those that fit every field that is not empty.
type Choice struct {
	Stage, Feed string
	Reason      string // contained in the letter's reason
}

func (c Choice) takes(l Letter) bool {
	return (c.Stage == "" || l.Stage == c.Stage) && (c.Feed == "" || l.Feed == c.Feed) && strings.Contains(l.Reason, c.Reason)
}

// Box is the dead letters of a line. Its methods may be called concurrently.
type Box struct {
	JS jetstream.JetStream
	// Push sends a document that ingest could not read down its feed once more.
	Push func(ctx context.Context, l Letter) error
}

// Each hands out the letters that were asked for, oldest first, without their bodies, up to the first error of handle.
func (b *Box) Each(ctx context.Context, which Choice, handle func(Letter) error) error {
	return stream.Scan(ctx, b.JS, stream.DEAD, stream.DeadPrefix+">", 0, func(m jetstream.Msg, meta jetstream.MsgMetadata) error {
		l := letterOf(meta.Sequence.Stream, meta.Timestamp, m.Headers(), len(m.Data()))
		if n, err := strconv.Atoi(m.Headers().Get(nats.MsgSize)); err == nil {
			l.Bytes = n
		}
		if !which.takes(l) {
			return nil
		}
		return handle(l)
	})
}

// ErrGone is what an error wraps when there is no such letter, or no more.
var ErrGone = errors.New("it is gone")

// Get reads one letter whole.
func (b *Box) Get(ctx context.Context, seq uint64) (Letter, error) {
	s, err := b.JS.Stream(ctx, stream.DEAD)
	if err != nil {
		return Letter{}, fmt.Errorf("stream %s: %w", stream.DEAD, err)
	}
	m, err := s.GetMsg(ctx, seq)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return Letter{}, fmt.Errorf("no dead letter %d: %w: see wiredesk dead ls", seq, ErrGone)
	}
	if err != nil {
		return Letter{}, fmt.Errorf("stream %s: %w", stream.DEAD, err)
	}
	l := letterOf(seq, m.Time, m.Header, len(m.Data))
	l.Body = m.Data
	return l, nil
}

func letterOf(seq uint64, stored time.Time, h nats.Header, size int) Letter {
	l := Letter{
		Seq: seq, Stored: stored.UTC(), Stage: h.Get(stream.HStage), Feed: stream.Text(h, stream.HFeed), Reason: stream.Text(h, stream.HReason),
		Story: h.Get(stream.HStory), URI: stream.Text(h, stream.HURI), Receipt: h.Get(stream.HReceipt), Name: stream.Text(h, stream.HName),
		Bytes: size, Header: h,
	}
	l.Tries, _ = strconv.Atoi(h.Get(stream.HTries))
	if from := h.Get(stream.HFromStream); from != "" {
		l.From = from + " " + h.Get(stream.HFromSeq)
	}
	return l
}
