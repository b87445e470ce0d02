package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/cmd/internal/shell"
	"github.com/wiredesk/wiredesk/internal/stream"
)

// fate is one thing that befell a story.
type fate struct {
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
	Raw      uint64    `json:"raw,omitempty"` // sequence in RAW of the arrival it is about
}

// traced is a story's whole fate.
type traced struct {
	URI      string         `json:"uri"`
	Provider string         `json:"provider"`
	Story    string         `json:"story"`
	In       int            `json:"in"`      // arrivals
	Out      map[string]int `json:"out"`     // fates of arrivals
	Pending  int            `json:"pending"` // arrivals whose fate is not decided yet
	Fates    []fate         `json:"fates"`
}

func fateOf(what, in string, seq uint64, at time.Time, h nats.Header) fate {
	f := fate{
		At: at.UTC(), What: what, Stream: in, Seq: seq, Receipt: h.Get(stream.HReceipt), Feed: wording(h, stream.HFeed),
		Via: h.Get(stream.HVia), Version: wording(h, stream.HVersion), Event: h.Get(stream.HEvent), Fate: h.Get(stream.HFate),
		Reason: wording(h, stream.HReason),
	}
	f.Revision, _ = strconv.Atoi(h.Get(stream.HRevision))
	f.Raw, _ = strconv.ParseUint(h.Get(stream.HRawSeq), 10, 64)
	return f
}

func deadOf(meta jetstream.MsgMetadata, h nats.Header) fate {
	f := fateOf("dead", stream.DEAD, meta.Sequence.Stream, meta.Timestamp, h)
	f.Fate, f.Subject = "dead", h.Get(stream.HStage)
	if h.Get(stream.HFromStream) == stream.RAW {
		f.Raw, _ = strconv.ParseUint(h.Get(stream.HFromSeq), 10, 64)
	}
	return f
}

// count sums up what came in and what became of it: each arrival has one fate, or is pending.
func (s *traced) count() {
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

func (s traced) write(out io.Writer, asJSON bool, nth int) error {
	if asJSON {
		return shell.JSON(out, s)
	}
	var sums []string
	for name, n := range s.Out {
		sums = append(sums, fmt.Sprintf("%d %s", n, name))
	}
	slices.Sort(sums)
	if s.Pending > 0 {
		sums = append(sums, fmt.Sprintf("%d pending", s.Pending))
	}
	w := &page{to: out}
	if nth > 0 {
		w.say("\n")
	}
	w.say("%s  (provider %s, story %s)\n%d in = %s\n", s.URI, s.Provider, s.Story, s.In, strings.Join(sums, " + "))
	for _, f := range s.Fates {
		w.say("%s  %-9s %s\n", f.At.Local().Format("2006-01-02 15:04:05.000"), f.What, f.words())
	}
	return w.err
}

func (f fate) words() string {
	var w []string
	add := func(format, v string) {
		if v != "" {
			w = append(w, fmt.Sprintf(format, shell.Printable(v)))
		}
	}
	if f.Revision > 0 {
		w = append(w, "r"+strconv.Itoa(f.Revision))
	}
	switch f.What {
	case "received":
		add("%s", f.Receipt)
		add("feed %s", f.Feed)
		add("by %s", f.Via)
	case "news":
		add("%s", f.Event)
		add("on %s", f.Subject)
		return strings.Join(w, "  ")
	case "output":
		add("%s", f.Event)
		add("%s", f.Fate)
		add("by %s", f.Subject)
		return strings.Join(w, "  ")
	case "dead":
		add("in %s", f.Subject)
		add("letter %s", strconv.FormatUint(f.Seq, 10))
	default:
		add("%s", f.Event)
		add("%s", f.Fate)
	}
	add("version %s", f.Version)
	add("(%s)", f.Reason)
	return strings.Join(w, "  ")
}
