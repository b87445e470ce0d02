// Package fate tells what became of a story: what came in, what was decided and why, where the news hold it, which outputs
// have taken it, and its dead letters. It reads what the broker holds and keeps nothing.
package fate

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/kills"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// Step is one thing that befell a story.
type Step struct {
	At       time.Time `json:"at"`
	What     string    `json:"what"` // received, revision, fate, news, output, dead
	Receipt  string    `json:"receipt,omitempty"`
	Feed     string    `json:"feed,omitempty"`
	Via      string    `json:"via,omitempty"`
	Version  string    `json:"version,omitempty"`
	Revision int       `json:"revision,omitempty"`
	Event    string    `json:"event,omitempty"`
	Fate     string    `json:"fate,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Subject  string    `json:"subject,omitempty"`
	Stream   string    `json:"stream"`
	Seq      uint64    `json:"seq"`
	By       string    `json:"by,omitempty"`  // the operator whose word it is
	Raw      uint64    `json:"raw,omitempty"` // sequence in RAW of the arrival it is about
}

// Story is a story's whole fate, in the order of time.
type Story struct {
	URI      string         `json:"uri"`
	Provider string         `json:"provider"`
	Story    string         `json:"story"`
	In       int            `json:"in"`      // arrivals
	Out      map[string]int `json:"out"`     // fates of arrivals
	Pending  int            `json:"pending"` // arrivals whose fate is not decided yet
	Fates    []Step         `json:"fates"`

	// Rewrites are the stories that this one rewrites, one after the other, the nearest first.
	Rewrites []Ancestor `json:"rewrites,omitempty"`
	// RewrittenBy are the stories that rewrite this one, the first first; empty unless asked for. Unsearched says that more
	// revisions came in after the story than are searched for them.
	RewrittenBy []Ancestor `json:"rewrittenBy,omitempty"`
	Unsearched  bool       `json:"unsearched,omitempty"`
	// Changes are how its text changed; empty unless asked for.
	Changes []Change `json:"changes,omitempty"`
	// Kills says of each way out whether it has confirmed the story's kill; empty where the story is not killed.
	Kills []kills.Notice `json:"kills,omitempty"`
}

func stepOf(what, in string, seq uint64, at time.Time, h nats.Header) Step {
	f := Step{
		At: at.UTC(), What: what, Stream: in, Seq: seq, Receipt: h.Get(stream.HReceipt), Feed: stream.Text(h, stream.HFeed),
		Via: h.Get(stream.HVia), Version: stream.Text(h, stream.HVersion), Event: h.Get(stream.HEvent), Fate: h.Get(stream.HFate),
		Reason: stream.Text(h, stream.HReason), By: stream.Text(h, stream.HBy),
	}
	f.Revision, _ = strconv.Atoi(h.Get(stream.HRevision))
	f.Raw, _ = strconv.ParseUint(h.Get(stream.HRawSeq), 10, 64)
	return f
}

func deadOf(meta jetstream.MsgMetadata, h nats.Header) Step {
	f := stepOf("dead", stream.DEAD, meta.Sequence.Stream, meta.Timestamp, h)
	f.Fate, f.Subject = "dead", h.Get(stream.HStage)
	if h.Get(stream.HFromStream) == stream.RAW {
		f.Raw, _ = strconv.ParseUint(h.Get(stream.HFromSeq), 10, 64)
	}
	return f
}

// Count sums up what came in and what became of it: each arrival has one fate, or is pending.
func (s *Story) Count() {
	s.Out = map[string]int{}
	of := map[uint64]string{} // by arrival
	for _, f := range s.Fates {
		_, had := of[f.Raw]
		switch {
		case f.What == "dead" && strings.HasPrefix(f.Subject, stream.OutputPrefix): // it went out, to all others
		case f.What == "received":
			s.In++
		case f.What != "dead" && f.What != "fate" && f.What != "revision":
		case had && f.Event == wiredesk.EventRelease: // the end of an embargo: its arrival was held
		case f.Raw == 0:
			s.Out[cmp.Or(f.Fate, f.Event)]++
		default:
			of[f.Raw] = cmp.Or(f.Fate, f.Event)
		}
	}
	for _, fate := range of {
		s.Out[fate]++
	}
	decided := 0
	for _, n := range s.Out {
		decided += n
	}
	s.Pending = max(0, s.In-decided)
}
